using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>Levels outside of a study file, for instance on the command line.</summary>
public static class LevelText
{
    /// <summary>Reads a level as a study file would write it: <c>relobralo</c> or <c>{kind: relobralo, temperature: 0.1}</c>.</summary>
    /// <param name="factor">The factor that it is a level of.</param>
    /// <param name="text">YAML.</param>
    /// <param name="catalog">What may stand there.</param>
    /// <param name="where">What a message names as the place, for instance <c>--balancer</c>.</param>
    /// <param name="texts">The files that the level may name; none where null.</param>
    /// <exception cref="UserMistakeException">The text is not a level of the factor.</exception>
    public static Level Parse(Factor factor, string text, Catalog catalog, string where, TextOfPath? texts = null)
    {
        var mistakes = new MistakeList();
        var node = SourceReader.Read(text, where, hasLines: false, mistakes);
        var level = new LevelReader(catalog, texts ?? LevelReader.NoTexts, mistakes, PlanningWatch.None).Read(factor, node, factor.ToWord());
        mistakes.ThrowIfAny();
        return level!;
    }

    /// <summary>The level of a factor that nobody named; null for the problem.</summary>
    /// <exception cref="UserMistakeException">The catalog's default has a parameter without a default.</exception>
    public static Level? Default(Factor factor, Catalog catalog) =>
        StudyDefaults.Kind(factor, catalog) is { } kind ? Parse(factor, kind, catalog, "default") : null;
}
