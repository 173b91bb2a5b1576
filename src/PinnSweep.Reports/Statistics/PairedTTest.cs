using MathNet.Numerics.Distributions;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// Student's t test on differences of pairs. Unlike the signed-rank test it can reject with three pairs, at the price of assuming normal
/// differences.
/// </summary>
/// <param name="Count">Pairs.</param>
/// <param name="Mean">Mean difference.</param>
/// <param name="Interval">Its 95 % interval; null for fewer than two pairs.</param>
/// <param name="P">Two-sided p; 1 for fewer than two pairs, which can show nothing.</param>
public sealed record PairedTTest(int Count, double Mean, Interval? Interval, double P)
{
    /// <summary>The test that the mean difference is zero.</summary>
    public static PairedTTest Of(ReadOnlySpan<double> differences)
    {
        var mean = Descriptive.Mean(differences);
        if (differences.Length < 2)
        {
            return new(differences.Length, mean, null, 1);
        }

        var degrees = differences.Length - 1;
        var error = Descriptive.StandardDeviation(differences) / Math.Sqrt(differences.Length);
        var half = StudentT.InvCDF(0, 1, degrees, 1 - (Significance.Alpha / 2)) * error;
        var p = error > 0 ? 2 * StudentT.CDF(0, 1, degrees, -Math.Abs(mean) / error) : mean == 0 ? 1 : 0;
        return new(differences.Length, mean, new(mean - half, mean + half), p);
    }
}
