using MathNet.Numerics.Distributions;

namespace PinnSweep.Reports.Statistics;

/// <summary>A rank correlation with its 95 % interval.</summary>
/// <param name="Count">Pairs of values.</param>
/// <param name="Value">From −1 to 1; NaN where one list is constant.</param>
/// <param name="Interval">
/// Null for fewer than four pairs, and where all agree or all disagree: the sample then shows no spread from which one could be told.
/// </param>
internal sealed record RankAgreement(int Count, double Value, Interval? Interval)
{
    private const int Fewest = 4;

    /// <summary>
    /// Kendall's τ-b with the interval of the jackknife: Student's t on the values that leave one pair out. No distribution is assumed,
    /// and ties are allowed; the interval ends at ±1.
    /// </summary>
    public static RankAgreement Kendall(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var n = first.Length;
        var (balance, notTiedFirst, notTiedSecond) = (new long[n], new long[n], new long[n]);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (Math.Sign(first[i].CompareTo(first[j])), Math.Sign(second[i].CompareTo(second[j])));
                (balance[i], balance[j]) = (balance[i] + (a * b), balance[j] + (a * b));
                (notTiedFirst[i], notTiedFirst[j]) = (notTiedFirst[i] + (a * a), notTiedFirst[j] + (a * a));
                (notTiedSecond[i], notTiedSecond[j]) = (notTiedSecond[i] + (b * b), notTiedSecond[j] + (b * b));
            }
        }

        // Every pair of pairs was counted from both sides.
        var (all, allFirst, allSecond) = (balance.Sum() / 2, notTiedFirst.Sum() / 2, notTiedSecond.Sum() / 2);
        var value = Tau(all, allFirst, allSecond);
        double[] without = [.. Enumerable.Range(0, n).Select(i => Tau(all - balance[i], allFirst - notTiedFirst[i], allSecond - notTiedSecond[i]))];
        if (n < Fewest || !(Math.Abs(value) < 1 - 1e-12) || without.Any(double.IsNaN))
        {
            return new(n, value, null);
        }

        var half = StudentT.InvCDF(0, 1, n - 1, 1 - (Significance.Alpha / 2)) * Descriptive.StandardDeviation(without) * (n - 1) / Math.Sqrt(n);
        return new(n, value, new(Math.Max(-1, value - half), Math.Min(1, value + half)));
    }

    /// <summary>
    /// Spearman's ρ with the interval of Fisher's z, whose standard error is √((1 + ρ²/2) ÷ (n − 3)) for ranks (Bonett and Wright 2000).
    /// </summary>
    public static RankAgreement Spearman(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (n, value) = (first.Length, RankCorrelation.Spearman(first, second));
        if (n < Fewest || !(Math.Abs(value) < 1 - 1e-12))
        {
            return new(n, value, null);
        }

        var half = Normal.InvCDF(0, 1, 1 - (Significance.Alpha / 2)) * Math.Sqrt((1 + (value * value / 2)) / (n - 3));
        return new(n, value, new(Math.Tanh(Math.Atanh(value) - half), Math.Tanh(Math.Atanh(value) + half)));
    }

    private static double Tau(long balance, long notTiedFirst, long notTiedSecond) =>
        notTiedFirst > 0 && notTiedSecond > 0 ? balance / Math.Sqrt((double)notTiedFirst * notTiedSecond) : double.NaN;
}
