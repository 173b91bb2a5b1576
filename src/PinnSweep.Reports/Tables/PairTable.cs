using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>Every pair of methods: record, tests, effect sizes.</summary>
internal static class PairTable
{
    /// <summary>The table of a block; null where it has fewer than three methods to pair (two are the table against the control).</summary>
    public static TableModel? Of(StudyReport report, ReportBlock block, ImmutableArray<PairComparison> pairs)
    {
        if (pairs.Length < 3)
        {
            return null;
        }

        var notes = new Footnotes();
        var units = block.Columns.Length > 1 ? "problems" : "seeds";
        var rows = pairs.Select(pair => ImmutableArray.Create<TableCell>(
        [
            report.RowName(pair.First),
            report.RowName(pair.Second),
            pair.Record.ToString(),
            pair.IsAttainable || pair.Differences.All(difference => difference == 0)
                ? NumberText.Probability(pair.Holm)
                : $"{NumberText.Probability(pair.Holm)} {notes.Mark(FormattableString.Invariant($"Not attainable at this n: with {pair.SignedRank.Count} {units} the smallest p is {NumberText.Decimal(pair.SignedRank.SmallestP, 3)}, before the correction for {pairs.Length} pairs."))}",
            pair.Bayesian is { } bayesian ? $"{NumberText.Fixed(bayesian.First, 2)} / {NumberText.Fixed(bayesian.Equivalent, 2)} / {NumberText.Fixed(bayesian.Second, 2)}" : "–",
            NumberText.Fixed(pair.Improvement, 2),
            pair.ImprovementInterval is { } interval ? NumberText.Range(interval, 2) : "–",
            NumberText.Fixed(pair.Delta, 2),
        ])).ToImmutableArray();
        return new(
            ReportNames.Of("pairs", report, block),
            $"All pairs of methods over {(block.Columns.Length > 1 ? $"{block.Columns.Length} problems" : $"the paired seeds of {block.Columns[0]}")}{(block.Name.Length > 0 ? $" ({block.Name})" : "")}.",
            [
                new(report.Axes.RowsWord, false), new("against", false), new("won/tied/lost"), new("p (Wilcoxon–Holm)"), new("P(first / equal / second)"),
                new("P(improvement)"), new("95 % interval"), new("Cliff's δ"),
            ],
            rows,
            [
                FormattableString.Invariant($"Won, tied, lost by the first: {units} with the smaller error by more than a factor {WinTieLoss.EquivalenceFactor}. p: exact signed-rank test over {units}, two-sided, Holm-corrected over all pairs; a copy of a method is no hypothesis of its own."),
                FormattableString.Invariant($"P(first / equal / second): Bayesian signed-rank test with the same factor as region of practical equivalence ({BayesianSignedRank.Draws} draws, seed {BayesianSignedRank.Seed})."),
                "P(improvement): probability that a trial of the first has the smaller error (Vargha and Delaney's A), bootstrap stratified by problem; δ below zero: the first has the smaller errors. A diverged trial, or one of a cell that no trial solved, counts as larger than any error.",
                .. notes.All,
            ]);
    }
}
