namespace PinnSweep.Studies.Tests.Searches;

/// <summary>
/// Wilcoxon's signed-rank test with the normal approximation (Hollander, Wolfe, "Nonparametric statistical methods", section 3.1): zeros
/// are left out, ties get mean ranks and make the variance smaller.
/// </summary>
internal static class SignedRank
{
    /// <summary>P(as many or more positive ranks | the differences are symmetric around 0).</summary>
    public static double OneSided(IReadOnlyList<double> differences)
    {
        var sizes = differences.Where(d => d != 0).OrderBy(Math.Abs).ToArray();
        var (n, positive, ties) = ((double)sizes.Length, 0.0, 0.0);
        for (var from = 0; from < sizes.Length;)
        {
            var to = from;
            while (to < sizes.Length && Math.Abs(sizes[to]) == Math.Abs(sizes[from]))
            {
                to++;
            }

            double count = to - from;
            positive += sizes[from..to].Count(d => d > 0) * (from + to + 1) / 2.0;
            ties += (count * count * count) - count;
            from = to;
        }

        var variance = (n * (n + 1) * ((2 * n) + 1) / 24) - (ties / 48);
        return variance == 0 ? 1 : 1 - Cumulative((positive - (n * (n + 1) / 4)) / Math.Sqrt(variance));
    }

    private static double Cumulative(double z) =>
        z < 0 ? 1 - Cumulative(-z) : 0.5 * (1 + Studies.Searches.NormalShare.ErrorFunction(z / Math.Sqrt(2)));
}
