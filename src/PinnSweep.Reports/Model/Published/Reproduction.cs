using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Model.Published;

/// <summary>A published number beside ours.</summary>
/// <param name="Published">The number.</param>
/// <param name="Labels">Labels of the cell's levels.</param>
/// <param name="Finished">Finished trials.</param>
/// <param name="Diverged">Of these, without a finite error.</param>
/// <param name="Missing">Trials that are still to come.</param>
/// <param name="Against">Ours against the published number.</param>
/// <param name="AgainstRerun">Ours against a rerun of the authors' program; null where there was none.</param>
public sealed record ReproducedValue(
    PublishedValue Published, ImmutableSortedDictionary<Factor, string> Labels, int Finished, int Diverged, int Missing, Comparison Against, Comparison? AgainstRerun)
{
    /// <summary>The table's statistic of our errors.</summary>
    public ErrorEstimate Ours => Against.Ours;

    /// <summary>The outcome against the published number.</summary>
    public Verdict Verdict => Against.Verdict;
}

/// <summary>How far two rankings of the methods on one problem agree.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Methods">Cells compared.</param>
/// <param name="Spearman">ρ of the published values and ours; NaN for fewer than three cells.</param>
/// <param name="Kendall">τ-b of the same.</param>
public sealed record RankAgreement(string Problem, int Methods, double Spearman, double Kendall);

/// <summary>A published table beside the study's own numbers, which are the statistic that the table declares.</summary>
/// <param name="Table">The published table.</param>
/// <param name="Values">Number by number, in the order of the study file.</param>
/// <param name="Agreement">Rank correlation of methods, problem by problem.</param>
public sealed record Reproduction(PublishedTable Table, ImmutableArray<ReproducedValue> Values, ImmutableArray<RankAgreement> Agreement)
{
    private const int FewestRanked = 3;

    /// <summary>All published tables of a study.</summary>
    public static ImmutableArray<Reproduction> AllOf(StudyReport report) => [.. report.Published.Select(table => Of(report, table))];

    private static Reproduction Of(StudyReport report, PublishedTable table)
    {
        var values = table.Rows.Select(row => Value(report, table, row)).OfType<ReproducedValue>().ToImmutableArray();
        var agreement = values.Where(value => double.IsFinite(value.Ours.Value)).GroupBy(value => value.Labels[Factor.Problem]).Select(group => new RankAgreement(
            group.Key,
            group.Count(),
            group.Count() < FewestRanked ? double.NaN : RankCorrelation.Spearman([.. group.Select(value => value.Published.Value)], [.. group.Select(value => value.Ours.Value)]),
            group.Count() < FewestRanked ? double.NaN : RankCorrelation.Kendall([.. group.Select(value => value.Published.Value)], [.. group.Select(value => value.Ours.Value)])));
        return new(table, values, [.. agreement]);
    }

    private static ReproducedValue? Value(StudyReport report, PublishedTable table, PublishedValue row)
    {
        var trials = report.Trials.Where(trial => trial.Levels is { } levels && row.Matches(levels)).ToArray();
        if (trials.Length == 0)
        {
            return report.NotApplicable.FirstOrDefault(cell => row.Matches(cell.Levels)) is { } left
                ? new(
                    row,
                    FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => StudyLabels.Of(left.Levels, left.Labels, factor)),
                    0,
                    0,
                    0,
                    Comparison.Of(PublishedReference.Of(table, row), [], table.Equivalence, $"n/a: {left.Reason}"),
                    null)
                : null;
        }

        var finished = trials.Where(trial => trial.IsFinished).ToArray();
        var measured = finished.Where(trial => trial.Error is not null).Select(trial => (trial.Status, Error: ReportTrial.Metric(trial.Result!, trial.Result!.Final, table.Metric)))
            .Where(trial => double.IsFinite(trial.Error)).ToArray();
        ImmutableArray<double> errors = [.. measured.Select(trial => trial.Error)];
        double[] trivial = [.. measured.Where(trial => trial.Status == TrialStatus.Trivial).Select(trial => trial.Error)];
        var diverged = finished.Count(trial => trial.Error is null);
        var givenUp = trials.Count(trial => trial.Status == TrialStatus.Quarantined);
        var hindrance = diverged > 0 ? FormattableString.Invariant($"{diverged} diverged")
            : givenUp > 0 ? FormattableString.Invariant($"{givenUp} given up")
            : errors.Length < finished.Length ? FormattableString.Invariant($"{finished.Length - errors.Length} without {table.Metric}")
            : null;
        return new(row, trials[0].Labels, finished.Length, diverged, trials.Length - finished.Length - givenUp, Against(PublishedReference.Of(table, row)), row.Rerun is { } rerun ? Against(PublishedReference.Of(table, rerun)) : null);

        Comparison Against(PublishedReference theirs)
        {
            var found = Comparison.Of(theirs, errors, table.Equivalence, hindrance);
            return found.Verdict == Verdict.Reproduced && trivial.Length > 0 && !IsTrivial(theirs.Estimate.Value)
                ? found with { Verdict = Verdict.NotJudged, Reason = FormattableString.Invariant($"{trivial.Length} trivial") }
                : found;
        }

        // A constant network has about the error of the best constant. A published number of that size is matched by training nothing,
        // however wide the table's own factor is. Residuals are exempt, because a constant may solve the equation.
        bool IsTrivial(double theirs) => table.Metric != CurvePoint.ResidualL2 && theirs * PublishedTable.UsualEquivalence >= trivial.Min();
    }
}
