using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Verification;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Tests.Engines.Torch.Batches;

/// <summary>Lanes of one form as a group that a backend runs: each with θ, points and weights of its own, made from its number.</summary>
internal sealed unsafe class LaneGroup : IDisposable
{
    private readonly IPackBackend _backend;
    private readonly (IJetEngine Engine, ILossPass Pass, LaneRequest Request, double[] Memory)[] _lanes;

    public LaneGroup(IPackBackend backend, Func<int, NetworkGraph> network, ResidualProgram program, Precision precision, Func<int, int> points, params ReadOnlySpan<int> lanes)
    {
        _backend = backend;
        _lanes = [.. lanes.ToArray().Select(lane =>
        {
            var graph = network(lane);
            var engine = backend.CreateEngine(graph, precision, program.Coefficients, null);
            var pass = engine.CreatePass(program);
            engine.SetParameters([.. graph.Initialize(new RandomStream(lane + 1, "init")), .. Enumerable.Repeat(0.7 + (0.1 * lane), program.Coefficients)]);
            pass.SetPoints(ArbitraryNetwork.DrawPoints(new RandomStream(lane + 1, "points"), points(lane), graph.InputDimension).Select(x => 0.5 + Math.Abs(x)).ToArray());
            return (engine, pass, new LaneRequest(lane, "", pass), Array.Empty<double>());
        })];
    }

    /// <summary>Losses, weighted losses, residuals and gradients of each lane after one run; every second lane has weights of points.</summary>
    public double[][] Run(LaneWork work)
    {
        for (var i = 0; i < _lanes.Length; i++)
        {
            ref var lane = ref _lanes[i];
            var (m, p, n) = (lane.Pass.Program.Results.Length, lane.Engine.Network.ParameterCount + lane.Pass.Program.Coefficients, lane.Pass.PointCount);
            var chance = new RandomStream(lane.Request.Lane + 1, "weights");
            var weights = lane.Request.Lane % 2 == 0 ? 0 : m * n;
            int[] lengths = work switch
            {
                LaneWork.Forward => [m, m * n],
                LaneWork.Run => [weights, m, m, m * n, m * p],
                _ => [weights, m, m, m, m * n, p],
            };

            // Pinned, as the memory of a lane that waits is.
            lane.Memory = GC.AllocateArray<double>(lengths.Sum(), pinned: true);
            for (var k = 0; k < weights + m; k++)
            {
                lane.Memory[k] = work == LaneWork.Forward ? 0 : 0.1 + chance.NextDouble();
            }

            lane.Request.Asks(work);
            fixed (double* memory = lane.Memory)
            {
                var at = memory;
                for (var argument = 0; argument < lengths.Length; argument++)
                {
                    lane.Request.With(argument, at, lengths[argument]);
                    at += lengths[argument];
                }
            }
        }

        _backend.Run([.. _lanes.Select(lane => lane.Request)]);
        Array.ForEach(_lanes, lane => lane.Request.ThrowIfFailed());
        return [.. _lanes.Select(lane => lane.Memory)];
    }

    public void Dispose()
    {
        foreach (var (engine, pass, _, _) in _lanes)
        {
            pass.Dispose();
            engine.Dispose();
        }
    }
}
