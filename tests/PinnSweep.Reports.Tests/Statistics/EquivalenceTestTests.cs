using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

public sealed class EquivalenceTestTests
{
    // Mean 0.01, standard deviation √(0.001 / 3), so t = (0.01 − log10 1.25) / (√(0.001 / 3) / 2).
    private static readonly double[] Differences = [0.02, -0.01, 0.03, 0];

    [Fact]
    public void P_is_that_of_the_nearer_end_of_the_region()
    {
        var t = (0.01 - Math.Log10(1.25)) / (Math.Sqrt(0.001 / 3) / 2);

        Assert.Equal(CumulativeOfThree(t), EquivalenceTest.P(Differences), 1e-12);
        Assert.Equal(EquivalenceTest.P(Differences), EquivalenceTest.P([.. Differences.Select(difference => -difference)]), 1e-15);
    }

    [Fact]
    public void It_rejects_just_where_the_90_percent_interval_of_the_ratio_lies_inside()
    {
        // t of 3 degrees of freedom at 0.95 is 2.353363 (any table).
        var half = 2.353363 * Math.Sqrt(0.001 / 3) / 2;

        Assert.True(EquivalenceTest.P(Differences, Math.Pow(10, 0.01 + (half * 1.001))) < 0.05);
        Assert.True(EquivalenceTest.P(Differences, Math.Pow(10, 0.01 + (half * 0.999))) > 0.05);
    }

    [Theory]
    [InlineData(new double[] { }, 1)]
    [InlineData(new[] { 0.0 }, 1)]
    [InlineData(new[] { 0.0, 0.0 }, 0)]
    [InlineData(new[] { 0.2, 0.2 }, 1)]
    public void Pairs_without_spread_are_told_by_their_mean_and_one_pair_tells_nothing(double[] differences, double p) => Assert.Equal(p, EquivalenceTest.P(differences));

    [Fact]
    public void A_copy_changes_nothing_for_the_others()
    {
        double[] other = [0.05, -0.02, 0.06, 0.01];
        double[] same = [0, 0, 0, 0];

        var without = EquivalenceTest.Adjusted([Differences, other]);
        var with = EquivalenceTest.Adjusted([Differences, other, [.. other], same]);

        Assert.Equal([.. without, without[1], 0], with);
        Assert.Equal(2 * EquivalenceTest.P(Differences), without[0], 1e-15);
        Assert.Equal(EquivalenceTest.P(other), without[1], 1e-15);
    }

    // Student's distribution of three degrees of freedom in closed form.
    private static double CumulativeOfThree(double t) => 0.5 + (((t / Math.Sqrt(3) / (1 + (t * t / 3))) + Math.Atan(t / Math.Sqrt(3))) / Math.PI);
}
