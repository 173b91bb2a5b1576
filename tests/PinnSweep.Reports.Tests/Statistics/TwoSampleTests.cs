using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

/// <summary>Reference values: SciPy 1.10.1 where it is exact, else full enumeration of sign patterns and splits (ties).</summary>
public sealed class TwoSampleTests
{
    [Fact]
    public void Signed_rank_agrees_with_scipy()
    {
        var test = SignedRankTest.Of([1.1, 2.3, -0.4, 0.8, 1.9, -0.2, 3.1, 0.5]);

        Assert.Equal((8, 3.0), (test.Count, test.Statistic));
        Assert.Equal(0.0390625, test.P, 1e-12);
    }

    [Fact]
    public void Signed_rank_with_ties_and_a_zero_agrees_with_enumeration()
    {
        var test = SignedRankTest.Of([15, -7, 5, 20, 0, -9, 17, -12, 5, -10]);

        Assert.Equal((9, 18.0), (test.Count, test.Statistic));
        Assert.Equal(0.6328125, test.P, 1e-12);
    }

    [Theory]
    [InlineData(3, 0.25)]
    [InlineData(5, 0.0625)]
    [InlineData(6, 0.03125)]
    [InlineData(8, 0.0078125)]
    public void Signed_rank_of_one_sign_is_the_smallest_p(int pairs, double expected)
    {
        var test = SignedRankTest.Of([.. Enumerable.Range(1, pairs).Select(i => (double)i)]);

        Assert.Equal(expected, test.P, 1e-12);
        Assert.Equal(expected, test.SmallestP, 1e-12);
        Assert.Equal(pairs >= 6, test.IsAttainable());
    }

    [Fact]
    public void Signed_rank_of_nothing_but_zeros_shows_nothing() => Assert.Equal(1, SignedRankTest.Of([0, 0, 0]).P);

    [Fact]
    public void Mann_whitney_agrees_with_scipy()
    {
        var test = MannWhitneyTest.Of([0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], [1.15, 0.88, 0.90, 0.74, 1.21]);

        Assert.Equal(35, test.Statistic);
        Assert.Equal(0.2544122544122544, test.P, 1e-12);
    }

    [Fact]
    public void Mann_whitney_with_ties_agrees_with_enumeration()
    {
        var test = MannWhitneyTest.Of([1, 2, 2, 4, 5], [2, 3, 5, 6, 7, 7]);

        Assert.Equal(5.5, test.Statistic);
        Assert.Equal(0.09956709956709957, test.P, 1e-12);
    }

    [Fact]
    public void Mann_whitney_of_many_values_agrees_with_the_normal_approximation_of_scipy()
    {
        var test = MannWhitneyTest.Of([.. Enumerable.Range(1, 35).Select(i => (double)i)], [.. Enumerable.Range(1, 30).Select(i => i + 5.5)]);

        Assert.Equal(435, test.Statistic);
        Assert.Equal(0.2389028536283495, test.P, 1e-10);
    }

    [Theory]
    [InlineData(3, 0.1)]
    [InlineData(4, 0.02857142857142857)]
    [InlineData(5, 0.007936507936507936)]
    [InlineData(6, 0.0021645021645021645)]
    public void Mann_whitney_of_separated_samples_is_the_smallest_p(int n, double expected)
    {
        var test = MannWhitneyTest.Of([.. Enumerable.Range(1, n).Select(i => (double)i)], [.. Enumerable.Range(1, n).Select(i => 100.0 + i)]);

        Assert.Equal(expected, test.P, 1e-12);
        Assert.Equal(expected, test.SmallestP, 1e-12);
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.3, 0.9, 0.2 }, 0.05461481755788553)]
    [InlineData(new[] { -0.1, -0.2, -0.15, -0.3, -0.25 }, 0.004812678330044224)]
    [InlineData(new[] { 0.0, 0.0, 0.0 }, 1)]
    [InlineData(new[] { 0.1 }, 1)]
    public void Paired_t_agrees_with_scipy(double[] differences, double expected) => Assert.Equal(expected, PairedTTest.Of(differences).P, 1e-12);

    [Fact]
    public void Holm_steps_down()
    {
        // Holm (1979): p sorted 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1, then never falling.
        double[] expected = [0.03, 0.06, 0.06, 0.02];
        var adjusted = HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005]);

        Assert.All(expected.Zip(adjusted), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Effect_sizes_of_separated_and_equal_samples()
    {
        Assert.Equal(-1, EffectSizes.CliffsDelta([1, 2], [3, 4]));
        Assert.Equal(1, EffectSizes.ProbabilityOfSmaller([1, 2], [3, 4]));
        Assert.Equal(0.5, EffectSizes.ProbabilityOfSmaller([1, 2, 3], [1, 2, 3]));
        Assert.Equal(-0.25, EffectSizes.CliffsDelta([1, 3], [2, 3]));
    }

    [Fact]
    public void Win_tie_loss_keeps_a_region_of_practical_equivalence() =>
        Assert.Equal(new WinTieLoss(2, 2, 1), WinTieLoss.Of([-0.5, -0.0970, 0.0968, 0.2, -0.09]));
}
