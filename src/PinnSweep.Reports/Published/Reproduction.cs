using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Reports;

/// <summary>Whether a published number was met.</summary>
public enum Verdict
{
    /// <summary>It lies in our interval, or its own interval (or ± one standard deviation) meets ours.</summary>
    Reproduced,

    /// <summary>It does not, but the two are within the table's factor of each other.</summary>
    Within,

    /// <summary>Neither, and ours is the smaller error.</summary>
    Better,

    /// <summary>Neither, and ours is the larger error.</summary>
    NotReproduced,

    /// <summary>Nothing to compare with: no finished trial, or some without a finite error.</summary>
    Open,

    /// <summary>The study has the cell and cannot train it.</summary>
    NotApplicable,
}

/// <summary>A published number beside ours.</summary>
/// <param name="Published">The number.</param>
/// <param name="Labels">Labels of the cell's levels.</param>
/// <param name="Ours">Geometric mean and 95 % interval of the table's metric.</param>
/// <param name="Finished">Finished trials.</param>
/// <param name="Failures">Of these, without a finite error.</param>
/// <param name="Verdict">The outcome.</param>
public sealed record ReproducedValue(
    PublishedValue Published, ImmutableSortedDictionary<Factor, string> Labels, LogErrorMean Ours, int Finished, int Failures, Verdict Verdict)
{
    /// <summary>Ours over the published number; NaN without ours.</summary>
    public double Ratio => Ours.Mean / Published.Value;

    /// <summary>Why the cell is not trained; null where it is.</summary>
    public string? NotApplicable { get; init; }
}

/// <summary>How far two rankings of the methods on one problem agree.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Methods">Cells compared.</param>
/// <param name="Spearman">ρ of the published values and ours; NaN for fewer than three cells.</param>
/// <param name="Kendall">τ-b of the same.</param>
public sealed record RankAgreement(string Problem, int Methods, double Spearman, double Kendall);

/// <summary>A published table beside the study's own numbers.</summary>
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
        var agreement = values.Where(value => value.Ours.Count > 0).GroupBy(value => value.Labels[Factor.Problem]).Select(group => new RankAgreement(
            group.Key,
            group.Count(),
            group.Count() < FewestRanked ? double.NaN : RankCorrelation.Spearman([.. group.Select(value => value.Published.Value)], [.. group.Select(value => value.Ours.Mean)]),
            group.Count() < FewestRanked ? double.NaN : RankCorrelation.Kendall([.. group.Select(value => value.Published.Value)], [.. group.Select(value => value.Ours.Mean)])));
        return new(table, values, [.. agreement]);
    }

    private static ReproducedValue? Value(StudyReport report, PublishedTable table, PublishedValue row)
    {
        var trials = report.Trials.Where(trial => trial.Levels is { } levels && row.Matches(levels)).ToArray();
        if (trials.Length == 0)
        {
            return report.NotApplicable.FirstOrDefault(cell => row.Matches(cell.Levels)) is { } left
                ? new(row, FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => StudyLabels.Of(left.Levels, left.Labels, factor)), LogErrorMean.Of([]), 0, 0, Verdict.NotApplicable)
                {
                    NotApplicable = left.Reason,
                }
                : null;
        }

        var finished = trials.Where(trial => trial.Result is { Curve.IsEmpty: false }).ToArray();
        double[] errors = [.. finished.Where(trial => trial.Error is not null).Select(trial => ReportTrial.Metric(trial.Result!, trial.Result!.Final, table.Metric)).Where(double.IsFinite)];
        var ours = LogErrorMean.Of(errors);
        return new(row, trials[0].Labels, ours, finished.Length, finished.Length - errors.Length, Judge(row, ours, finished.Length - errors.Length, table.Within));
    }

    /// <summary>The verdict on one number.</summary>
    public static Verdict Judge(PublishedValue published, LogErrorMean ours, int failures, double within)
    {
        if (ours.Count == 0 || failures > 0)
        {
            return Verdict.Open;
        }

        var low = published.Lower ?? Math.Max(double.Epsilon, published.Value - (published.Deviation ?? 0));
        var high = published.Upper ?? published.Value + (published.Deviation ?? 0);
        var (lower, upper) = ours.Interval is { } interval ? (interval.Lower, interval.Upper) : (ours.Mean, ours.Mean);
        var ratio = ours.Mean / published.Value;
        return lower <= high && low <= upper ? Verdict.Reproduced
            : Math.Max(ratio, 1 / ratio) <= within ? Verdict.Within
            : ratio < 1 ? Verdict.Better
            : Verdict.NotReproduced;
    }
}
