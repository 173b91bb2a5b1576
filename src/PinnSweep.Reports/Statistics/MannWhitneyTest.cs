using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The Mann–Whitney U test (Mann and Whitney 1947). Up to <see cref="ExactLimit"/> values the null distribution is exact, given the
/// observed midranks; beyond that it is the normal approximation with corrections for ties and continuity.
/// </summary>
internal static class MannWhitneyTest
{
    /// <summary>Largest total number of values that is counted exactly.</summary>
    public const int ExactLimit = 60;

    /// <summary>Two-sided test that both samples come from one distribution; the statistic is U of the first sample.</summary>
    public static TestResult Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var n = first.Length;
        var m = second.Length;
        if (n == 0 || m == 0)
        {
            return new(n + m, double.NaN, 1, 1);
        }

        int[] ranks = Ranks.Doubled([.. first, .. second]);
        var sum = ranks.Take(n).Sum();
        var u = (sum / 2.0) - (n * (n + 1) / 2.0);
        var p = n + m <= ExactLimit ? Exact(ranks, n, sum) : Approximate(ranks, n, m, u);
        return new(n + m, u, p, SmallestP(n, m));
    }

    /// <summary>2 / C(n+m, n): complete separation.</summary>
    public static double SmallestP(int n, int m) => Math.Min(1, 2 / SpecialFunctions.Binomial(n + m, n));

    private static double Exact(int[] ranks, int n, int sum)
    {
        var total = ranks.Sum();
        var ways = new double[n + 1, total + 1];
        ways[0, 0] = 1;
        foreach (var rank in ranks)
        {
            for (var taken = n; taken >= 1; taken--)
            {
                for (var s = total; s >= rank; s--)
                {
                    ways[taken, s] += ways[taken - 1, s - rank];
                }
            }
        }

        var (below, above, all) = (0.0, 0.0, 0.0);
        for (var s = 0; s <= total; s++)
        {
            all += ways[n, s];
            below += s <= sum ? ways[n, s] : 0;
            above += s >= sum ? ways[n, s] : 0;
        }

        return Math.Min(1, 2 * Math.Min(below, above) / all);
    }

    private static double Approximate(int[] ranks, int n, int m, double u)
    {
        var total = (double)(n + m);
        var ties = ranks.GroupBy(rank => rank).Sum(group => Math.Pow(group.Count(), 3) - group.Count());
        var variance = n * (double)m / 12 * (total + 1 - (ties / (total * (total - 1))));
        if (variance <= 0)
        {
            return 1;
        }

        var distance = Math.Max(0, Math.Abs(u - (n * (double)m / 2)) - 0.5);
        return Math.Min(1, 2 * Normal.CDF(0, 1, -distance / Math.Sqrt(variance)));
    }
}
