using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Statistics;

/// <summary>A statistic of errors: what a table prints of its runs, with the interval in which the truth behind it lies.</summary>
/// <param name="Count">How many errors went in.</param>
/// <param name="Value">The statistic; NaN where there are too few errors for it.</param>
/// <param name="Interval">
/// Its 95 % interval; null where there is none to be had. Of the best of several runs, and of one run, it is the interval in which the next
/// such number falls: the published one is a draw itself, not an estimate of something that stands still.
/// </param>
public sealed record ErrorEstimate(int Count, double Value, Interval? Interval)
{
    /// <summary>A statistic of finite errors above zero.</summary>
    /// <param name="statistic">Which.</param>
    /// <param name="runs">For the best of several runs: of how many.</param>
    /// <param name="errors">The errors.</param>
    public static ErrorEstimate Of(PublishedStatistic statistic, int runs, ReadOnlySpan<double> errors) => statistic switch
    {
        PublishedStatistic.Mean => LogNormalMean.Of(errors),
        PublishedStatistic.Median => MedianInterval.Of(errors),
        PublishedStatistic.Best => BestOfRuns.Of(errors, runs),
        PublishedStatistic.Single => BestOfRuns.Of(errors, 1),
        _ => Of(LogErrorMean.Of(errors)),
    };

    /// <summary>
    /// The interval of this ÷ the other, by the method of variance estimates recovery (MOVER; Zou and Donner 2008): on the logarithm,
    /// distances from the statistics to the ends of their own intervals add up as squares do. It needs only the two intervals, which may be
    /// asymmetric.
    /// </summary>
    /// <returns>Null where this has no interval; an other without one is taken as exact.</returns>
    public Interval? RatioTo(ErrorEstimate other)
    {
        if (Interval is not { } mine)
        {
            return null;
        }

        var theirs = other.Interval ?? new(other.Value, other.Value);
        var ratio = Math.Log(Value / other.Value);
        var lower = ratio - Both(Math.Log(Value / mine.Lower), Math.Log(theirs.Upper / other.Value));
        var upper = ratio + Both(Math.Log(mine.Upper / Value), Math.Log(other.Value / theirs.Lower));
        return new(Math.Exp(lower), Math.Exp(upper));
    }

    /// <summary>The same with an interval that holds the statistic: errors that are far from log-normal may have it outside.</summary>
    public static ErrorEstimate Holding(int count, double value, double lower, double upper) => new(count, value, new(Math.Min(lower, value), Math.Max(upper, value)));

    private static ErrorEstimate Of(LogErrorMean mean) => new(mean.Count, mean.Mean, mean.Interval);

    private static double Both(double first, double second) => Math.Sqrt((first * first) + (second * second));
}
