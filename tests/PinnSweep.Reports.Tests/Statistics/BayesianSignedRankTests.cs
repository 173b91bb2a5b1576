using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

public sealed class BayesianSignedRankTests
{
    [Fact]
    public void Ten_clear_differences_leave_no_doubt()
    {
        var test = BayesianSignedRank.Of([-1, -1.1, -0.9, -1.2, -0.8, -1, -1.3, -0.7, -1, -1.1], "clear")!;

        Assert.True(test.First > 0.99);
        Assert.Equal(1, test.First + test.Equivalent + test.Second, 1e-9);
    }

    [Fact]
    public void Differences_inside_the_region_are_equivalence()
    {
        var test = BayesianSignedRank.Of([0.01, -0.02, 0.03, 0, -0.01, 0.02, -0.03, 0.01], "equal")!;

        Assert.True(test.Equivalent > 0.99);
    }

    [Fact]
    public void Swapping_the_methods_swaps_the_probabilities()
    {
        double[] differences = [-0.4, 0.3, -0.2, -0.5, 0.1, 0.6];

        var forward = BayesianSignedRank.Of(differences, "pair")!;
        var backward = BayesianSignedRank.Of([.. differences.Select(value => -value)], "pair")!;

        Assert.Equal(forward.First, backward.Second, 1e-12);
        Assert.Equal(forward.Equivalent, backward.Equivalent, 1e-12);
    }

    /// <summary>
    /// One difference beyond the region: weights w ~ Dirichlet(½, 1), the sum of the pair with the prior's zero is beyond 2ρ where the
    /// difference is above 2ρ. Right mass is then 1 − w₀², the middle w₀², and the right wins where w₀² &lt; ½: P = F(1/√2) of Beta(½, 1),
    /// which is (1/√2)^½.
    /// </summary>
    [Fact]
    public void One_difference_agrees_with_the_integral()
    {
        var test = BayesianSignedRank.Of([1], "one")!;

        // Standard error of 2000 draws is below 0.009.
        Assert.InRange(test.Second, Math.Pow(0.5, 0.25) - 0.03, Math.Pow(0.5, 0.25) + 0.03);
    }

    [Fact]
    public void A_failed_run_is_beyond_every_region() =>
        Assert.Equal(BayesianSignedRank.Of([9, 9, 9], "same"), BayesianSignedRank.Of([double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity], "same"));
}
