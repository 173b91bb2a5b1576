using System.Collections.Immutable;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.MachineChecks;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Trainers;

namespace PinnSweep.Cluster.Working;

/// <summary>What a worker has and how it works.</summary>
/// <param name="Name">Stable over restarts of its process.</param>
/// <param name="Slots">Trials trained at the same time.</param>
/// <param name="Trainer">What trains.</param>
/// <param name="WorkFolder">A folder of this worker's own for checkpoints and results on their way to the store.</param>
public sealed record WorkerSettings(string Name, int Slots, TrainerLaunch Trainer, string WorkFolder)
{
    /// <summary>Room for some checkpoints of large networks, and little enough for a small disk.</summary>
    public const long DefaultDiskFloor = 64L << 20;

    /// <summary>What <see cref="LanesFile"/> is called in the work folder of a node.</summary>
    public const string LanesFileName = "pinnsweep-lanes.json";

    /// <summary>What each slot computes on, in the order of the slots; empty to leave it to the trainer.</summary>
    public ImmutableArray<SlotDevice> Devices { get; init; } = [];

    /// <summary>Lists the GPUs of the machine whenever one may have left it.</summary>
    public Func<SmiAnswer?> ListGpus { get; init; } = GpuSearch.List;

    /// <summary>What the machine is, for people; null where nobody looked.</summary>
    public MachineFacts? Machine { get; init; }

    /// <summary>What a slot computes on; null where that is left to the trainer.</summary>
    public SlotDevice? DeviceOf(int slot) => Devices.IsEmpty ? null : Devices[slot];

    /// <summary>Slots in a row that share a trainer process, and so a device: its lanes.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Where it is remembered how many trials of a shape a device bears; null where nowhere.</summary>
    public string? LanesFile { get; init; }

    /// <summary>The number of the trainer process of each slot: slots in a row share one.</summary>
    public ImmutableArray<int> Packs()
    {
        var packs = ImmutableArray.CreateBuilder<int>(Slots);
        for (var pack = 0; packs.Count < Slots; pack++)
        {
            packs.AddRange(Enumerable.Repeat(pack, Math.Min(DeviceOf(packs.Count)?.Lanes ?? Lanes, Slots - packs.Count)));
        }

        return packs.ToImmutable();
    }

    /// <summary>How the trainer process of each pack is started, in the order of the packs.</summary>
    internal IEnumerable<TrainerLaunch> Launches() => Packs().Index().GroupBy(slot => slot.Item)
        .Select(pack => LaunchOf(pack.First().Index) with { Lanes = pack.Count() });

    /// <summary>How a slot's trainer is started.</summary>
    internal TrainerLaunch LaunchOf(int slot) => Trainer.With(DeviceOf(slot)?.Variables() ?? []);

    /// <summary><c>auto</c>, <c>fused</c> or <c>torch</c>.</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>Time between checkpoints.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the states at the ends of trials are stored beside results, so that the same trials with more steps go on from there.</summary>
    public bool KeepsFinals { get; init; } = true;

    /// <summary>Whether trained networks are stored beside results.</summary>
    public bool KeepsNetworks { get; init; } = true;

    /// <summary>Time between progress events of a trainer.</summary>
    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>A trainer that says nothing for this long is killed.</summary>
    public TimeSpan HangTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes that must be free in the work folder before work is taken.</summary>
    public long DiskFloor { get; init; } = DefaultDiskFloor;

    /// <summary>How often the worker looks at its machine.</summary>
    public MachineTimes MachineTimes { get; init; } = MachineTimes.Default;

    /// <summary>When the node must end by itself, as under a batch system; null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether its node ends once it is drained; one that coordinates stays.</summary>
    public bool EndsWhenDrained { get; init; } = true;

    /// <summary>Without a word of a coordinator for this long the worker gives its node up; null waits for ever.</summary>
    public TimeSpan? Watchdog { get; init; }

    /// <summary>Time between attempts to register.</summary>
    public TimeSpan RegisterEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between requests for work by a worker with free slots that heard nothing.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>First time between repetitions of a report that was not acknowledged; doubles up to <see cref="LongestRepeat"/>.</summary>
    public TimeSpan FirstRepeat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>See <see cref="FirstRepeat"/>.</summary>
    public TimeSpan LongestRepeat { get; init; } = TimeSpan.FromSeconds(15);
}
