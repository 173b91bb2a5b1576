using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>Every method against the control on one problem, paired by seed: ratio, tests, effect sizes, diverged trials.</summary>
internal static class ControlTable
{
    /// <summary>The table of one column of a block; null where there is nothing to compare.</summary>
    public static TableModel? Of(StudyReport report, ReportBlock block, string column)
    {
        var comparisons = report.Findings[block].Comparisons.Where(comparison => comparison.Column == column).ToArray();
        if (comparisons.Length == 0)
        {
            return null;
        }

        var notes = new Footnotes();
        var rows = comparisons.Select(comparison => ImmutableArray.Create<TableCell>(
        [
            comparison.Row,
            comparison.LogRatios.IsEmpty ? "–" : TableCell.Of(new Inline.Decimal(comparison.Ratio, 3, comparison.IsUnsolved ? Emphasis.Unsolved : Emphasis.None)),
            comparison.RatioInterval is { } interval
                ? TableCell.Of(new Inline.Decimal(interval.Lower, 2), new Inline.Words(" – "), new Inline.Decimal(interval.Upper, 2))
                : "–",
            comparison.Paired.Count < 2 || comparison.IsUnsolved ? "–" : NumberText.Probability(comparison.PairedHolm),
            SignedRank(comparison, comparisons.Length, notes),
            comparison.LogRatios.IsEmpty ? "–" : NumberText.Fixed(comparison.Delta, 2),
            comparison.LogRatios.IsEmpty ? "–" : NumberText.Fixed(comparison.ProbabilityOfSmaller, 2),
            FormattableString.Invariant($"{comparison.Diverged} {NumberText.Range(comparison.DivergedInterval, 2)}"),
        ])).ToImmutableArray();
        return new(
            ReportNames.Of("control", report, block, column),
            $"Against the control ({report.Header.Control}) on {column}, paired by seed: geometric mean of the error ratio, below 1 the method is better.",
            [
                new(report.Axes.RowsWord, false), new("error ratio"), new("95 % interval"), new("p (paired t)"),
                new("p (signed-rank)"), new("Cliff's δ"), new("A"), new("diverged [95 %]"),
            ],
            rows,
            [
                "p two-sided, Holm-corrected over the methods of this table; t on log10 ratios; signed-rank exact.",
                "A: probability that a trial of the method has a smaller error than one of the control (Vargha and Delaney); a diverged trial counts as larger than any error. Diverged: trials without a finite error, Wilson interval of their probability.",
                .. comparisons.Any(comparison => comparison.IsUnsolved)
                    ? new[] { "‡: no trial of the method or of the control solved the problem (all are trivial or diverged): the ratio favours neither, and their trials count as larger than any error elsewhere in this table." }
                    : [],
                .. notes.All,
            ]);
    }

    private static string SignedRank(ControlComparison comparison, int tests, Footnotes notes)
    {
        var n = comparison.SignedRank.Count;
        return n == 0 ? "–"
            : comparison.IsSignedRankAttainable ? NumberText.Probability(comparison.SignedRankHolm)
            : $"{NumberText.Probability(comparison.SignedRankHolm)} {notes.Mark(FormattableString.Invariant($"Not attainable at this n: with {n} paired {(n == 1 ? "seed" : "seeds")} the smallest p is {NumberText.Decimal(comparison.SignedRank.SmallestP, 3)}, before the correction for {tests} {(tests == 1 ? "test" : "tests")}."))}";
    }
}
