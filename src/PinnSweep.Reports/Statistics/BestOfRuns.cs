using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The best of m runs, of which one run is the case m = 1. The statistic is the geometric mean, over all groups of m of our runs, of the
/// best of the group. The interval is the one in which the best of m further runs falls with 95 %, which is exact for log-normal errors:
/// (best − ȳ) ÷ s has one distribution, that of (Z₍₁:m₎ + Z/√n) ÷ √(χ²/(n − 1)), whatever μ and σ. Fewer than m runs say nothing of the
/// best of m.
/// </summary>
internal static class BestOfRuns
{
    private const double Far = 8.5;
    private const int Order = 64;
    private static readonly ConcurrentDictionary<(int Count, int Runs), Interval> Known = new();

    /// <summary>The best of <paramref name="runs"/> and where the next one falls.</summary>
    /// <param name="errors">Finite errors above zero.</param>
    /// <param name="runs">m.</param>
    public static ErrorEstimate Of(ReadOnlySpan<double> errors, int runs)
    {
        var n = errors.Length;
        if (n < runs || n == 0)
        {
            return new(n, double.NaN, null);
        }

        var logs = LogErrorMean.Logs(errors);
        Array.Sort(logs);

        // The i-th smallest is the best of C(n − i, m − 1) groups out of C(n, m).
        var (sum, weight) = (0.0, (double)runs / n);
        for (var i = 1; i <= n - runs + 1; i++)
        {
            sum += weight * logs[i - 1];
            weight *= (n - i - runs + 1.0) / Math.Max(1, n - i);
        }

        if (n < 2)
        {
            return new(n, Math.Pow(10, sum), null);
        }

        var (mean, deviation) = (Descriptive.Mean(logs), Descriptive.StandardDeviation(logs));
        var ends = Known.GetOrAdd((n, runs), static key => new(Quantile(key.Count, key.Runs, Significance.Alpha / 2), Quantile(key.Count, key.Runs, 1 - (Significance.Alpha / 2))));
        return ErrorEstimate.Holding(n, Math.Pow(10, sum), Math.Pow(10, mean + (ends.Lower * deviation)), Math.Pow(10, mean + (ends.Upper * deviation)));
    }

    /// <summary>Quantile of (best of m further − mean of n) ÷ standard deviation of n.</summary>
    public static double Quantile(int count, int runs, double probability)
    {
        if (runs == 1)
        {
            return StudentT.InvCDF(0, 1, count - 1, probability) * Math.Sqrt(1 + (1.0 / count));
        }

        var reach = 10.0;
        while (Cdf(-reach) > probability || Cdf(reach) < probability)
        {
            reach *= 2;
        }

        return Brent.FindRoot(q => Cdf(q) - probability, -reach, reach, 1e-7, 200);

        double Cdf(double q) => Scaled(q, count, runs);
    }

    // Over r = √(χ²/ν), whose density is smooth where that of χ² is not.
    private static double Scaled(double q, int count, int runs)
    {
        var degrees = count - 1;
        var reach = Far / Math.Sqrt(2.0 * degrees);
        return GaussLegendreRule.Integrate(
            r => 2 * degrees * r * ChiSquared.PDF(degrees, degrees * r * r) * Below(q * r, count, runs), Math.Max(1e-12, 1 - reach), 1 + reach, 2 * Order);
    }

    // P(Z of the mean + the smallest of m ≤ a), over the mean.
    private static double Below(double a, int count, int runs) => GaussLegendreRule.Integrate(
        z => Normal.PDF(0, 1, z) * (1 - Math.Pow(1 - Normal.CDF(0, 1, a - (z / Math.Sqrt(count))), runs)), -Far, Far, Order);
}
