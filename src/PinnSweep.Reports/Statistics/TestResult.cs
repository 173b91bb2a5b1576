namespace PinnSweep.Reports.Statistics;

/// <summary>The outcome of a two-sided test.</summary>
/// <param name="Count">Pairs, or values in both samples, that the test used.</param>
/// <param name="Statistic">The test's statistic.</param>
/// <param name="P">Two-sided probability of a statistic at least as extreme under the null hypothesis.</param>
/// <param name="SmallestP">The smallest p that this design can give; above α the test can never reject.</param>
public sealed record TestResult(int Count, double Statistic, double P, double SmallestP)
{
    /// <summary>Whether the design can reach significance when <paramref name="tests"/> tests share one α by Holm or Bonferroni.</summary>
    public bool IsAttainable(int tests = 1) => SmallestP * tests <= Significance.Alpha;
}
