using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Tables;

/// <summary>What the points of a design show of each combination of levels, and of combinations against one another.</summary>
internal static class DesignTables
{
    /// <summary>One line a combination: its best point, the middle one, the worst, and how many failed.</summary>
    public static TableModel Space(StudyReport report) => new(
        "over-the-space",
        $"Over the space, one line a combination: the {report.Header.MetricName} of a point is the geometric mean over its seeds.",
        [
            new(report.Axes.RowsWord, false), new("on", false), new("points"), new("seeds"), new("best [95 %]"), new("median"), new("worst"),
            new("within 2× of best [95 %]"), new("not converged [95 %]"), new("diverged"), new("best at", false),
        ],
        [.. report.Design!.Combinations.Select(combination => Line(report, combination))],
        [
            "The best of many points is the luckiest too (winner's curse): its mean and interval are no estimate of what its values reach on other seeds; train it anew on other seeds for that.",
            $"Within 2×: share of the points within a factor {NumberText.RoundTrip(NearBest.Factor)} of the best (Wilson interval); it depends on how wide the space is. A point of which a trial diverged or was given up has failed: it counts as larger than any other in median, worst and share. Not converged, diverged: finished trials of all points.",
            .. report.Design.Combinations.Any(combination => combination.Best is { IsBad: true })
                ? new[] { "‡: no trial of any point that did not fail solved the problem; the number favours nobody." } : [],
        ]);

    /// <summary>Combinations with the same points against each other; null where there are none.</summary>
    public static TableModel? Compared(StudyReport report)
    {
        var comparisons = report.Design!.Comparisons;
        if (comparisons.IsEmpty)
        {
            return null;
        }

        var notes = new Footnotes();
        return new(
            "point-by-point",
            $"Combinations compared point by point: geometric mean over points of the ratio of errors, {(report.ControlRow is { } control ? $"method ÷ {control} (control)" : "first ÷ second")}, each point with the mean of log10 over its seeds; below 1 the {(report.ControlRow is null ? "first" : "method")} is better.",
            [
                new(report.Axes.RowsWord, false), new("against", false), new("on", false), new("points"), new("error ratio"), new("95 % interval"), new("p (paired t)"), new("p (signed-rank)"), new("won/tied/lost"),
            ],
            [
                .. comparisons.Select(comparison => ImmutableArray.Create<TableCell>(
                [
                    comparison.First.Method,
                    report.RowName(comparison.Second.Method),
                    Where(comparison.First),
                    FormattableString.Invariant($"{comparison.Paired.Count} of {comparison.Differences.Length}"),
                    comparison.Paired.Count == 0 ? "–" : TableCell.Of(comparison.Ratio, 3),
                    comparison.RatioInterval is { } interval ? TableCell.Of(new Inline.Decimal(interval.Lower, 2), new Inline.Words(" – "), new Inline.Decimal(interval.Upper, 2)) : "–",
                    comparison.Paired.Count < 2 ? "–" : NumberText.Probability(comparison.PairedHolm),
                    SignedRank(comparison, comparisons.Length, notes),
                    comparison.Record.ToString(),
                ])),
            ],
            [
                FormattableString.Invariant($"The unit is the point of the design, so this is of the whole space that was sampled, not of its best part; where in it which one is better is not claimed. Points: those that both solved, which ratio, interval and t are of, of all that have ended. p two-sided, Holm-corrected over this table; signed-rank exact, over all points: one that diverged or that no trial solved is worse by an infinite factor. Won, tied, lost: points, by more than a factor {WinTieLoss.EquivalenceFactor}."),
                .. notes.All,
            ]);
    }

    /// <summary>On what a combination is: what tells it from others, or the problem where nothing does.</summary>
    public static string Where(DesignedCombination combination) => combination.On.Length > 0 ? combination.On : combination.Search.Labels[Factor.Problem];

    private static ImmutableArray<TableCell> Line(StudyReport report, DesignedCombination combination)
    {
        var (observed, best) = (combination.Observed.Length, combination.Best);
        ReportTrial[] finished = [.. combination.Trials.Where(trial => trial.IsFinished)];
        var failures = finished.Count(trial => trial.Status != TrialStatus.Converged);
        var present = combination.Points.Count(point => point.Cell is not null);
        return
        [
            report.RowName(combination.Method),
            Where(combination),
            observed == present ? FormattableString.Invariant($"{observed}") : FormattableString.Invariant($"{observed} of {present}"),
            FormattableString.Invariant($"{report.Header.Seeds.Length}"),
            best is null ? (observed == 0 ? "–" : "failed") : Mean(best),
            Score(combination.Median),
            Score(combination.Worst),
            combination.Near is { } near ? $"{NumberText.Fixed(near.Share, 2)} {NumberText.Range(near.Interval, 2)}" : "–",
            finished.Length == 0 ? "–" : FormattableString.Invariant($"{failures}/{finished.Length} {NumberText.Range(WilsonInterval.Of(failures, finished.Length), 2)}"),
            FormattableString.Invariant($"{finished.Count(trial => trial.Status == TrialStatus.Diverged)}"),
            best is null ? "–" : combination.Dimensions.IsEmpty ? "no ranges" : combination.ValuesOf(best),
        ];
    }

    /// <summary>The geometric mean at a point with its interval.</summary>
    internal static TableCell Mean(DesignPoint point)
    {
        var (mean, mark) = (point.Cell!.Accuracy, point.IsBad ? Emphasis.Unsolved : Emphasis.None);
        return mean.Interval is { } interval
            ? TableCell.Of(new Inline.Scientific(mean.Mean, 3, mark), new Inline.Space(), new Inline.Words("["), new Inline.Scientific(interval.Lower, 2), new Inline.Words(", "), new Inline.Scientific(interval.Upper, 2), new Inline.Words("]"))
            : TableCell.Of(new Inline.Scientific(mean.Mean, 3, mark));
    }

    private static TableCell Score(double score) => double.IsNaN(score) ? "–" : double.IsInfinity(score) ? "failed" : TableCell.Of(new Inline.Scientific(score, 3));

    private static string SignedRank(PointComparison comparison, int tests, Footnotes notes) => comparison.SignedRank.Count == 0 ? "–"
        : comparison.IsAttainable ? NumberText.Probability(comparison.SignedRankHolm)
        : $"{NumberText.Probability(comparison.SignedRankHolm)} {notes.Mark(FormattableString.Invariant($"Not attainable at this n: with {comparison.SignedRank.Count} points the smallest p is {NumberText.Decimal(comparison.SignedRank.SmallestP, 3)}, before the correction for {tests} {(tests == 1 ? "test" : "tests")}."))}";
}
