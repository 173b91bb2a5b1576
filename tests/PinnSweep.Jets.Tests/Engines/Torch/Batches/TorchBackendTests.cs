using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Jets.Engines.Torch.Batches;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Tests.Engines.Fused;
using PinnSweep.Jets.Tests.Engines.Gpu;
using PinnSweep.Jets.Verification;
using PinnSweep.Studies.Catalogs;
using TorchSharp;

namespace PinnSweep.Jets.Tests.Engines.Torch.Batches;

/// <summary>Passes of several lanes as one operation each, on the processor, in the shape that they have on a card.</summary>
public sealed class TorchBackendTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_derivative_check_holds_over_random_networks()
    {
        using var backend = new TorchBackend("cpu");

        var checks = DerivativeChecks.Run("torch", (network, coefficients, precision) => backend.CreateEngine(network, precision, coefficients, null), graphs: 6);

        foreach (var check in checks)
        {
            output.WriteLine($"{check.Name}: {check.Error:g2} of {check.Limit:g2}");
        }

        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Error:g3} exceeds {check.Limit:g3}"));
    }

    /// <summary>Every kind of node, activation and operation, with points that fill a batch and some that do not.</summary>
    [Theory]
    [InlineData(Precision.Float32, 1e-5)]
    [InlineData(Precision.Float64, 1e-12)]
    public void It_agrees_with_the_engine_of_a_trial_alone(Precision precision, double limit)
    {
        using var backend = new TorchBackend("cpu");
        foreach (var kind in Enum.GetValues<ActivationKind>())
        {
            var network = GpuBackendTests.Network(kind);
            var program = GpuBackendTests.EveryOperation(kind);
            using var ours = backend.CreateEngine(network, precision, 1, null);
            using var theirs = new TorchJetEngine(network, 1, precision);

            AssertClose(EngineAnswers.Of(ours, program, 69), EngineAnswers.Of(theirs, program, 69), limit, kind);

            foreach (var work in new[] { LaneWork.Forward, LaneWork.Run, LaneWork.RunCombined })
            {
                using var loop = new LoopBackend(JetEngines.Torch);
                using var group = new LaneGroup(backend, _ => network, program, precision, lane => 64 + (lane % 2), 0, 1, 2, 3, 4);
                using var one = new LaneGroup(loop, _ => network, program, precision, lane => 64 + (lane % 2), 0, 1, 2, 3, 4);
                AssertClose(group.Run(work), one.Run(work), limit, kind);
            }
        }
    }

    /// <summary>
    /// Over batches of several sizes, layers of several widths, points that fill a batch and some that do not. Odd widths are left out: there a
    /// matrix of a lane begins at an odd address, and the products of libtorch on processors depend on that in their last digit.
    /// </summary>
    [Theory]
    [InlineData(8, Precision.Float32)]
    [InlineData(8, Precision.Float64)]
    [InlineData(4, Precision.Float32)]
    [InlineData(4, Precision.Float64)]
    public void A_lane_has_its_digits_whoever_shares_the_operations(int lanes, Precision precision)
    {
        using var backend = new TorchBackend("cpu", BatchShape.Usual with { Lanes = lanes });
        foreach (var (width, points) in from width in new[] { 8, 20, 50, 64 } from points in new[] { 7, 100 } select (width, points))
        {
            var network = BurgersCase.Network(width, width);
            double[][] Of(LaneWork work, params ReadOnlySpan<int> who)
            {
                using var group = new LaneGroup(backend, _ => network, BurgersCase.Program(), precision, _ => points, who);
                return group.Run(work);
            }

            foreach (var work in new[] { LaneWork.Run, LaneWork.RunCombined })
            {
                var alone = Enumerable.Range(0, 8).Select(lane => Of(work, lane)[0]).ToArray();

                Assert.Equal(alone, Of(work, 0, 1, 2, 3, 4, 5, 6, 7));
                Assert.Equal([alone[5], alone[2], alone[7]], Of(work, 5, 2, 7));
            }
        }
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(1000, 8)]
    [InlineData(1001, 4)]
    [InlineData(4000, 2)]
    [InlineData(100_000, 1)]
    public void Operations_of_large_networks_have_fewer_lanes(long numbers, int lanes) =>
        Assert.Equal(lanes, new BatchShape(8, 16, 8000).LanesFor(numbers));

    /// <summary>Where eight lanes would be too large, two at a time, each pair with the digits of any other.</summary>
    [Fact]
    public void Lanes_that_run_by_two_have_their_digits_alone()
    {
        using var backend = new TorchBackend("cpu", BatchShape.Usual with { MostNumbers = 2 * 20 * 4 * 19 });
        double[][] Of(params ReadOnlySpan<int> who)
        {
            using var group = new LaneGroup(backend, _ => BurgersCase.Network(8), BurgersCase.Program(), Precision.Float32, _ => 20, who);
            return group.Run(LaneWork.Run);
        }

        var together = Of(0, 1, 2, 3, 4);

        Assert.Equal([Of(0)[0], Of(1)[0], Of(2)[0], Of(3)[0], Of(4)[0]], together);
    }

    [Fact]
    public void Numbers_that_are_no_part_of_the_form_may_differ_between_lanes()
    {
        using var backend = new TorchBackend("cpu");
        var program = ResidualProgram.Compile(1, 1, 0, [Expr.OutputOf(0, 1).D(0, 0) + Expr.Coordinate(0)]);
        double[][] Of(params ReadOnlySpan<int> lanes)
        {
            using var group = new LaneGroup(backend, Network, program, Precision.Float64, _ => 20, lanes);
            return group.Run(LaneWork.Run);
        }

        // Another map of the coordinates and another fixed matrix in each lane, another factor in every third.
        static NetworkGraph Network(int lane)
        {
            var builder = new NetworkBuilder([-1 - lane], [2]);
            var waves = builder.Add(new Node.FixedLinear(NetworkBuilder.Input, 2, [1 + lane, 0.5 - lane]));
            waves = builder.Add(new Node.CosSin(waves, 4));
            builder.Dense("out", builder.Activate(builder.Dense("hidden", waves, 8), ActivationKind.Sin, 1 + (lane % 3)), 1);
            return builder.Build();
        }

        var together = Of(0, 1, 2, 3, 4);

        for (var lane = 0; lane < 5; lane++)
        {
            Assert.Equal(Of(lane)[0], together[lane]);
        }

        Assert.Equal(5, together.Select(answer => answer[0]).Distinct().Count());
    }

    [Fact]
    public void Steps_of_changing_company_leave_no_tensor_behind()
    {
        using var backend = new TorchBackend("cpu");
        using var all = new LaneGroup(backend, _ => BurgersCase.Network(6), BurgersCase.Program(), Precision.Float32, _ => 9, 0, 1, 2);
        all.Run(LaneWork.Run);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 20; i++)
        {
            all.Run(LaneWork.Run);
            all.Run(LaneWork.RunCombined);
            using var others = new LaneGroup(backend, _ => BurgersCase.Network(6), BurgersCase.Program(), Precision.Float32, _ => 9, 3, 4);
            others.Run(LaneWork.Forward);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_lane_that_diverges_leaves_the_others_their_digits()
    {
        using var backend = new TorchBackend("cpu");
        using var engine = backend.CreateEngine(BurgersCase.Network(8), Precision.Float32, 0, null);
        double[][] Of(params ReadOnlySpan<int> lanes)
        {
            // One without bounds: its θ is not a number from the first step on.
            using var group = new LaneGroup(backend, lane => lane == 1 ? Diverged() : BurgersCase.Network(8), BurgersCase.Program(), Precision.Float32, _ => 20, lanes);
            return group.Run(LaneWork.Run);
        }

        static NetworkGraph Diverged()
        {
            var network = BurgersCase.Network(8);
            return network with { Initializers = [.. network.Initializers.Select(_ => (Initializer)((block, _, _) => block.Fill(double.NaN)))] };
        }

        var together = Of(0, 1, 2);

        Assert.Equal(Of(0)[0], together[0]);
        Assert.True(double.IsNaN(together[1][^1]));
        Assert.Equal(Of(2)[0], together[2]);
    }

    [Fact]
    public void Jacobians_and_tapes_run_lane_after_lane_with_the_newest_parameters()
    {
        using var pack = new JetPack(new TorchBackend("cpu"));
        using var lane = pack.Join();
        using var ours = lane.Create(BurgersCase.Network(8), Precision.Float64, 0);
        using var theirs = new TorchJetEngine(BurgersCase.Network(8), 0, Precision.Float64);

        var first = EngineAnswers.Of(ours, BurgersCase.Program(), 20);
        var second = EngineAnswers.Of(ours, BurgersCase.Program(), 20, seed: 2);

        // Residuals and rows of a Jacobian, jets and a pullback, which are those of a trial alone.
        Assert.Equal(EngineAnswers.Of(theirs, BurgersCase.Program(), 20)[6..], first[6..]);
        Assert.Equal(EngineAnswers.Of(theirs, BurgersCase.Program(), 20, seed: 2)[6..], second[6..]);
        using var pass = ours.CreatePass(BurgersCase.Program());
        Assert.False(pass.TrySquaredNorms(0, new double[1]));
    }

    [Fact]
    public void A_pass_without_points_says_so()
    {
        using var backend = new TorchBackend("cpu");
        using var engine = backend.CreateEngine(BurgersCase.Network(8), Precision.Float64, 0, null);
        using var pass = engine.CreatePass(BurgersCase.Program());

        Assert.Throws<InvalidOperationException>(() => pass.Forward(new double[1], []));
    }

    [Theory]
    [InlineData("torch", "torch", false)]
    [InlineData("torch/cpu", "torch/cpu, in lanes", true)]
    [InlineData("torch/cuda:1", "torch/cuda:1, in lanes", true)]
    [InlineData("fused", "fused", false)]
    public void On_cards_a_pack_of_the_torch_engine_is_batched(string engine, string name, bool isBatched)
    {
        using var backend = JetEngines.CreateBackend(engine);

        Assert.Equal(name, backend.Name);
        Assert.Equal(isBatched, backend is TorchBackend);
    }

    private static void AssertClose(double[][] ours, double[][] theirs, double limit, ActivationKind kind)
    {
        for (var part = 0; part < theirs.Length; part++)
        {
            var error = ours[part].Zip(theirs[part], (a, b) => Math.Abs(a - b)).Max() / Math.Max(1, theirs[part].Max(Math.Abs));
            Assert.True(error <= limit, $"{kind}, part {part}: {error:g3} exceeds {limit:g3}");
        }
    }
}
