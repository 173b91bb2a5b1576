using System.Numerics;
using ILGPU;
using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// One form on a device: its table and the memory that the launches of its members share. A launch copies once each way for all lanes; what
/// does not change from step to step stays where it is.
/// </summary>
internal sealed class GpuForm<T, TReal> : IDisposable
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    private readonly GpuDevice _device;
    private readonly TilePlan _plan;
    private readonly FormTable _table;
    private readonly GpuBuffer<int> _tableMemory;
    private readonly GpuBuffer<int> _map;
    private readonly GpuBuffer<int> _lanes;
    private readonly GpuBuffer<int> _items;
    private readonly GpuBuffer<T> _data;
    private readonly GpuBuffer<T> _step;
    private readonly GpuBuffer<T> _packed;
    private readonly GpuBuffer<T> _partials;
    private readonly GpuBuffer<T> _results;
    private readonly GpuBuffer<T> _scratch;
    private readonly HostBuffer<T> _stepOfHost;
    private readonly HostBuffer<T> _resultsOfHost;
    private readonly HashSet<GpuMember<T, TReal>> _placed = [];
    private int[] _knownLanes = [];
    private int[] _knownItems = [];
    private long _used;

    public GpuForm(GpuDevice device, NetworkGraph network, JetLayout layout, ResidualProgram? program, int coefficients)
    {
        _device = device;
        Coefficients = coefficients;
        FormTable Table(int points) => new(network, layout, program, coefficients, points);
        _plan = TilePlan.For(points => (long)Table(points).ArenaLength * Interop.SizeOf<T>(), device.SharedMemory);
        _table = Table(_plan.Points);
        _tableMemory = new(device, "tables");
        _map = new(device, "maps of weights");
        _lanes = new(device, "lanes");
        _items = new(device, "items");
        _data = new(device, "points");
        _step = new(device, "parameters");
        _packed = new(device, "weights");
        _partials = new(device, "parts of gradients");
        _results = new(device, "results");
        _scratch = new(device, "arenas");
        _stepOfHost = new(device, "parameters");
        _resultsOfHost = new(device, "results");
    }

    /// <summary>Trainable coefficients.</summary>
    public int Coefficients { get; }

    /// <summary>Points of a tile and the place of its arena.</summary>
    public TilePlan Plan => _plan;

    /// <summary>Runs requests of one kind; large groups in several launches.</summary>
    public void Run(IReadOnlyList<LaneRequest> group)
    {
        foreach (var launch in GpuLaunch<T, TReal>.Divide(group))
        {
            if (launch.Lanes.Any(lane => !lane.Member.HasPoints))
            {
                throw new InvalidOperationException("The pass has no points yet.");
            }

            Run(launch);
        }
    }

    /// <summary>A member is gone.</summary>
    public void Forget(GpuMember<T, TReal> member)
    {
        _placed.Remove(member);
        member.Place = -1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tableMemory.Dispose();
        _map.Dispose();
        _lanes.Dispose();
        _items.Dispose();
        _data.Dispose();
        _step.Dispose();
        _packed.Dispose();
        _partials.Dispose();
        _results.Dispose();
        _scratch.Dispose();
        _stepOfHost.Dispose();
        _resultsOfHost.Dispose();
    }

    private void Run(GpuLaunch<T, TReal> launch)
    {
        var items = launch.Items.Length / 2;
        if (items > 0)
        {
            Send(launch);
            var arguments = new TileArguments<T>(
                _tableMemory.View, _lanes.View, _items.View, _data.View, _step.View, _packed.View, _partials.View, _results.View, _scratch.View, launch.Work, items, _table.ArenaLength);
            _device.Do("a launch", () =>
            {
                var kernels = _device.Kernels<T, TReal>();
                kernels.Pack(arguments, _map.View, _table.PackedLength, launch.Lanes.Count);
                kernels.Tiles(arguments, _plan.IsShared);
                if (launch.GradientLength > 0)
                {
                    kernels.Reduce(arguments, launch.GradientLength, launch.Lanes.Count);
                }

                _results.Get(ref _resultsOfHost.Span[0], launch.ResultLength);
                _device.Stream.Synchronize();
            });
        }

        launch.Receive(_resultsOfHost);
    }

    private void Send(GpuLaunch<T, TReal> launch)
    {
        var items = launch.Items.Length / 2;
        _packed.Require((long)launch.Lanes.Count * _table.PackedLength);
        _partials.Require((long)items * launch.GradientLength);
        _results.Require(launch.ResultLength);
        _resultsOfHost.Require(launch.ResultLength);
        _scratch.Require(_plan.IsShared ? 1 : (long)Math.Min(items, _device.Blocks) * _table.ArenaLength);
        Place(launch);
        launch.WriteStep(_stepOfHost);
        var isNewTable = _tableMemory.Require(_table.Table.Length);
        var isNewMap = _map.Require(_table.Map.Length);
        var lanes = launch.Records();
        var areNewLanes = _lanes.Require(lanes.Length) || !lanes.AsSpan().SequenceEqual(_knownLanes);
        var areNewItems = _items.Require(launch.Items.Length) || !launch.Items.AsSpan().SequenceEqual(_knownItems);
        _step.Require(launch.StepLength);
        _device.Do("copies", () =>
        {
            Set(_tableMemory, _table.Table, isNewTable);
            Set(_map, _table.Map, isNewMap);
            Set(_lanes, lanes, areNewLanes);
            Set(_items, launch.Items, areNewItems);
            _step.Set(0, ref _stepOfHost.Span[0], launch.StepLength);
            foreach (var (member, _) in launch.Lanes.Where(lane => lane.Member.IsStale))
            {
                _data.Set(member.Place, ref member.Data[0], member.Data.Length);
                member.IsStale = false;
            }
        });
        (_knownLanes, _knownItems) = (lanes, launch.Items);
    }

    private static void Set(GpuBuffer<int> buffer, int[] values, bool isNew)
    {
        if (isNew && values.Length > 0)
        {
            buffer.Set(0, ref values[0], values.Length);
        }
    }

    // A member keeps its place while its points fit there. Where the memory is full, all places are given anew.
    private void Place(GpuLaunch<T, TReal> launch)
    {
        foreach (var (member, _) in launch.Lanes.Where(lane => lane.Member.Place < 0 || lane.Member.Room < lane.Member.Data.Length))
        {
            member.Place = -1;
            _placed.Add(member);
        }

        if (_placed.All(member => member.Place >= 0))
        {
            return;
        }

        foreach (var member in _placed.Where(member => member.Place < 0))
        {
            (member.Place, member.Room, member.IsStale) = (_used, member.Data.Length, true);
            _used += member.Room;
        }

        if (_used <= _data.Length)
        {
            return;
        }

        _used = 0;
        foreach (var member in _placed)
        {
            (member.Place, member.Room, member.IsStale) = (_used, member.Data.Length, true);
            _used += member.Room;
        }

        _data.Require(_used);
    }
}
