using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Tables;

/// <summary>What every label stands for: each level of each factor with its kind and all parameters.</summary>
internal static class LevelsTable
{
    /// <summary>One line a level.</summary>
    public static TableModel Of(StudyReport report) => new(
        "level-parameters",
        $"Every level of {report.Header.Study} in full: what tables call it, its kind and its parameters.",
        [new("factor", false), new("level", false), new("kind", false), new("parameters", false)],
        [.. report.Levels.Select(level => ImmutableArray.Create<TableCell>([level.Factor.ToWord(), level.Label, level.Kind, Parameters(level)]))],
        [
            AreDefaultsKnown(report)
                ? "**Bold**: not the default that the catalog had when the study was planned, or without one; of a problem file, a constant that the study sets otherwise."
                : "Which values differ from the defaults is not known, because the study was stored by an earlier version: none is marked.",
            .. report.Staged is { IsTuned: true } ? new[] { "Parameters with a range stand here with their default; section Searches has their ranges and what was chosen." } : [],
            "Long numbers and lists are shortened; `levels.csv` and `results.json` have every value in full.",
        ]);

    /// <summary>
    /// What all cells of a table have in common, for its notes: a table that says nothing of a network is of one network all the same.
    /// Empty where every factor varies.
    /// </summary>
    public static IEnumerable<string> Common(StudyReport report)
    {
        var common = report.Levels.GroupBy(level => level.Factor).Where(levels => levels.Count() == 1).Select(levels => levels.Single()).ToArray();
        if (common.Length > 0)
        {
            var rest = report.Staged is { IsTuned: true } ? " What is not told has its default, or was tuned: sections Levels and Searches have it all."
                : AreDefaultsKnown(report) ? " What is not told has its default: section Levels has it all." : "";
            yield return $"In every cell: {string.Join("; ", common.Select(level => $"{level.Factor.ToWord()} {LevelWords.Line(level, isWhole: false)}"))}.{rest}";
        }
    }

    /// <summary>Whether the plan says which values are defaults.</summary>
    public static bool AreDefaultsKnown(StudyReport report) => report.Levels.All(level => level.NotDefault is not null);

    private static TableCell Parameters(ReportLevel level)
    {
        var pieces = LevelWords.Of(level).SelectMany((parameter, i) =>
            (Inline[])[.. i > 0 ? [new Inline.Words(", ")] : Array.Empty<Inline>(), parameter.IsMarked ? new Inline.Strong(parameter.Words) : new Inline.Words(parameter.Words)]).ToArray();
        return pieces.Length == 0 ? "–" : TableCell.Of(pieces);
    }
}
