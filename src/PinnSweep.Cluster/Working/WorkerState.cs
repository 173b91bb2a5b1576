using System.Collections.Immutable;
using PinnSweep.Cluster.MachineChecks;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Working;

/// <summary>A slot as its worker sees it.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Kind">What it computes on: <see cref="Devices.Cpu"/> or <see cref="Devices.Gpu"/>.</param>
/// <param name="Attempt">What it trains or is kept empty for; null while it is free.</param>
/// <param name="Trains">False while it is free or kept empty.</param>
internal sealed record SlotPlace(int Number, string Kind, AttemptId? Attempt = null, bool Trains = false)
{
    /// <summary>Which trainer it shares with others; its own number where it shares none.</summary>
    public int Pack { get; init; } = Number;

    /// <summary>The number of the GPU that it computes on; null for a core, and where that is left to the trainer.</summary>
    public int? Gpu { get; init; }

    /// <summary>What computes, by a name that stays over restarts: the device and the engine on it.</summary>
    public string Hardware { get; init; } = Kind;

    /// <summary>How many trials share its device is found out, shape by shape.</summary>
    public bool IsProbed { get; init; }

    /// <summary>The shape of what it trains; null while it trains nothing, or nothing whose shape can be told.</summary>
    public TrialShape? Shape { get; init; }
}

