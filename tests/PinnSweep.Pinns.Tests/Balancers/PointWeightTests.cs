using PinnSweep.Methods.Balancers;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Balancers;

/// <summary>Weights of points other than self-adaptive ones, each against a vector derived by hand or published.</summary>
public sealed class PointWeightTests
{
    /// <summary>
    /// γ = 0.999, η = 0.01, |r| = (1, 0.5, 0.1): λ = (0.01, 0.005, 0.001), then (0.01999, 0.009995, 0.001999); the loss takes their
    /// squares.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rba_golden_vector(int power)
    {
        var balancer = Residuals(3).Create("rba", ("eta", 0.01), ("power", power));

        Show(balancer, [1, -0.5, 0.1]);
        Close.Assert([Math.Pow(0.01, power), Math.Pow(0.005, power), Math.Pow(0.001, power)], balancer.PointWeights(0), 1e-15);
        Show(balancer, [-1, 0.5, 0.1]);

        Close.Assert([Math.Pow(0.01999, power), Math.Pow(0.009995, power), Math.Pow(0.001999, power)], balancer.PointWeights(0), 1e-15);
    }

    [Fact]
    public void Rba_can_start_at_the_normalized_residual()
    {
        var balancer = Residuals(3).Create("rba", ("start", "normalized"), ("power", 1));

        Show(balancer, [2, -1, 0.2]);

        Close.Assert([1, 0.5, 0.1], balancer.PointWeights(0));
    }

    [Fact]
    public void Rba_weighs_the_points_of_the_residual_alone()
    {
        var balancer = new Scene().Create("rba", ("weights", new (string, object)[] { ("boundary", 100.0) }));

        Assert.Equal([1, 100, 1], balancer.TermWeights.ToArray());
        Assert.Equal(5, balancer.PointWeights(0).Length);
        Assert.True(balancer.PointWeights(1).IsEmpty);
    }

    /// <summary>Each term by its own largest residual: γ = 0.9999, η = 0.001, |r| = 1 … 5, 6 … 8, 9 … 10 from λ = 0; squared.</summary>
    [Fact]
    public void Rba_can_weigh_the_points_of_all_terms()
    {
        var balancer = new Scene().Create("rba", ("terms", "all"), ("gamma", 0.9999), ("eta", 0.001));

        balancer.ObserveResiduals(new Frame { Losses = [1, 1, 1], Residuals = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }.Observation);

        Assert.Equal([1, 1, 1], balancer.TermWeights.ToArray());
        Close.Assert([1e-6 * 36 / 64, 1e-6 * 49 / 64, 1e-6], balancer.PointWeights(1), 1e-15);
        Close.Assert([1e-6 * 81 / 100, 1e-6], balancer.PointWeights(2), 1e-15);
    }

    [Fact]
    public void Weights_that_follow_current_residuals_ask_for_them_first()
    {
        var current = Residuals(2).Create("rba");
        var previous = Residuals(2).Create("rba", ("residuals", "previous"));

        Assert.True(current.NeedsResidualsFirst);
        Assert.False(previous.NeedsResidualsFirst);
        new Frame { Losses = [1], Gradients = [0, 0], Residuals = [1, 1] }.Turn(previous);
        Close.Assert([1e-6, 1e-6], previous.PointWeights(0), 1e-15);
    }

    [Fact]
    public void Brdr_leaves_weights_at_one_in_the_first_step()
    {
        var balancer = new Scene().Create("brdr");

        new Frame { Losses = [1, 1, 1], Gradients = new double[75], Residuals = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }.Turn(balancer);

        Close.Assert([1, 1, 1, 1, 1], balancer.PointWeights(0), 1e-12);
        Close.Assert([1, 1], balancer.PointWeights(2), 1e-12);
    }

    /// <summary>
    /// β_c = β_w = ½, r² = (1, 4) then (1, 1): E = (½, 8) then (¾, 4½), corrected by 4/3 to (1, 6): irdr = (1, 1/√6),
    /// w = ½ + irdr / (irdr sum).
    /// </summary>
    [Fact]
    public void Brdr_second_step_by_hand()
    {
        var balancer = Residuals(2).Create("brdr", ("beta_c", 0.5), ("beta_w", 0.5));

        Show(balancer, [1, 2]);
        Show(balancer, [1, 1]);

        var rate = 1 / Math.Sqrt(6);
        Close.Assert([0.5 + (1 / (1 + rate)), 0.5 + (rate / (1 + rate))], balancer.PointWeights(0));
    }

