using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>Every method with its defaults and tuned, and whether tuning changes who is best.</summary>
internal static class TunedTables
{
    /// <summary>Tuned against default, one line a cell; null where nothing of the block is evaluated.</summary>
    public static TableModel? Comparison(StudyReport report, ReportBlock block)
    {
        var pairs = report.Staged!.ComparisonsOf(block).Where(pair => pair.Default.Finished > 0 || pair.Tuned.Finished > 0).ToArray();
        if (pairs.Length == 0)
        {
            return null;
        }

        var notes = new Footnotes();
        var isSingle = block.Columns.Length == 1;
        return new(
            ReportNames.Of("tuned", report, block),
            $"Tuned against default{(isSingle ? $" on {block.Columns[0]}" : "")}{(block.Name.Length > 0 ? $" ({block.Name})" : "")}: geometric mean of the {report.Header.MetricName} with its 95 % interval, and the factor by which tuning lowers it.",
            [
                .. isSingle ? [] : new TableColumn[] { new(report.Axes.ColumnsWord, false) },
                new(report.Axes.RowsWord, false), new("seeds"), new("default [95 %]"), new("tuned [95 %]"), new("factor gained [95 %]"), new("default failures"), new("tuned failures"),
            ],
            [
                .. pairs.Select(pair => ImmutableArray.Create<TableCell>(
                [
                    .. isSingle ? [] : new TableCell[] { pair.Column },
                    report.RowName(pair.Row),
                    FormattableString.Invariant($"{pair.Gain.Count}"),
                    Mean(pair.Default),
                    Mean(pair.Tuned),
                    Gain(pair, notes),
                    Failures(pair.Default),
                    Failures(pair.Tuned),
                ])),
            ],
            [
                "Both are trained anew on the seeds of the evaluation, which no search has seen: what a search found by luck on its own seeds is not in these numbers (no winner's curse).",
                "Factor gained: geometric mean of default ÷ tuned, paired by seed, with Student's t interval on log10; above 1 tuning helps. Seeds: pairs in which both have a finite error. Failures: finished trials that did not converge, with the 95 % Wilson interval of their rate.",
                .. notes.All,
            ]);
    }

    /// <summary>The order of methods before and after, one line a column; null where there are no two methods to rank.</summary>
    public static TableModel? Rankings(StudyReport report, ReportBlock block)
    {
        var changes = report.Staged!.ChangesOf(block);
        return changes.IsEmpty ? null : new(
            ReportNames.Of("rankings", report, block),
            $"Does tuning change the order of methods{(block.Name.Length > 0 ? $" ({block.Name})" : "")}? Agreement of the rankings by default and tuned, and the winner of each.",
            [new(report.Axes.ColumnsWord, false), new("best by default", false), new("best when tuned", false), new("same winner", false), new("methods"), new("Kendall's τ [95 %]")],
            [
                .. changes.Select(change => ImmutableArray.Create<TableCell>(
                [
                    change.Column,
                    change.BestByDefault is { } before ? report.RowName(before) : "none",
                    change.BestTuned is { } after ? report.RowName(after) : "none",
                    change.IsWinnerChanged ? TableCell.Of(new Inline.Strong("no")) : "yes",
                    FormattableString.Invariant($"{change.Tau.Count}"),
                    StagedText.Agreement(change.Tau),
                ])),
            ],
            [
                "Best: smallest geometric mean; a method with a diverged or given-up trial, or that solved nothing, is not ranked and counts as last. τ-b is 1 where both orders agree and −1 where one is the other turned round; interval: jackknife over methods, none for fewer than four of them or where all agree.",
            ]);
    }

    /// <summary>What tuning changes of the comparisons with the control; null without a control, and where nothing is compared.</summary>
    public static TableModel? Conclusions(StudyReport report, ReportBlock block)
    {
        var changes = report.Staged!.ConclusionsOf(report, block);
        return changes.IsEmpty ? null : new(
            ReportNames.Of("conclusions", report, block),
            $"Conclusions against the control ({report.Header.Control}) by default and tuned{(block.Name.Length > 0 ? $" ({block.Name})" : "")}.",
            [new(report.Axes.ColumnsWord, false), new(report.Axes.RowsWord, false), new("by default", false), new("when tuned", false), new("changed", false)],
            [.. changes.Select(change => ImmutableArray.Create<TableCell>(change.Column, change.Row, change.ByDefault, change.Tuned, change.IsChanged ? TableCell.Of(new Inline.Strong("yes")) : "no"))],
            ["Better, worse: paired t test on log10 error, Holm-corrected over the methods of a column, α = 0.05; method and control both by default, then both tuned."]);
    }

    private static TableCell Mean(ReportCell cell) => cell.Errors.IsEmpty ? "–"
        : cell.Accuracy.Interval is { } interval
            ? TableCell.Of(
                new Inline.Scientific(cell.Accuracy.Mean, 3), new Inline.Space(), new Inline.Words("["), new Inline.Scientific(interval.Lower, 2), new Inline.Words(", "), new Inline.Scientific(interval.Upper, 2), new Inline.Words("]"))
            : TableCell.Of(new Inline.Scientific(cell.Accuracy.Mean, 3));

    private static TableCell Gain(TunedComparison pair, Footnotes notes)
    {
        if (pair.IsDefaultKept)
        {
            return $"1 {notes.Mark("No proposal was better on the seeds of the search: the default was chosen, and both are the same trials.")}";
        }

        return pair.Gain.Count == 0 ? "–"
            : pair.FactorInterval is { } interval
                ? TableCell.Of(new Inline.Decimal(pair.Factor, 3), new Inline.Space(), new Inline.Words("["), new Inline.Decimal(interval.Lower, 3), new Inline.Words(", "), new Inline.Decimal(interval.Upper, 3), new Inline.Words("]"))
                : TableCell.Of(new Inline.Decimal(pair.Factor, 3));
    }

    private static TableCell Failures(ReportCell cell) => cell.Finished == 0
        ? "–"
        : TableCell.Of(new Inline.Words(FormattableString.Invariant($"{cell.Failures}/{cell.Finished}")), new Inline.Space(), new Inline.Words(NumberText.Range(cell.FailureInterval, 2)));
}
