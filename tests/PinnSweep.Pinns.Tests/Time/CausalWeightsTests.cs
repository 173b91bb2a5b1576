using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Pinns.Tests.Balancers;

namespace PinnSweep.Pinns.Tests.Time;

/// <summary>
/// Weights worked by hand from eqs. 3.8–3.10 of arXiv 2203.07404, for five residual points, three on the boundary and two at the start.
/// </summary>
public sealed class CausalWeightsTests
{
    // By time the points are 1, 3 | 0, 4 | 2 in three chunks of five: ⌊3 i / 5⌋ = 0, 0, 1, 1, 2.
    private static readonly double[] Times = [0.5, 0.1, 0.9, 0.2, 0.6];

    // Mean squares of the chunks: (1 + 3) / 2 = 2, (0.25 + 0.75) / 2 = 0.5.
    private static readonly double[] Residuals = [0.5, 1, 7, Math.Sqrt(3), Math.Sqrt(0.75), 1, 2, 3, 2, 4];

    private static readonly double[] Losses = [10.8, 14.0 / 3, 10];

    [Fact]
    public void A_chunk_weighs_by_the_losses_of_all_earlier_chunks()
    {
        var balancer = Create(new Recorder(), ("epsilon", new[] { 0.1 }));

        Turn(balancer);

        Close.Assert([Math.Exp(-0.2), 1, Math.Exp(-0.25), 1, Math.Exp(-0.2)], balancer.PointWeights(0));
        Assert.True(balancer.PointWeights(1).IsEmpty);
        Assert.True(balancer.PointWeights(2).IsEmpty);
    }

    [Fact]
    public void An_initial_factor_enters_every_exponent()
    {
        var balancer = Create(new Recorder(), ("epsilon", new[] { 0.1 }), ("initial_factor", 0.3));

        Turn(balancer);

        // 0.3 × the initial loss 10 = 3 on top.
        Close.Assert([Math.Exp(-0.5), Math.Exp(-0.3), Math.Exp(-0.55), Math.Exp(-0.3), Math.Exp(-0.5)], balancer.PointWeights(0));
    }

    [Fact]
    public void The_ladder_climbs_once_the_smallest_weight_is_above_the_threshold()
    {
        var balancer = Create(new Recorder(), ("epsilon", new[] { 0.1, 1 }), ("advance_above", 0.78));

        // exp(−0.25) = 0.7788 stays below 0.78; with residuals halved it is exp(−0.0625).
        Turn(balancer);
        Turn(balancer);
        Turn(balancer, 0.5);
        var last = Math.Exp(-0.0625);
        Assert.Equal(last, balancer.PointWeights(0)[2], 1e-12);
        Turn(balancer, 0.5);

        Assert.Equal(Math.Exp(-0.625), balancer.PointWeights(0)[2], 1e-12);
    }

    [Fact]
    public void The_balancer_underneath_sees_residuals_times_the_root_of_the_weight()
    {
        var inner = new Recorder();
        var balancer = Create(inner, ("epsilon", new[] { 0.1 }));

        Turn(balancer);

        var (second, third) = (Math.Exp(-0.2), Math.Exp(-0.25));
        Close.Assert([0.5 * Math.Sqrt(second), 1, 7 * Math.Sqrt(third), Math.Sqrt(3), Math.Sqrt(0.75 * second), 1, 2, 3, 2, 4], inner.Residuals);
        Close.Assert([(4 + second + (49 * third)) / 5, Losses[1], Losses[2]], inner.Losses);
        Assert.Equal(4, inner.Calls);
    }

    [Fact]
    public void Weights_of_points_multiply()
    {
        var inner = new Recorder { Weights = [1, 2, 3, 4, 5] };
        var balancer = Create(inner, ("epsilon", new[] { 0.1 }));

        Turn(balancer);

        Close.Assert([Math.Exp(-0.2), 2, 3 * Math.Exp(-0.25), 4, 5 * Math.Exp(-0.2)], balancer.PointWeights(0));
    }

