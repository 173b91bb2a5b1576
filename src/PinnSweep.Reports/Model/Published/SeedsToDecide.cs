using MathNet.Numerics.Distributions;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Model.Published;

/// <summary>
/// An estimate of how many seeds would decide a comparison: the smallest n at which the interval of a sample with the mean and the spread
/// of ours (normal scores on the logarithm) lies inside or outside of the band. It is as rough as the spread of few seeds, from which it is
/// computed.
/// </summary>
internal static class SeedsToDecide
{
    /// <summary>The largest number that is looked for; more seeds are hardly ever trained.</summary>
    public const int Most = 1000;

    /// <summary>
    /// The number of seeds in all; null where <see cref="Most"/> are too few, or where there is only one error and so no spread.
    /// </summary>
    public static int? Of(PublishedReference theirs, ReadOnlySpan<double> errors, double equivalence)
    {
        if (errors.Length < 2)
        {
            return null;
        }

        var logs = LogErrorMean.Logs(errors);
        var centre = theirs.Statistic == PublishedStatistic.Median ? Descriptive.Median(logs) : Descriptive.Mean(logs);
        var spread = Descriptive.StandardDeviation(logs);
        return Smallest(errors.Length, Decides);

        bool Decides(int count) => Comparison.Judge(theirs.OfOurs(Sample(count, centre, spread)).RatioTo(theirs.Estimate), equivalence) != Verdict.Undecided;
    }

    /// <summary>The smallest number from this one on that decides; null where <see cref="Most"/> do not.</summary>
    public static int? Smallest(int from, Func<int, bool> decides)
    {
        var (few, many) = (from, from);
        while (!decides(many))
        {
            if (many >= Most)
            {
                return null;
            }

            (few, many) = (many, Math.Min(Most, 2 * many));
        }

        while (many - few > 1)
        {
            var middle = (few + many) / 2;
            (few, many) = decides(middle) ? (few, middle) : (middle, many);
        }

        return many;
    }

    /// <summary>Errors whose logarithms are normal scores with this mean and standard deviation.</summary>
    public static double[] Sample(int count, double mean, double deviation)
    {
        double[] scores = [.. Enumerable.Range(1, count).Select(i => Normal.InvCDF(0, 1, (i - 0.5) / count))];
        var scale = count < 2 ? 0 : deviation / Descriptive.StandardDeviation(scores);
        return [.. scores.Select(score => Math.Pow(10, mean + (scale * score)))];
    }
}