/// <summary>All that a worker knows. Built by <see cref="Apply"/> alone. What it holds is leased, so it is lost with its process.</summary>
/// <param name="Identity">Who it is.</param>
/// <param name="Slots">Its slots by number.</param>
/// <param name="Outbox">What it has reported and must go on reporting.</param>
/// <param name="HeardAt">When a coordinator last spoke.</param>
/// <param name="PolledAt">When it last looked for that.</param>
internal sealed record WorkerState(
    WorkerIdentity Identity, ImmutableArray<SlotPlace> Slots, Outbox Outbox, DateTimeOffset HeardAt, DateTimeOffset PolledAt)
{
    /// <summary>The highest epoch that spoke.</summary>
    public long Epoch { get; init; }

    /// <summary>A coordinator knows it.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>Why it takes nothing new.</summary>
    public DrainKind Drain { get; init; }

    /// <summary>Its node ends with a drain; one that coordinates stays.</summary>
    public bool EndsWhenDrained { get; init; } = true;

    /// <summary>It takes nothing new: it rests or ends.</summary>
    public bool IsDraining => Drain != DrainKind.None;

    /// <summary>It ends.</summary>
    public bool Ends => Drain is DrainKind.Order or DrainKind.End;

    /// <summary>What it says of that to the coordinator.</summary>
    public WorkerMode Mode => Ends ? WorkerMode.Draining : IsDraining ? WorkerMode.Resting : WorkerMode.Working;

    /// <summary>Its machine has been looked at; before that nothing is asked for.</summary>
    public bool IsChecked { get; init; }

    /// <summary>Why its machine cannot train; null when it can.</summary>
    public MachineTrouble? Trouble { get; init; }

    /// <summary>Trials that crashed here one after another.</summary>
    public CrashStreak Crashes { get; init; } = CrashStreak.None;

    /// <summary>By pack, where fewer trials than it has slots may share its trainer.</summary>
    public ImmutableSortedDictionary<int, PackLimit> PackLimits { get; init; } = ImmutableSortedDictionary<int, PackLimit>.Empty;

    /// <summary>How many trials of a shape a device bears, where that is known or being found out.</summary>
    public ImmutableDictionary<ShapeOnHardware, ShapeLimit> ShapeLimits { get; init; } = ImmutableDictionary<ShapeOnHardware, ShapeLimit>.Empty;

    /// <summary>What it was granted had no room beside what trains: nothing is asked for until that changes.</summary>
    public bool IsFull { get; init; }

    /// <summary>Whether trials of some shapes share a device with fewer than it has slots.</summary>
    public bool LimitsShapes => !ShapeLimits.IsEmpty || Slots.Any(slot => slot.IsProbed);

    /// <summary>By number, GPUs that have failed since a trial got on there.</summary>
    public ImmutableSortedDictionary<int, GpuCondition> Gpus { get; init; } = ImmutableSortedDictionary<int, GpuCondition>.Empty;

    /// <summary>Since when another worker has its name; null while none has.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>The holder of its name whose process it saw to be gone.</summary>
    public string? Buried { get; init; }

    /// <summary>How many slots it has of each kind, without those of GPUs that are out of use.</summary>
    public SlotCount AllSlots => Count(Slots.Where(slot => !IsOut(slot)));

    /// <summary>Why it cannot train: its machine, or none of its GPUs.</summary>
    public string? WhyPaused => Trouble?.Reason ?? (Slots.All(IsOut) ? WorkerGpus.Words(this) : null);

    /// <summary>Whether the GPU of a slot is out of use.</summary>
    public bool IsOut(SlotPlace slot) => slot.Gpu is { } gpu && Gpus.GetValueOrDefault(gpu) is { Drained: not null };

    /// <summary>How many of them are free and may be filled.</summary>
    public SlotCount FreeSlots => Count(Open);

    /// <summary>Those that are free and may be filled.</summary>
    public IEnumerable<SlotPlace> Open => WorkerPacks.Open(this);

    /// <summary>Whether any slots share a trainer.</summary>
    public bool HasPacks => Slots.DistinctBy(slot => slot.Pack).Count() < Slots.Length;

    /// <summary>How many trials may share the trainer of a pack; null where as many as it has slots.</summary>
    public PackLimit? LimitOf(int pack) => PackLimits.GetValueOrDefault(pack);

    /// <summary>How many trials of a shape the device of a slot bears; null where that is not known.</summary>
    public ShapeLimit? LimitOf(SlotPlace slot, TrialShape shape) => ShapeLimits.GetValueOrDefault(new(slot.Hardware, shape.Id));

    /// <summary>Slots that train or are kept empty.</summary>
    public IEnumerable<SlotPlace> Occupied => Slots.Where(slot => slot.Attempt is not null);

    /// <summary>What runs, and what ended and could not be reported yet: the coordinator must not take either for lost.</summary>
    public IEnumerable<AttemptId> Holding => Occupied.Select(slot => slot.Attempt!.Value).Concat(Ended).Distinct();

    /// <summary>Attempts whose end is on its way to the coordinator.</summary>
    public IEnumerable<AttemptId> Ended => Outbox.Open.Where(report => report.Content.EndsAttempt).Select(report => report.Attempt);

    /// <summary>The slot that trains an attempt; null when none does.</summary>
    public SlotPlace? SlotOf(AttemptId attempt) => Slots.FirstOrDefault(slot => slot.Trains && slot.Attempt == attempt);

    /// <summary>The state after an act. Reads no clock and refuses nothing.</summary>
    public WorkerState Apply(WorkerAct act) => act switch
    {
        WorkerAct.NoteWord word => this with { Epoch = word.Epoch, HeardAt = word.At },
        WorkerAct.NoteRegistered => this with { IsRegistered = true, RefusedAt = null },
        WorkerAct.NoteUnregistered => this with { IsRegistered = false },
        WorkerAct.AwaitName wait => this with { RefusedAt = wait.At },
        WorkerAct.BuryHolder bury => this with { Buried = bury.Holder },
        WorkerAct.Occupy occupy => this with
        {
            Slots =
            [
                .. Slots.Select(slot => occupy.Slots.Contains(slot.Number)
                    ? slot with { Attempt = occupy.Start.Attempt, Trains = slot.Number == occupy.Slots[0], Shape = slot.Number == occupy.Slots[0] ? occupy.Shape : null }
                    : slot)
            ],
        },
        WorkerAct.Free free => Without(free.Attempt),
        WorkerAct.Abandon abandon => Without(abandon.Attempt),
        WorkerAct.MakeReport make => this with { Outbox = Outbox.Add(make.Report, make.At) },
        WorkerAct.RepeatReport repeat => this with { Outbox = Outbox.Repeat(repeat.Report.Number, repeat.At) },
        WorkerAct.NoteAcknowledged acknowledged => this with { Outbox = Outbox.Acknowledge(acknowledged.Report.Number) },
        WorkerAct.NoteCrash crash => this with { Crashes = Crashes.With(crash.Key) },
        WorkerAct.NoteProgress => this with { Crashes = CrashStreak.None },
        WorkerAct.NoteFull => this with { IsFull = true },
        WorkerAct.LimitShape limit => this with { IsFull = false, ShapeLimits = ShapeLimits.SetItem(limit.Of, limit.Limit) },
        WorkerAct.LimitPack limit => this with { IsFull = false, PackLimits = PackLimits.SetItem(limit.Pack, new(limit.Lanes, limit.IsKept)) },
        WorkerAct.StrikeGpu strike => this with { Gpus = Gpus.SetItem(strike.Gpu, new(strike.Strikes, strike.Ending, null)) },
        WorkerAct.ForgiveGpu forgive => this with { Gpus = Gpus.Remove(forgive.Gpu) },
        WorkerAct.DrainGpu drain => this with { Gpus = Gpus.SetItem(drain.Gpu, new(WorkerGpus.Limit, [], drain.Why)) },
        WorkerAct.RestoreGpus => this with { Gpus = Gpus.Clear() },
        WorkerAct.NoteLook => this with { IsChecked = true },
        WorkerAct.Pause pause => this with { Trouble = pause.Trouble },
        WorkerAct.GoOn => this with { Trouble = null, Crashes = CrashStreak.Checked },
        WorkerAct.BeginDrain begin => this with { Drain = begin.Kind },
        WorkerAct.TakeUpWork => this with { Drain = DrainKind.None },
        // Its node leaves now: too late to take the order back.
        WorkerAct.EndDrain when EndsWhenDrained => this with { Drain = DrainKind.End },
        WorkerAct.NotePoll poll => this with { PolledAt = poll.At, HeardAt = HeardAt + poll.Late },
        _ => this,
    };

    private WorkerState Without(AttemptId attempt) => this with
    {
        IsFull = false,
        Gpus = Gpus.IsEmpty ? Gpus : Gpus.SetItems(Gpus.Select(gpu => KeyValuePair.Create(gpu.Key, gpu.Value with { Ending = gpu.Value.Ending.Remove(attempt) }))),
        Slots = [.. Slots.Select(slot => slot.Attempt == attempt ? slot with { Attempt = null, Trains = false, Shape = null } : slot)],
    };

    private static SlotCount Count(IEnumerable<SlotPlace> slots)
    {
        var kinds = slots.ToLookup(slot => slot.Kind);
        return new(kinds[Devices.Cpu].Count(), kinds[Devices.Gpu].Count());
    }
}
