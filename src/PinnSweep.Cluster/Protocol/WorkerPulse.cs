using System.Collections.Immutable;

namespace PinnSweep.Cluster.Protocol;

/// <summary>What a worker tells of itself from time to time, for people: nothing is decided by it, and nothing of it is stored.</summary>
/// <param name="UptimeSeconds">Since its process began to work.</param>
/// <param name="Load">How busy its machine is.</param>
/// <param name="Throughput">How fast it trains.</param>
public sealed record WorkerPulse(double UptimeSeconds, MachineLoad Load, WorkerThroughput Throughput)
{
    private const int MostDevices = 16;

    /// <summary>Where each attempt that it holds is trained, in their order; empty in lists.</summary>
    public ImmutableArray<HeldPlace> Places { get; init; } = [];

    /// <summary>Its packs; none where no slots share a trainer and no GPU is in trouble, and of a worker of an older version.</summary>
    public ImmutableArray<PackPulse> Packs { get; init; } = [];

    /// <summary>As a list of workers has room for it.</summary>
    public WorkerPulse WithoutPlaces() => this with { Places = [], Packs = [.. Packs.Take(MostDevices).Select(pack => pack.Bounded())], Load = Load with { Devices = [.. Load.Devices.Take(MostDevices)] } };
}

/// <summary>How fast a worker trains.</summary>
/// <param name="TrialsPerHour">Results over the last ten minutes, or since it began; null before the first minute is over.</param>
/// <param name="StepsPerSecond">Optimizer steps of all its trials together.</param>
public sealed record WorkerThroughput(double? TrialsPerHour, double StepsPerSecond);

/// <summary>Where an attempt is trained.</summary>
/// <param name="Slot">The slot, from 0; null of one that has ended and is still to be reported.</param>
/// <param name="Device">The number of the core or GPU on its machine; null where that is left to the trainer.</param>
public readonly record struct HeldPlace(int? Slot, int? Device);
