using MathNet.Numerics.Distributions;

namespace PinnSweep.Studies.Replication;

/// <summary>
/// The paired t test of the first seeds of a comparison. Where all differences are the same there is no spread to divide by; p is then
/// that of the sign test, 2^(1 − n), and the standard error the one that gives this p. Without any difference p is 1.
/// </summary>
/// <param name="Pairs">Seeds.</param>
/// <param name="Mean">Mean difference.</param>
/// <param name="StandardError">Of the mean; infinite below <see cref="FewestPairs"/>.</param>
/// <param name="P">Two-sided p; 1 below <see cref="FewestPairs"/>.</param>
internal readonly record struct PairedDifferences(int Pairs, double Mean, double StandardError, double P)
{
    /// <summary>With fewer nothing is decided: two pairs have one degree of freedom.</summary>
    public const int FewestPairs = 3;

    // Logarithms of the same two errors differ in their last digits from seed to seed; such a spread is none.
    private const double Rounding = 1e-9;

    /// <summary>The test's p as a normal value with the sign of the mean.</summary>
    public double Z => Mean == 0 || P >= 1 ? 0 : Math.Sign(Mean) * -Normal.InvCDF(0, 1, Math.Max(P, 1e-300) / 2);

    /// <summary>The test of the first <paramref name="count"/> differences.</summary>
    public static PairedDifferences Of(IReadOnlyList<double> differences, int count)
    {
        var first = differences.Take(count).ToArray();
        var mean = first.Sum() / count;
        if (count < FewestPairs)
        {
            return new(count, mean, double.PositiveInfinity, 1);
        }

        var deviation = Math.Sqrt(first.Sum(value => (value - mean) * (value - mean)) / (count - 1));
        if (deviation > Rounding * Math.Abs(mean))
        {
            var error = deviation / Math.Sqrt(count);
            return new(count, mean, error, StudentTail.P(Math.Abs(mean) / error, count - 1));
        }

        var p = mean == 0 ? 1 : Math.Max(Math.Pow(2, 1 - count), 1e-300);
        return new(count, mean, mean == 0 ? 0 : Math.Abs(mean) / StudentTail.Quantile(p, count - 1), p);
    }

    /// <summary>Half the interval of the mean whose two tails are those of a normal value beyond <paramref name="bound"/>.</summary>
    public double HalfWidth(double bound) =>
        StandardError == 0 || Pairs < FewestPairs ? StandardError
        : StudentTail.Quantile(2 * Normal.CDF(0, 1, -bound), Pairs - 1) * StandardError;
}
