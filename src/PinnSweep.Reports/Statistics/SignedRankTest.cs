namespace PinnSweep.Reports.Statistics;

/// <summary>
/// Wilcoxon's signed-rank test (Wilcoxon 1945). The null distribution is exact for any size: all sign patterns of the observed midranks are
/// counted by convolution, so ties need no correction. Differences of zero are left out, as Wilcoxon did and as R and SciPy do by default.
/// </summary>
internal static class SignedRankTest
{
    /// <summary>Two-sided test that the differences are symmetric about zero; the statistic is the smaller of the two rank sums.</summary>
    public static TestResult Of(ReadOnlySpan<double> differences)
    {
        var kept = differences.ToArray().Where(difference => difference != 0).ToArray();
        if (kept.Length == 0)
        {
            return new(0, 0, 1, 1);
        }

        var ranks = Ranks.Doubled([.. kept.Select(Math.Abs)]);
        var total = ranks.Sum();
        var positive = ranks.Where((_, i) => kept[i] > 0).Sum();
        var smaller = Math.Min(positive, total - positive);

        var probability = new double[total + 1];
        probability[0] = 1;
        foreach (var rank in ranks)
        {
            for (var sum = total; sum >= 0; sum--)
            {
                probability[sum] = (probability[sum] + (sum >= rank ? probability[sum - rank] : 0)) / 2;
            }
        }

        var tail = 0.0;
        for (var sum = 0; sum <= smaller; sum++)
        {
            tail += probability[sum];
        }

        return new(kept.Length, smaller / 2.0, Math.Min(1, 2 * tail), SmallestP(kept.Length));
    }

    /// <summary>2^(1−n): all differences with one sign.</summary>
    public static double SmallestP(int pairs) => Math.Min(1, Math.Pow(2, 1 - pairs));
}
