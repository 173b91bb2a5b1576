using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The range of k independent standard normal values, which is the studentized range with infinitely many degrees of freedom:
/// P(Q ≤ q) = k ∫ φ(z) [Φ(z) − Φ(z − q)]^(k−1) dz.
/// </summary>
internal static class StudentizedRange
{
    /// <summary>P(Q ≤ q) for <paramref name="k"/> values.</summary>
    public static double Cdf(double q, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        return q <= 0 ? 0 : Math.Min(1, k * GaussLegendreRule.Integrate(
            z => Normal.PDF(0, 1, z) * Math.Pow(Normal.CDF(0, 1, z) - Normal.CDF(0, 1, z - q), k - 1), -9, 9 + Math.Min(q, 9), 256));
    }

    /// <summary>The q with P(Q ≤ q) = <paramref name="probability"/>.</summary>
    public static double Quantile(double probability, int k) => Brent.FindRoot(q => Cdf(q, k) - probability, 1e-6, 40, 1e-12, 200);
}
