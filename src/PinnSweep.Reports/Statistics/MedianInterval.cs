using MathNet.Numerics.Distributions;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The median of positive errors with its interval. From six errors on it lies between order statistics, interpolated to 95 %
/// (Hettmansperger and Sheather 1986), whatever the distribution: errors of trained networks often have two humps, those that arrived and
/// those that did not. Fewer order statistics cannot reach 95 %; Student's t on the logarithm takes their place, which holds for log-normal
/// errors.
/// </summary>
internal static class MedianInterval
{
    /// <summary>From this many errors on no distribution is assumed: smallest and largest of six hold the median with 97 %.</summary>
    public const int FewestFree = 6;

    /// <summary>The median and its interval.</summary>
    /// <param name="errors">Finite errors above zero.</param>
    public static ErrorEstimate Of(ReadOnlySpan<double> errors)
    {
        var median = Descriptive.Median(errors);
        if (errors.Length < FewestFree)
        {
            return LogErrorMean.Of(errors).Interval is { } interval
                ? ErrorEstimate.Holding(errors.Length, median, interval.Lower, interval.Upper)
                : new(errors.Length, median, null);
        }

        var logs = LogErrorMean.Logs(errors);
        Array.Sort(logs);
        var (n, k) = (logs.Length, 1);
        while (Level(n, k + 1) >= Significance.Confidence)
        {
            k++;
        }

        // Share of the way from the k-th value to the next one inwards; not linear in the levels, because quantiles are not.
        var share = (Level(n, k) - Significance.Confidence) / (Level(n, k) - Level(n, k + 1));
        var way = (n - k) * share / (k + ((n - (2 * k)) * share));
        return ErrorEstimate.Holding(
            n, median, Math.Pow(10, logs[k - 1] + (way * (logs[k] - logs[k - 1]))), Math.Pow(10, logs[^k] - (way * (logs[^k] - logs[^(k + 1)]))));
    }

    // Probability that the k-th smallest and the k-th largest of n values have the median between them.
    private static double Level(int n, int k) => 1 - (2 * Binomial.CDF(0.5, n, k - 1));
}