    /// <summary>lr = 0.1, L′ = 3, ‖g‖² = 2: s = 0.9 + 2 · 3 / 2 = 3.9, then 0.9 · 3.9 + 3 = 6.51.</summary>
    [Fact]
    public void Brdr_scale_follows_loss_over_squared_gradient()
    {
        var balancer = Residuals(2).Create("brdr");
        var frame = new Frame { LearningRate = 0.1, Losses = [3], Gradients = [1, 1], Residuals = [1, 1] };

        var direction = frame.Turn(balancer);
        Close.Assert([3.9, 3.9], direction);
        frame.Turn(balancer);

        Close.Assert([6.51], balancer.TermWeights);
    }

    [Fact]
    public void Brdr_plus_has_a_hundredfold_factor_on_conditions() =>
        Assert.Equal([1, 100, 100], new Scene().Create("brdr-plus", ("adaptive_scale", false)).TermWeights.ToArray());

    /// <summary>
    /// λ = 0 in the first step: w = β. Its ascent makes λ = (1, −1); then w = 10 + 1/(2 · 0.5) = 11, and 10 + 1/(2 · −0.25) = 8 where the
    /// sign differs.
    /// </summary>
    [Fact]
    public void Augmented_lagrangian_of_points_turns_multipliers_into_weights()
    {
        var scene = Scene.Flat(1, TermRole.Residual, TermRole.Boundary);
        var balancer = scene.Create("augmented-lagrangian", ("granularity", "point"), ("beta", 10.0));

        new Frame { Losses = [1, 1], Gradients = [0, 0], Residuals = [1, 1, 0.5, -0.5] }.Turn(balancer);
        Close.Assert([10, 10], balancer.PointWeights(1));
        new Frame { Losses = [1, 1], Gradients = [0, 0], Residuals = [1, 1, 0.5, 0.25] }.Turn(balancer);

        Close.Assert([11, 8], balancer.PointWeights(1), 1e-6);
        Assert.True(balancer.PointWeights(0).IsEmpty);
        Assert.Empty(scene.Events.Counts);
    }

    [Fact]
    public void A_residual_near_zero_keeps_its_weight_finite_and_is_counted()
    {
        var scene = Scene.Flat(1, TermRole.Residual, TermRole.Boundary);
        var balancer = scene.Create("augmented-lagrangian", ("granularity", "point"));
        new Frame { Losses = [1, 1], Gradients = [0, 0], Residuals = [1, 1, 1, 1] }.Turn(balancer);

        new Frame { Losses = [1, 1], Gradients = [0, 0], Residuals = [1, 1, 1, 1e-300] }.Turn(balancer);

        Assert.True(double.IsFinite(balancer.PointWeights(1)[1]));
        Assert.Equal(1, scene.Events.Counts[BalancerEvents.Clamped]);
    }

    [Theory]
    [InlineData("rba")]
    [InlineData("brdr")]
    [InlineData("brdr-plus")]
    public void New_points_get_what_the_policy_says(string kind)
    {
        var scene = new Scene { FixedPoints = [false, true, true] };
        Assert.Throws<PinnSweep.Studies.Mistakes.UserMistakeException>(() => scene.Create(kind));
        var reset = scene.Create(kind, ("resampling", "reset"));
        var carry = scene.Create(kind, ("resampling", "carry"));
        var frame = new Frame { Losses = [1, 1, 1], Gradients = new double[75], Residuals = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
        frame.Turn(reset);
        frame.Turn(carry);
        var before = carry.PointWeights(0).ToArray();
        var fresh = scene.Create(kind, ("resampling", "reset")).PointWeights(0)[0];

        reset.PointsChanged(0, 6);
        carry.PointsChanged(0, 6);

        Assert.Equal(Enumerable.Repeat(fresh, 6), reset.PointWeights(0).ToArray());
        Assert.Equal(before, carry.PointWeights(0)[..5].ToArray());
        new Frame { Losses = [1, 1, 1], Gradients = new double[75], Residuals = [1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10] }.Turn(reset);
        Assert.All(reset.PointWeights(0).ToArray(), weight => Assert.True(double.IsFinite(weight)));
    }

    private static Scene Residuals(int points) => new()
    {
        Network = Scene.Flat(2, TermRole.Residual).Network,
        Terms = [new("residual", TermRole.Residual, points, 1)],
        FixedPoints = [true],
    };

    private static void Show(IBalancer balancer, double[] residuals) => new Frame { Losses = [1], Gradients = [0, 0], Residuals = residuals }.Turn(balancer);
}
