namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The critical difference of mean ranks of Nemenyi (1963) in the form of Demšar (2006): CD = q_α √(k(k+1) / 6N), where q_α is the
/// studentized range quantile **divided by √2**.
/// </summary>
internal static class NemenyiDifference
{
    /// <summary>The critical difference at α = 0.05 for <paramref name="methods"/> methods on <paramref name="blocks"/> problems.</summary>
    public static double Of(int methods, int blocks) =>
        StudentizedRange.Quantile(Significance.Confidence, methods) / Math.Sqrt(2) * Math.Sqrt(methods * (methods + 1.0) / (6.0 * blocks));
}