    [Fact]
    public void The_tangent_kernel_of_the_residual_carries_the_weights()
    {
        var scene = Scene();
        var plain = scene.Create("ntk", ("interval", 1));
        var causal = scene.CreateCausal(
            context => BalancerCatalog.Create(context, MethodLevels.Of(NeuralTangentKernel.Entry.Method, ("interval", 1))), ("chunks", 3), ("epsilon", new[] { 0.1 }));

        Turn(plain);
        Turn(causal);

        // Traces with all squared norms 1 are 5, 3, 2; under the weights 2 + 2 exp(−0.2) + exp(−0.25) in place of 5.
        var trace = 2 + (2 * Math.Exp(-0.2)) + Math.Exp(-0.25);
        Close.Assert([2, 10.0 / 3, 5], plain.TermWeights);
        Close.Assert([(trace + 5) / trace, (trace + 5) / 3, (trace + 5) / 2], causal.TermWeights);
    }

    [Fact]
    public void Previous_residuals_weigh_the_next_step()
    {
        var balancer = Create(new Recorder(needsFirst: false), ("epsilon", new[] { 0.1 }), ("residuals", "previous"));
        Assert.False(balancer.NeedsResidualsFirst);
        Close.Assert([1, 1, 1, 1, 1], balancer.PointWeights(0));

        Turn(balancer);

        Close.Assert([Math.Exp(-0.2), 1, Math.Exp(-0.25), 1, Math.Exp(-0.2)], balancer.PointWeights(0));
    }

    [Fact]
    public void New_points_are_cut_anew_and_keep_the_weights_of_their_chunks()
    {
        var scene = Scene();
        var inner = new Recorder();
        var balancer = scene.CreateCausal(_ => inner, ("chunks", 3), ("epsilon", new[] { 0.1 }));
        Turn(balancer);

        scene.Points[0] = [.. new[] { 0.3, 0.2, 0.1 }.SelectMany(time => new[] { 0, time })];
        balancer.PointsChanged(0, 3);

        Close.Assert([Math.Exp(-0.25), Math.Exp(-0.2), 1], balancer.PointWeights(0));
        Assert.Equal((0, 3), inner.Changed);
    }

    private static Scene Scene()
    {
        var scene = new Scene();
        scene.Points[0] = [.. Times.SelectMany(time => new[] { 0, time })];
        return scene;
    }

    private static IBalancer Create(IBalancer inner, params (string Name, object Value)[] parameters) =>
        Scene().CreateCausal(_ => inner, [("chunks", 3), .. parameters]);

    private static void Turn(IBalancer balancer, double factor = 1) => new Frame
    {
        Losses = [.. Losses.Select(loss => factor * factor * loss)],
        Residuals = [.. Residuals.Select(residual => factor * residual)],
        Gradients = new double[3 * PinnSweep.Pinns.Tests.Balancers.Scene.ParameterCount],
    }.Turn(balancer);

    /// <summary>Weights that stay as given; keeps what it was shown last.</summary>
    private sealed class Recorder(bool needsFirst = true) : IBalancer, IResidualObserver, IPointWeigher, IGradientCombiner
    {
        public double[] Weights { get; init; } = [];

        public double[] Losses { get; private set; } = [];

        public double[] Residuals { get; private set; } = [];

        public int Calls { get; private set; }

        public (int Term, int Points) Changed { get; private set; }

        public ReadOnlySpan<double> TermWeights => new double[] { 1, 1, 1 };

        public bool NeedsResidualsFirst => needsFirst;

        public ReadOnlySpan<double> PointWeights(int term) => term == 0 ? Weights : [];

        public void ObserveResiduals(in StepObservation observation) => Take(observation);

        public double Update(in StepObservation observation)
        {
            Take(observation);
            return 1;
        }

        public void Combine(in StepObservation observation, Span<double> gradient) => Take(observation);

        public void AfterStep(in StepObservation observation) => Take(observation);

        public void PointsChanged(int term, int points) => Changed = (term, points);

        public void State(StateArchive archive)
        {
        }

        private void Take(in StepObservation observation)
        {
            (Losses, Residuals) = (observation.Losses.ToArray(), observation.Residuals.ToArray());
            Calls++;
        }
    }
}
