using System.Globalization;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Planning;

/// <summary>
/// The command line that trains a trial again. In words where they say exactly this trial, which is tried; where they cannot (rules that end
/// it early, a problem of a file, a catalog of another version) the store is named, which knows its description.
/// </summary>
internal static class TrainCommand
{
    /// <summary>The command line.</summary>
    /// <param name="description">The trial.</param>
    /// <param name="key">Its key.</param>
    /// <param name="engine">The engine that its result names; null where there is none.</param>
    /// <param name="store">What stands after --store where the store has to be named.</param>
    public static string Of(TrialDescription? description, TrialKey key, string? engine, string store)
    {
        var chosen = engine?.Split('/')[0] is ("fused" or "torch" or "cuda") and var name ? $" --engine {name}" : "";
        return description is not null && InWords(description, key) is { } words
            ? $"pinnsweep train {words}{chosen}"
            : $"pinnsweep train --trial {key.Hex[..12]} --store {Quoted(store)}{chosen}";
    }

    private static string? InWords(TrialDescription description, TrialKey key)
    {
        foreach (var isShort in (bool[])[true, false])
        {
            try
            {
                var levels = FactorWords.All.ToDictionary(factor => factor, factor => WordOf(factor, description.Levels[factor], isShort));
                var isUsual = description.EvaluateEvery == StudyDefaults.EvaluateEvery(description.Budget);
                if (TrialWords.Describe(levels, description.Budget, description.Seed, description.EvaluateEvery, description.ConvergedBelow).Key() == key)
                {
                    return string.Join(
                        ' ',
                        [
                            .. levels.Where(level => level.Value is not null).Select(level => $"--{level.Key.ToWord()} {Quoted(level.Value!)}"),
                            description.Budget.Steps is { } steps ? Text($"--steps {steps}") : Text($"--seconds {description.Budget.Seconds:R}"),
                            .. isUsual ? [] : new[] { Text($"--evaluate-every {description.EvaluateEvery}") },
                            .. description.ConvergedBelow == StudyDefaults.ConvergedBelow ? [] : new[] { Text($"--converged-below {description.ConvergedBelow:R}") },
                            Text($"--seed {description.Seed}"),
                        ]);
                }
            }
            catch (UserMistakeException)
            {
                // A level that this program's catalog does not have.
            }
        }

        return null;
    }

    /// <summary>The level as a study file writes it, without what is default; null where the factor need not be named.</summary>
    private static string? WordOf(Factor factor, Level level, bool isShort)
    {
        var catalog = PinnCatalog.Instance;
        if (factor != Factor.Problem && LevelText.Default(factor, catalog) == level)
        {
            return null;
        }

        var defaults = catalog.Of(factor).FirstOrDefault(entry => entry.Kind == level.Kind)?.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default) ?? [];
        var told = isShort
            ? level.Parameters.Entries.Where(entry => defaults.GetValueOrDefault(entry.Key) != entry.Value).ToList()
            : [.. level.Parameters.Entries];
        return told.Count == 0
            ? level.Kind
            : $"{{kind: {level.Kind}, {string.Join(", ", told.Select(entry => $"{entry.Key}: {entry.Value.Canonical()}"))}}}";
    }

    private static string Quoted(string word) =>
        word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or ':' or '@') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
