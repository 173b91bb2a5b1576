using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Conclusions;

/// <summary>What the seeds so far do not decide, and about how many would.</summary>
internal static class OpenComparisons
{
    private const int MostInFull = 2;

    /// <summary>One sentence; none where everything that is compared is decided.</summary>
    public static IEnumerable<string> Of(StudyReport report)
    {
        var open = report.Blocks.SelectMany(block => report.Findings[block].Undecided.Select(comparison => (Block: block, Comparison: comparison))).ToArray();
        if (open.Length is > 0 and <= MostInFull)
        {
            yield return $"Undecided: {string.Join("; ", open.Select(one => InFull(report, one.Block, one.Comparison)))}.";
        }
        else if (open.Length > 0)
        {
            var estimated = open.Where(one => one.Comparison.Seeds is not null).OrderBy(one => one.Comparison.Seeds).ToArray();
            var against = report.ControlRow is { } control ? $"comparisons with {control} (control)" : "comparisons with the best";
            yield return $"Undecided are {NumberText.Count(open.Length)} {against}{Range(report, estimated, open.Length)}.";
        }
    }

    private static string Range(StudyReport report, (ReportBlock Block, UndecidedComparison Comparison)[] estimated, int open)
    {
        if (estimated.Length == 0)
        {
            return "";
        }

        var (nearest, farthest) = (estimated[0], estimated[^1].Comparison.Seeds);
        var beyond = open - estimated.Length;
        var range = farthest == nearest.Comparison.Seeds ? "" : $", the farthest about {NumberText.Count(farthest!.Value)}";
        return $"; the nearest to a decision, {nearest.Comparison.Method.Row} {Phrases.Where(report, nearest.Block, nearest.Comparison.Method.Column)}, needs about {Phrases.Count(nearest.Comparison.Seeds!.Value, "seed")} ({Phrases.Count(nearest.Comparison.MoreTrials!.Value, "more trial")}){range}"
            + (beyond > 0 ? $", and for {NumberText.Count(beyond)} no number of seeds can be told" : "");
    }

    private static string InFull(StudyReport report, ReportBlock block, UndecidedComparison comparison)
    {
        var ratio = comparison.Paired.Count == 0 ? ""
            : $" (error ratio {Phrases.Ratio(Math.Pow(10, comparison.Paired.Mean), comparison.Paired.Interval is { } logs ? new(Math.Pow(10, logs.Lower), Math.Pow(10, logs.Upper)) : null)}, {Phrases.Count(comparison.Paired.Count, "pair")})";
        return $"{comparison.Method.Row} against {report.RowName(comparison.Against.Row)} {Phrases.Where(report, block, comparison.Method.Column)}{ratio}{Cost(comparison)}";
    }

    private static string Cost(UndecidedComparison comparison) =>
        comparison.Seeds is { } seeds ? $", which about {Phrases.Count(seeds, "seed")} would decide ({Phrases.Count(comparison.MoreTrials!.Value, "more trial")})"
        : comparison.Paired.Count < 2 ? "" : $", which would take more than {Phrases.Count(SeedsToDecide.Most, "seed")}";
}
