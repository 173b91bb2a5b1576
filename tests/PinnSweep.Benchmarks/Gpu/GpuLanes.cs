using System.Diagnostics;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Benchmarks.Gpu;

/// <summary>Trials of one shape as a group that a backend runs: each with θ and points of its own.</summary>
internal sealed unsafe class GpuLanes : IDisposable
{
    private readonly IPackBackend _backend;
    private readonly (IJetEngine Engine, ILossPass Pass, LaneRequest Request)[] _lanes;
    private readonly double[][] _theta;
    private readonly double[] _memory;
    private readonly int _size;

    public GpuLanes(IPackBackend backend, EngineShape shape, Precision precision, int points, int lanes, int first = 0)
    {
        _backend = backend;
        var (graph, program) = (shape.Graph(), shape.Program());
        _theta = [.. Enumerable.Range(first, lanes).Select(lane => graph.Initialize(new RandomStream(lane + 1, "init")))];
        _lanes = [.. Enumerable.Range(first, lanes).Select(lane =>
        {
            var engine = backend.CreateEngine(graph, precision, 0, null);
            var pass = engine.CreatePass(program);
            var stream = new RandomStream(lane + 1, "points");
            pass.SetPoints([.. Enumerable.Range(0, 2 * points).Select(_ => (2 * stream.NextDouble()) - 1)]);
            return (engine, pass, new LaneRequest(lane, "", pass));
        })];

        // Loss, weighted loss, residuals, gradient of each lane; pinned, as the memory of a lane that waits is.
        _size = 2 + points + graph.ParameterCount;
        _memory = GC.AllocateArray<double>(lanes * _size, pinned: true);
        fixed (double* memory = _memory)
        {
            for (var i = 0; i < lanes; i++)
            {
                var own = memory + ((long)i * _size);
                _lanes[i].Request.Asks(LaneWork.Run).With(0, own, 0).With(1, own, 1).With(2, own + 1, 1).With(3, own + 2, points).With(4, own + 2 + points, graph.ParameterCount);
            }
        }
    }

    /// <summary>Loss, weighted loss, residuals and gradient of a lane.</summary>
    public double[] Answer(int lane) => [.. _memory.AsSpan(lane * _size, _size)];

    /// <summary>One step of all lanes.</summary>
    public void Step()
    {
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i].Engine.SetParameters(_theta[i]);
        }

        _backend.Run([.. _lanes.Select(lane => lane.Request)]);
    }

    /// <summary>Steps a second, over so many seconds and at least three steps, after some to warm up.</summary>
    public double Rate(double seconds)
    {
        for (var i = 0; i < 3; i++)
        {
            Step();
        }

        var (clock, steps) = (Stopwatch.StartNew(), 0);
        while (clock.Elapsed.TotalSeconds < seconds || steps < 3)
        {
            Step();
            steps++;
        }

        return steps / clock.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var (engine, pass, _) in _lanes)
        {
            pass.Dispose();
            engine.Dispose();
        }
    }
}
