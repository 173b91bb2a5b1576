using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>What the seeds so far do not decide, and what deciding would cost.</summary>
internal static class UndecidedTable
{
    /// <summary>The table of a block; null where everything that can be compared is decided.</summary>
    public static TableModel? Of(StudyReport report, ReportBlock block)
    {
        var open = report.Findings[block].Undecided;
        return open.Length == 0 ? null : new(
            ReportNames.Of("undecided", report, block),
            $"Undecided so far{(block.Name.Length > 0 ? $" ({block.Name})" : "")}: neither a difference nor practical equivalence is shown, and about how many seeds would.",
            [
                new(report.Axes.RowsWord, false), new("against", false), new(report.Axes.ColumnsWord, false),
                new("pairs"), new("error ratio"), new("95 % interval"), new("seeds that would decide"), new("more trials"), new("their training time"),
            ],
            [.. open.Select(Line)],
            [
                FormattableString.Invariant($"Error ratio: geometric mean over pairs of seeds, below 1 the method is better. Decided: a difference (paired t test on log10 error) or a ratio within a factor {NumberText.RoundTrip(WinTieLoss.EquivalenceFactor)} (two one-sided t tests), Holm within the column, α = 0.05."),
                "Seeds that would decide: from the mean and the spread of the seeds so far, and as rough as these. Trials of two lines that have a method in common count in both. Adding seeds because a test failed, and testing again, finds differences too often: replicate in the study file declares such looks beforehand.",
            ]);
    }

    private static ImmutableArray<TableCell> Line(UndecidedComparison comparison) =>
    [
        TableCell.Of(comparison.Method.Row) with { Behind = comparison.Method.Trials[0].Key },
        TableCell.Of(comparison.Against.Row) with { Behind = comparison.Against.Trials[0].Key },
        comparison.Method.Column,
        NumberText.Count(comparison.Paired.Count),
        comparison.Paired.Count == 0 ? "–" : TableCell.Of(new Inline.Decimal(Math.Pow(10, comparison.Paired.Mean), 3)),
        comparison.Paired.Interval is { } interval
            ? TableCell.Of(new Inline.Decimal(Math.Pow(10, interval.Lower), 2), new Inline.Words(" – "), new Inline.Decimal(Math.Pow(10, interval.Upper), 2))
            : "–",
        comparison.Seeds is { } seeds ? $"about {NumberText.Count(seeds)}" : comparison.Paired.Count < 2 ? "–" : $"more than {NumberText.Count(SeedsToDecide.Most)}",
        comparison.MoreTrials is { } more ? NumberText.Count(more) : "–",
        comparison.MoreSeconds is { } seconds ? NumberText.Duration(seconds) : "–",
    ];
}
