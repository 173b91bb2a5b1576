using PinnSweep.Methods.Balancers;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Pinns.Tests.Balancers;

public sealed class SelfAdaptiveTests
{
    /// <summary>
    /// Adam's first step has the length lr whatever the gradient: every λ with a residual rises from 1 to 1.1, so m = λ² = 1.21; a zero
    /// residual leaves 1.
    /// </summary>
    [Fact]
    public void The_first_ascent_raises_lambda_by_the_learning_rate()
    {
        var balancer = Create(("init", "constant"), ("lr", 0.1), ("epsilon", 1e-12));
        Assert.Equal([1, 1], balancer.PointWeights(0).ToArray());

        Seen([2, 0, 1, 3]).Turn(balancer);

        AssertClose([1.21, 1], balancer.PointWeights(0));
        AssertClose([1.21, 1.21], balancer.PointWeights(1));
    }

    /// <summary>
    /// m′ r²/n = (2·1·4/2, 2·1·1/2) = (4, 1), then from λ = 1.1: (2·1.1·1/2, 0) = (1.1, 0). With β₁ = 0 the second step is lr g/√v̂.
    /// </summary>
    [Fact]
    public void The_second_ascent_follows_the_slope_of_the_mask_and_the_mean_square()
    {
        var balancer = Create(("init", "constant"), ("lr", 0.1), ("epsilon", 1e-12), ("beta1", 0.0), ("beta2", 0.5));
        Seen([2, 1, 0, 0]).Turn(balancer);

        Seen([1, 0, 0, 0]).Turn(balancer);

        var second = ((0.25 * 16) + (0.5 * 1.1 * 1.1)) / 0.75;
        AssertClose([Math.Pow(1.1 + (0.1 * 1.1 / Math.Sqrt(second)), 2), 1.21], balancer.PointWeights(0));
    }

    [Theory]
    [InlineData("linear", 1.1)]
    [InlineData("power", 1.331)]
    [InlineData("sigmoid", 0.75026010559511769)]
    public void Masks_are_those_of_their_names(string mask, double expected)
    {
        var balancer = Create(("init", "constant"), ("lr", 0.1), ("epsilon", 1e-12), ("mask", mask), ("exponent", 3));

        Seen([1, 1, 1, 1]).Turn(balancer);

        Assert.Equal(expected, balancer.PointWeights(0)[0], 1e-9);
    }

    [Fact]
    public void Granularity_term_weighs_terms_by_their_losses()
    {
        var balancer = Create(("granularity", "term"), ("init", "constant"), ("lr", 0.1), ("epsilon", 1e-12));

        Seen([1, 1, 0, 0]).Turn(balancer);

        AssertClose([1.21, 1], balancer.TermWeights);
        Assert.True(balancer.PointWeights(0).IsEmpty);
    }

    [Fact]
    public void Fixed_terms_keep_their_weight_and_initial_bounds_can_be_set_by_term()
    {
        var fixedTerm = Create(("fixed", new (string, object)[] { ("term1", 3.0) }));
        var bounded = Create(("init", "constant"), ("mask", "linear"), ("init_values", new (string, object)[] { ("term1", 100.0) }));

        Assert.Equal([1, 3], fixedTerm.TermWeights.ToArray());
        Assert.True(fixedTerm.PointWeights(1).IsEmpty);
        Assert.Equal([100, 100], bounded.PointWeights(1).ToArray());
    }

    [Fact]
    public void An_unknown_term_is_a_mistake_that_names_the_terms_and_the_nearest()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Create(("fixed", new (string, object)[] { ("trem1", 3.0) })));

        Assert.Contains("nearest 'term1'; allowed: term0, term1", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_that_are_drawn_anew_are_refused_unless_a_policy_is_declared()
    {
        var scene = new Scene { FixedPoints = [false, true, true] };

        Assert.Throws<UserMistakeException>(() => scene.Create("self-adaptive"));
        Assert.NotNull(scene.Create("self-adaptive", ("resampling", "reset")));
        Assert.NotNull(scene.Create("self-adaptive", ("granularity", "term")));
    }

    [Theory]
    [InlineData("reset", new[] { 1.0, 1, 1 })]
    [InlineData("carry", new[] { 1.1, 1, 1 })]
    [InlineData("nearest", new[] { 1, 1.1, 1.1 })]
    public void The_declared_policy_decides_what_new_points_get(string policy, double[] expected)
    {
        var scene = Scene.WithTerms(TermRole.Residual, TermRole.Boundary);
        scene.Points = [[0, 0, 1, 1], [0, 0, 1, 1]];
        var balancer = scene.Create("self-adaptive", ("init", "constant"), ("mask", "linear"), ("lr", 0.1), ("epsilon", 1e-12), ("resampling", policy));
        Seen([1, 0, 0, 0]).Turn(balancer);

        scene.Points = [[0.9, 0.9, 0.1, 0, 0.2, 0.1], [0, 0, 1, 1]];
        balancer.PointsChanged(0, 3);

        AssertClose(expected, balancer.PointWeights(0));
        Seen([1, 1, 1, 1, 1]).Turn(balancer);
        Assert.Equal(3, balancer.PointWeights(0).Length);
    }

    private static IBalancer Create(params (string, object)[] parameters) => Scene.WithTerms(TermRole.Residual, TermRole.Boundary).Create("self-adaptive", parameters);

    private static Frame Seen(double[] residuals)
    {
        var split = residuals.Length - 2;
        return new() { Losses = [residuals[..split].Average(r => r * r), residuals[split..].Average(r => r * r)], Residuals = residuals, Gradients = [0, 0] };
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], 1e-9);
        }
    }
}
