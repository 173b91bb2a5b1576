using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>Methods over all problems: ranks, record against the control, interquartile mean, tests.</summary>
internal static class AggregateTable
{
    /// <summary>The table of a block; null where it has fewer than two problems.</summary>
    public static TableModel? Of(StudyReport report, ReportBlock block)
    {
        if (report.Findings[block].Aggregate is not { } aggregate)
        {
            return null;
        }

        var notes = new Footnotes();
        var hasControl = aggregate.Rows.Any(row => row.Record is not null);
        ImmutableArray<TableColumn> against = hasControl
            ? [new("won/tied/lost"), new("error ratio (IQM)"), new("95 % interval"), new("P(improvement)"), new("95 % interval"), new("p (signed-rank)"), new("P(better / equal / worse)")]
            : [];
        var rows = aggregate.Rows.Select(row => ImmutableArray.Create<TableCell>(
        [
            report.RowName(row.Row),
            row.MeanRankInterval is { } ranks ? $"{NumberText.Fixed(row.MeanRank, 2)} {NumberText.Range(ranks, 2)}" : NumberText.Fixed(row.MeanRank, 2),
            .. hasControl ? Against(row, aggregate, notes) : [],
        ])).ToImmutableArray();
        return new(
            ReportNames.Of("aggregate", report, block),
            FormattableString.Invariant($"All {aggregate.Problems} problems together{(block.Name.Length > 0 ? $" ({block.Name})" : "")}: the unit is the problem, its score the median over seeds of log10 error, the worst where no trial solved it."),
            [new(report.Axes.RowsWord, false), new("mean rank [95 %]"), .. against],
            rows,
            [.. Legend(aggregate, hasControl, report), .. notes.All]);
    }

    private static IEnumerable<TableCell> Against(AggregateRow row, Aggregate aggregate, Footnotes notes)
    {
        if (row.Record is null)
        {
            return Enumerable.Repeat<TableCell>("–", 7);
        }

        var p = NumberText.Probability(row.SignedRankHolm!.Value);
        return
        [
            row.Record.Value.ToString(),
            row.Ratio is { } ratio ? TableCell.Of(ratio, 3) : "–",
            row.RatioInterval is { } interval
                ? TableCell.Of(new Inline.Decimal(interval.Lower, 2), new Inline.Words(" – "), new Inline.Decimal(interval.Upper, 2))
                : "–",
            NumberText.Fixed(row.ProbabilityOfImprovement!.Value, 2),
            row.ImprovementInterval is { } improvement ? NumberText.Range(improvement, 2) : "–",
            aggregate.IsSignedRankAttainable
                ? p
                : $"{p} {notes.Mark(FormattableString.Invariant($"Not attainable at this n: with {aggregate.Problems} problems the smallest p is {NumberText.Decimal(SignedRankTest.SmallestP(aggregate.Problems), 3)}, before the correction for {aggregate.Rows.Count(r => r.Record is not null)} tests."))}",
            row.Bayesian is { } bayesian ? $"{NumberText.Fixed(bayesian.First, 2)} / {NumberText.Fixed(bayesian.Equivalent, 2)} / {NumberText.Fixed(bayesian.Second, 2)}" : "–",
        ];
    }

    private static IEnumerable<string> Legend(Aggregate aggregate, bool hasControl, StudyReport report)
    {
        if (aggregate.Friedman is { } friedman)
        {
            var method = friedman.Method switch
            {
                FriedmanMethod.Exact => "exact",
                FriedmanMethod.Permutation => FormattableString.Invariant($"{FriedmanTest.Permutations} permutations, seed {FriedmanTest.Seed}"),
                _ => "Iman–Davenport F",
            };
            yield return FormattableString.Invariant($"Friedman: χ² = {NumberText.Decimal(friedman.ChiSquare, 4)} with {friedman.Methods - 1} degrees of freedom, F = {NumberText.Decimal(friedman.F, 4)}, p {(friedman.P < 0.001 ? "" : "= ")}{NumberText.Probability(friedman.P)} ({method}).");
        }

        if (aggregate.CriticalDifference is { } difference)
        {
            yield return $"Nemenyi's critical difference of mean ranks at α = 0.05: {NumberText.Decimal(difference, 3)}; it depends on which other methods are in the pool.";
        }

        if (aggregate.SkillingsMack is { } incomplete)
        {
            yield return FormattableString.Invariant($"Skillings–Mack, with the methods left out below where they have a score: T = {NumberText.Decimal(incomplete.Statistic, 4)} with {incomplete.DegreesOfFreedom} degrees of freedom over {incomplete.Blocks} problems, p {(incomplete.P < 0.001 ? "" : "= ")}{NumberText.Probability(incomplete.P)} ({(incomplete.IsPermuted ? FormattableString.Invariant($"{SkillingsMackTest.Permutations} permutations, seed {SkillingsMackTest.Seed}") : "χ²")}).");
        }

        yield return FormattableString.Invariant($"Interval of the mean rank: bootstrap of the trials of each problem ({MeanRankBootstrap.Resamples} resamples), how far it could move with other seeds on the same problems.");
        if (hasControl)
        {
            yield return FormattableString.Invariant($"Won, tied, lost: problems on which the score is better than, within a factor {WinTieLoss.EquivalenceFactor} of, worse than that of {report.Header.Control}.");
            yield return FormattableString.Invariant($"IQM: interquartile mean of the error ratio over problems and seeds, with a bootstrap stratified by problem ({StratifiedBootstrap.Resamples} resamples, seed {StratifiedBootstrap.Seed}), which covers less than 95 % at fewer than ten seeds.");
            yield return "p of the exact signed-rank test over problems, two-sided, Holm-corrected over the methods. P(improvement): probability that a trial has a smaller error than one of the control, mean over problems, same bootstrap.";
            yield return FormattableString.Invariant($"P(better / equal / worse): Bayesian signed-rank test over problems with a factor {WinTieLoss.EquivalenceFactor} as region of practical equivalence ({BayesianSignedRank.Draws} draws, seed {BayesianSignedRank.Seed}).");
        }

        yield return "A diverged trial, and every trial of a method that solved a problem in none, is worse than any other by an infinite factor, and equal to another such trial.";
        if (!aggregate.LeftOut.IsEmpty)
        {
            yield return $"Left out, without a score on every problem: {string.Join(", ", aggregate.LeftOut)}.";
        }
    }
}
