using System.Collections.Immutable;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>What a worker does: an event of its state, and for the actor around it something to carry out.</summary>
internal abstract record WorkerAct
{
    private WorkerAct()
    {
    }

    /// <summary>A coordinator spoke, of this epoch or a later one.</summary>
    public sealed record NoteWord(long Epoch, DateTimeOffset At) : WorkerAct;

    /// <summary>What a coordinator of an earlier epoch says is void. For the log.</summary>
    public sealed record RefuseEpoch(long Epoch, long Highest) : WorkerAct;

    /// <summary>Tell the coordinator something that need not be repeated.</summary>
    public sealed record Say(IFromWorker Message) : WorkerAct;

    /// <summary>Tell it how many slots are free, what runs beside them, and how much time is left where the node must end.</summary>
    public sealed record AskForWork(SlotCount Slots, int? Most, ImmutableArray<string>? Shapes) : WorkerAct;

    /// <summary>A coordinator knows the worker.</summary>
    public sealed record NoteRegistered(Uri? BlobUrl, TimeSpan LeaseDuration) : WorkerAct;

    /// <summary>It does not know it any more; register again.</summary>
    public sealed record NoteUnregistered : WorkerAct;

    /// <summary>Another worker has the name; it may fall silent.</summary>
    public sealed record AwaitName(string Reason, DateTimeOffset At) : WorkerAct;

    /// <summary>The process that has the name is gone; say so with the next registration.</summary>
    public sealed record BuryHolder(string Holder) : WorkerAct;

    /// <summary>Another worker has the name and lives: register no more.</summary>
    public sealed record GiveNameUp(string Reason) : WorkerAct;

    /// <summary>An attempt takes these slots; the first one trains it and the others stay empty.</summary>
    public sealed record Occupy(StartTrial Start, ImmutableArray<int> Slots, TrialShape? Shape) : WorkerAct;

    /// <summary>An attempt has ended; its slots are free.</summary>
    public sealed record Free(AttemptId Attempt) : WorkerAct;

    /// <summary>An attempt is no longer this worker's: its slots are free, and the one that trains it stops at once.</summary>
    public sealed record Abandon(AttemptId Attempt, int Slot) : WorkerAct;

    /// <summary>Have a slot write a checkpoint and give its attempt back; one that is only kept empty passes it over.</summary>
    public sealed record StopSlot(int Slot, string Reason) : WorkerAct;

    /// <summary>Make a new slot in place of one that failed.</summary>
    public sealed record ReplaceSlot(int Slot) : WorkerAct;

    /// <summary>Tell the coordinator what must not be lost.</summary>
    public sealed record MakeReport(Report Report, DateTimeOffset At) : WorkerAct;

    /// <summary>Tell it again.</summary>
    public sealed record RepeatReport(Report Report, DateTimeOffset At) : WorkerAct;

    /// <summary>What was reported is durable, or changed nothing.</summary>
    public sealed record NoteAcknowledged(Report Report, bool Counted) : WorkerAct;

    /// <summary>A trial crashed.</summary>
    public sealed record NoteCrash(TrialKey Key) : WorkerAct;

    /// <summary>A trial stored something here.</summary>
    public sealed record NoteProgress : WorkerAct;

    /// <summary>
    /// So many trials at most share the trainer of this pack from now on; <paramref name="IsKept"/> when that does not change any more.
    /// </summary>
    public sealed record LimitPack(int Pack, int Lanes, bool IsKept, string? Why) : WorkerAct;

    /// <summary>
    /// A process lost a GPU, the so-manieth time since a trial got on there. Its slots stay empty until these attempts have ended.
    /// </summary>
    public sealed record StrikeGpu(int Gpu, int Strikes, ImmutableHashSet<AttemptId> Ending, string Why) : WorkerAct;

    /// <summary>A trial got on on a GPU that had failed.</summary>
    public sealed record ForgiveGpu(int Gpu) : WorkerAct;

    /// <summary>The slots of a GPU take nothing more.</summary>
    public sealed record DrainGpu(int Gpu, string Why) : WorkerAct;

    /// <summary>Slots of all GPUs take trials again.</summary>
    public sealed record RestoreGpus : WorkerAct;

    /// <summary>So many trials of a shape share a device from now on; <paramref name="IsTrouble"/> when more were too many.</summary>
    public sealed record LimitShape(ShapeOnHardware Of, ShapeLimit Limit, bool IsTrouble) : WorkerAct;

    /// <summary>What was granted has no room beside what trains.</summary>
    public sealed record NoteFull : WorkerAct;

    /// <summary>Have the machine looked at until this trouble is over.</summary>
    public sealed record CheckMachine(MachineTrouble Trouble) : WorkerAct;

    /// <summary>The machine has been looked at once.</summary>
    public sealed record NoteLook : WorkerAct;

    /// <summary>
    /// The machine cannot train. Its words change from look to look; <paramref name="IsNew"/> when it is trouble of another kind.
    /// </summary>
    public sealed record Pause(MachineTrouble Trouble, bool IsNew) : WorkerAct;

    /// <summary>It can again.</summary>
    public sealed record GoOn : WorkerAct;

    /// <summary>
    /// Take nothing more. So many slots are occupied; <paramref name="IsNew"/> when an end did not come before, which only becomes final.
    /// </summary>
    public sealed record BeginDrain(int Running, DrainKind Kind, bool IsNew) : WorkerAct;

    /// <summary>Take work again.</summary>
    public sealed record TakeUpWork : WorkerAct;

    /// <summary>Everything was given back and acknowledged.</summary>
    public sealed record EndDrain : WorkerAct;

    /// <summary>The node cannot store anything.</summary>
    public sealed record TellRefusal(string Why) : WorkerAct;

    /// <summary>The timer came, so much too late.</summary>
    public sealed record NotePoll(DateTimeOffset At, TimeSpan Late) : WorkerAct;

    /// <summary>No coordinator has spoken for too long.</summary>
    public sealed record LoseCoordinator(TimeSpan Silence) : WorkerAct;
}
