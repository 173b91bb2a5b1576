using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>What the worker of this node sees now; nothing on a node that only coordinates.</summary>
internal static class WorkerGauges
{
    private static readonly ConcurrentDictionary<WorkerFigures, bool> Workers = [];

    private static readonly ObservableGauge<long> OwnSlots = Metering.Gauge(
        "pinnsweep.worker.slots", "{slot}", "Slots of this node's worker.", Slots, Labels.Device, Labels.State);

    /// <summary>Whether anybody looks.</summary>
    public static bool AreRead => OwnSlots.Enabled;

    static WorkerGauges()
    {
        Metering.Gauge("pinnsweep.worker.paused", "{worker}", "1 while the machine of this node's worker cannot train, else 0.", Paused);
        Metering.Gauge("pinnsweep.worker.gpu.memory", "By", "Memory of a GPU that this node's worker trains on, where it is known.", GpuMemory, Labels.Gpu);
    }

    /// <summary>A worker begins.</summary>
    public static void Add(WorkerFigures figures) => Workers[figures] = true;

    /// <summary>It ends.</summary>
    public static void Remove(WorkerFigures figures) => Workers.TryRemove(figures, out _);

    private static IEnumerable<Measurement<long>> Slots() =>
        from figures in Workers.Keys
        let slots = figures.Last.Slots
        from device in (string[])[Devices.Cpu, Devices.Gpu]
        where slots.Any(slot => slot.Device == device)
        from state in (string[])["used", "free"]
        select new Measurement<long>(
            slots.Count(slot => slot.Device == device && slot.IsUsed == (state == "used")), Labels.With(Labels.Device, device), Labels.With(Labels.State, state));

    private static IEnumerable<Measurement<int>> Paused() => Workers.Keys.Select(figures => new Measurement<int>(figures.Last.IsPaused ? 1 : 0));

    private static IEnumerable<Measurement<long>> GpuMemory() =>
        from figures in Workers.Keys
        from gpu in figures.GpuMemory
        select new Measurement<long>(gpu.Value, Labels.With(Labels.Gpu, gpu.Key.ToString(CultureInfo.InvariantCulture)));
}
