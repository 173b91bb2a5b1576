using PinnSweep.Studies;

namespace PinnSweep.Pinns.Tests;

public sealed class PowerNormalizationTests
{
    /// <summary>Scales 10, 1, 2: relative to the residual (10/s)², else 1/s².</summary>
    [Theory]
    [InlineData("residual", new[] { 1.0, 100, 25 })]
    [InlineData("none", new[] { 0.01, 1, 0.25 })]
    public void Weights_are_inverse_squares_of_scales(string reference, double[] expected)
    {
        var balancer = new Scene().Create("power-normalization", ("reference", reference));

        Assert.Equal(expected, balancer.TermWeights.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Given_scales_replace_those_of_the_problem()
    {
        var balancer = new Scene().Create("power-normalization", ("scales", new (string, object)[] { ("boundary", 5.0) }));

        Assert.Equal([1, 4, 25], balancer.TermWeights.ToArray());
    }

    [Fact]
    public void A_problem_without_a_scale_is_a_mistake() =>
        Assert.Throws<UserMistakeException>(() => new Scene { Terms = [new("residual", TermRole.Residual, 5, 0)], FixedPoints = [true] }.Create("power-normalization"));
}
