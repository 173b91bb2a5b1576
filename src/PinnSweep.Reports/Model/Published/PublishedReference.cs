using MathNet.Numerics.Distributions;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Model.Published;

/// <summary>A number to compare with, and how sure it is of itself.</summary>
/// <param name="Statistic">What it is of its runs. Any statistic of one run is that run.</param>
/// <param name="Runs">How many; null where nobody says.</param>
/// <param name="Estimate">The number with its 95 % interval; without one it is taken as exact, or is a draw whose chance is in our
/// interval.</param>
public sealed record PublishedReference(PublishedStatistic Statistic, int? Runs, ErrorEstimate Estimate)
{
    /// <summary>Whether it is a draw of runs, not an estimate: the best of several, or one.</summary>
    public bool IsDraw => Statistic is PublishedStatistic.Best or PublishedStatistic.Single;

    /// <summary>Whether it is taken as exact although it was estimated from runs.</summary>
    public bool IsTakenAsExact => !IsDraw && Estimate.Interval is null;

    /// <summary>A published number.</summary>
    public static PublishedReference Of(PublishedTable table, PublishedValue row) => Of(table.Statistic, table.Runs, row.Value, row.Deviation, row.Lower, row.Upper);

    /// <summary>What a rerun of the authors' program gave.</summary>
    public static PublishedReference Of(PublishedTable table, PublishedRerun rerun)
    {
        if (rerun.Values.IsEmpty)
        {
            return Of(table.Statistic, rerun.Runs, rerun.Value!.Value, rerun.Deviation, null, null);
        }

        if (rerun.Values.Length == 1)
        {
            return Of(table.Statistic, 1, rerun.Values[0], null, null, null);
        }

        // Runs of which each is known say more than the best of them, or one.
        var statistic = table.Statistic is PublishedStatistic.Best or PublishedStatistic.Single ? PublishedStatistic.GeometricMean : table.Statistic;
        return new(statistic, rerun.Values.Length, ErrorEstimate.Of(statistic, rerun.Values.Length, rerun.Values.AsSpan()));
    }

    /// <summary>The same statistic of our errors.</summary>
    public ErrorEstimate OfOurs(ReadOnlySpan<double> errors) => ErrorEstimate.Of(Statistic, Runs ?? int.MaxValue, errors);

    private static PublishedReference Of(PublishedStatistic statistic, int? runs, double value, double? deviation, double? lower, double? upper)
    {
        var of = runs == 1 ? PublishedStatistic.Single : statistic;
        var count = runs ?? 0;
        var exact = new ErrorEstimate(count, value, null);
        return new(of, runs, of is PublishedStatistic.Best or PublishedStatistic.Single ? exact
            : lower is { } from && upper is { } to ? ErrorEstimate.Holding(count, value, from, to)
            : deviation is { } spread && runs is not null ? OfDeviation(of, count, value, spread)
            : exact);
    }

    /// <summary>
    /// The interval that a standard deviation over runs gives, the errors being log-normal. Of a mean as
    /// <see cref="LogNormalMean.OfMoments"/>; for small spreads that is the delta method, s ÷ (x̄ √n). Of a median or geometric mean m,
    /// e^σ² solves (s ÷ m)² = e^σ² (e^σ² − 1), and the standard error on the logarithm is σ ÷ √n, times √(π/2) for a median, which is its
    /// limit for many runs and more than its value for few.
    /// </summary>
    private static ErrorEstimate OfDeviation(PublishedStatistic statistic, int runs, double value, double deviation)
    {
        if (statistic == PublishedStatistic.Mean)
        {
            return LogNormalMean.OfMoments(runs, value, deviation);
        }

        var square = deviation / value * (deviation / value);
        var variance = Math.Log((1 + Math.Sqrt(1 + (4 * square))) / 2);
        var half = StudentT.InvCDF(0, 1, runs - 1, 1 - (Significance.Alpha / 2)) * Math.Sqrt(variance / runs * (statistic == PublishedStatistic.Median ? Math.PI / 2 : 1));
        return ErrorEstimate.Holding(runs, value, value * Math.Exp(-half), value * Math.Exp(half));
    }
}
