using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Files;

/// <summary>The study file: YAML to <see cref="StudySpec"/>.</summary>
public static class StudyFile
{
    /// <summary>Longer files are refused; check before reading one.</summary>
    public const int MaximumBytes = SourceReader.MaximumBytes;

    /// <summary>Studies that plan more trials (or more cells) are refused.</summary>
    public const int MaximumTrials = 1_000_000;

    /// <summary>Reads and checks a study.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="fileName">What messages call the file.</param>
    /// <param name="catalog">What a study may name.</param>
    /// <param name="overrides">
    /// Pairs of <c>--set</c>: a dotted path (<c>budget.steps</c>, <c>factors.optimizer.lr</c>, <c>factors.balancer.1.temperature</c>) and a
    /// YAML value. A path through a list without a number goes to every element; a level may be named by its number or by the label that
    /// the file gives it.
    /// </param>
    /// <param name="texts">The files that the study may name, beside it; none where null.</param>
    /// <param name="maximumTrials">Studies that plan more are refused before they are planned.</param>
    /// <param name="watch">Says whether to go on; nobody ends it where null.</param>
    /// <exception cref="UserMistakeException">The file has mistakes; all of them are told, one line each.</exception>
    public static StudySpec Parse(
        string text, string fileName, Catalog catalog, IReadOnlyList<(string Key, string Value)>? overrides = null, TextOfPath? texts = null, int maximumTrials = MaximumTrials, PlanningWatch? watch = null)
    {
        var mistakes = new MistakeList();
        var map = Map(text, fileName, catalog, overrides ?? [], mistakes);
        return new StudyReader(map, catalog, texts ?? LevelReader.NoTexts, mistakes, maximumTrials, watch ?? PlanningWatch.None).Read();
    }

    /// <summary>The text with the values set over it, unchecked.</summary>
    internal static SourceNode.Map Map(string text, string fileName, Catalog catalog, IReadOnlyList<(string Key, string Value)> overrides, MistakeList mistakes)
    {
        var root = SourceReader.Read(text, fileName, hasLines: true, mistakes);
        if (root is not SourceNode.Map map)
        {
            mistakes.Add(root.Place, $"expected a map with {string.Join(", ", StudyReader.Keys)}; found {root.Words}");
            throw mistakes.ToException();
        }

        foreach (var (key, value) in overrides)
        {
            map = Override.Apply(map, key, value, catalog, mistakes);
        }

        return map;
    }
}
