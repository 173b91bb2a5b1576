using System.Collections.Immutable;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>What a worker shows of itself while it lives. Set by it, read by whoever collects metrics.</summary>
/// <param name="gpuMemory">Bytes of its GPUs, as far as they are known, by number.</param>
internal sealed class WorkerFigures(ImmutableSortedDictionary<int, long> gpuMemory)
{
    private volatile Picture _last = new([], false);

    /// <summary>Bytes of its GPUs, by number.</summary>
    public ImmutableSortedDictionary<int, long> GpuMemory => gpuMemory;

    /// <summary>What it showed last.</summary>
    public Picture Last => _last;

    /// <summary>Shows its slots, each with its device and whether it is used, and whether its machine is in trouble.</summary>
    public void Show(ImmutableArray<(string Device, bool IsUsed)> slots, bool isPaused) => _last = new(slots, isPaused);

    /// <summary>A moment of a worker.</summary>
    public sealed record Picture(ImmutableArray<(string Device, bool IsUsed)> Slots, bool IsPaused);
}
