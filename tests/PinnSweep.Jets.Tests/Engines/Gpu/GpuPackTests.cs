using System.Collections.Concurrent;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Tests.Engines.Fused;
using PinnSweep.Jets.Verification;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Tests.Engines.Gpu;

/// <summary>Lanes of a pack on the simulation of a card: each has the digits that it has alone, bit for bit, whoever shares the launches.</summary>
public sealed class GpuPackTests
{
    private const int Lanes = 8;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void A_lane_in_a_pack_has_the_digits_of_one_alone(Precision precision)
    {
        var backend = SimulatedCards.Of();
        var alone = Enumerable.Range(0, Lanes).Select(lane => Together(backend, [lane], precision, Answers)[0]).ToArray();

        Assert.Equal(alone, Together(backend, [.. Enumerable.Range(0, Lanes)], precision, Answers));
        Assert.Equal([alone[6], alone[1], alone[3]], Together(backend, [6, 1, 3], precision, Answers));
    }

    [Fact]
    public void Fifty_steps_of_training_end_where_those_of_a_lane_alone_do()
    {
        var backend = SimulatedCards.Of();
        var alone = Together(backend, [3], Precision.Float32, Train)[0];

        var together = Together(backend, [0, 1, 2, 3], Precision.Float32, Train);

        Assert.Equal(alone, together[3]);
        // Until its points change.
        Assert.All(together, lane => Assert.True(lane[0][9] < lane[0][0], "the loss does not fall"));
    }

    [Fact]
    public void Numbers_that_are_no_part_of_the_form_may_differ_between_lanes()
    {
        var backend = SimulatedCards.Of();
        double[][] Pair(int lane, IEngineSource engines)
        {
            // Another map of the coordinates and another constant in the residual.
            var builder = new Jets.Networks.NetworkBuilder([-1 - lane], [2]);
            builder.Dense("out", builder.Activate(builder.Dense("hidden", 0, 5), Jets.Networks.ActivationKind.Sin, 1 + lane), 1);
            using var engine = engines.Create(builder.Build(), Precision.Float64, 0);
            return EngineAnswers.Of(engine, ResidualProgram.Compile(1, 1, 0, [Expr.OutputOf(0, 1).D(0, 0) + (lane + 2.5)]), 20);
        }

        var together = Together(backend, [0, 1], Pair);

        Assert.Equal(Together(backend, [0], Pair)[0], together[0]);
        Assert.Equal(Together(backend, [1], Pair)[0], together[1]);
        Assert.NotEqual(together[0][0], together[1][0]);
    }

    [Fact]
    public void Norms_of_rows_which_no_kernel_has_are_refused_to_each_lane_and_fail_none()
    {
        var together = Together(SimulatedCards.Of(), [0, 1], Precision.Float64, (_, engine) =>
        {
            using var pass = engine.CreatePass(BurgersCase.Program());
            pass.SetPoints([0.5, 0.5]);
            return [[pass.TrySquaredNorms(0, new double[1]) ? 1 : 0]];
        });

        Assert.All(together, lane => Assert.Equal(0, lane[0][0]));
    }

    private static double[][][] Together(GpuBackend backend, int[] lanes, Precision precision, Func<int, IJetEngine, double[][]> live) =>
        Together(backend, lanes, (lane, engines) =>
        {
            using var engine = engines.Create(BurgersCase.Network(12, 12), precision, 0);
            return live(lane, engine);
        });

    /// <summary>Every lane on a thread of its own in one pack; what each returns, in the order asked for.</summary>
    private static double[][][] Together(GpuBackend backend, int[] lanes, Func<int, IEngineSource, double[][]> live)
    {
        var pack = new JetPack(new Borrowed(backend));
        var places = lanes.Select(_ => pack.Join()).ToArray();
        var answers = new double[lanes.Length][][];
        var failures = new ConcurrentBag<Exception>();
        var threads = places.Select((place, i) => new Thread(() =>
        {
            using (place)
            {
                try
                {
                    answers[i] = live(lanes[i], place);
                }
                catch (Exception failure)
                {
                    failures.Add(failure);
                }
            }
        }) { IsBackground = true }).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Assert.All(threads, thread => Assert.True(thread.Join(Limit), "a lane waits for ever"));
        Assert.Empty(failures);
        return answers;
    }

    // Another θ, other points and another number of them in each lane: parts of tiles, and more than one item.
    private static double[][] Answers(int lane, IJetEngine engine) => EngineAnswers.Of(engine, BurgersCase.Program(), 20 + (37 * (lane % 4)), seed: lane + 1);

    private static double[][] Train(int lane, IJetEngine engine)
    {
        const int Steps = 50;
        using var pass = engine.CreatePass(BurgersCase.Program());
        var theta = engine.Network.Initialize(new RandomStream(lane + 1, "init"));
        var (gradient, loss, losses) = (new double[theta.Length], new double[1], new double[Steps]);
        var points = new RandomStream(lane + 1, "points");
        for (var step = 0; step < Steps; step++)
        {
            if (step % 10 == 0)
            {
                pass.SetPoints(ArbitraryNetwork.DrawPoints(points, 24 + step + lane, 2));
            }

            engine.SetParameters(theta);
            pass.Run([], loss, new double[1], new double[pass.PointCount], gradient);
            losses[step] = loss[0];
            for (var k = 0; k < theta.Length; k++)
            {
                theta[k] -= 0.01 * gradient[k];
            }
        }

        return [losses, theta];
    }

    /// <summary>A backend that outlives its pack.</summary>
    private sealed class Borrowed(GpuBackend backend) : IPackBackend
    {
        public string Name => backend.Name;

        public IJetEngine CreateEngine(Jets.Networks.NetworkGraph network, Precision precision, int coefficients, Action<string>? note) => backend.CreateEngine(network, precision, coefficients, note);

        public void Run(IReadOnlyList<LaneRequest> group) => backend.Run(group);

        public void Dispose()
        {
            // The test disposes it.
        }
    }
}
