using System.Collections.Immutable;

namespace PinnSweep.Studies.Lifecycle;

/// <summary>Where a trial stands.</summary>
public abstract record TrialPhase
{
    private TrialPhase()
    {
    }

    /// <summary>For a worker to ask for it.</summary>
    public sealed record Waiting : TrialPhase
    {
        /// <summary>The only instance needed.</summary>
        public static Waiting Instance { get; } = new();
    }

    /// <summary>A worker holds the right to train it.</summary>
    public sealed record Leased(Lease Lease) : TrialPhase;

    /// <summary>It has its one result. Final.</summary>
    public sealed record Accepted(int Attempt, ResultReference Result) : TrialPhase;

    /// <summary>Given up after too many faults; ends by retry, or by a late result.</summary>
    public sealed record Quarantined : TrialPhase;

    /// <summary>No study wants it; ends by retry, or by a late result.</summary>
    public sealed record Cancelled : TrialPhase;
}

/// <summary>All that is known of one trial. Built by <see cref="Apply"/> alone.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Granted">Attempts granted so far; the next one has this number plus one.</param>
/// <param name="Checkpoint">What the next attempt goes on from; gone once a result is accepted or nobody wants one.</param>
/// <param name="Faults">Every fault, in order.</param>
/// <param name="Forgiven">How many of <paramref name="Faults"/> came before the last retry and count no longer.</param>
public sealed record TrialState(
    TrialKey Key,
    TrialPhase Phase,
    int Granted,
    CheckpointReference? Checkpoint,
    ImmutableArray<FaultRecord> Faults,
    int Forgiven)
{
    /// <summary>A trial nobody has tried.</summary>
    public static TrialState New(TrialKey key) => new(key, TrialPhase.Waiting.Instance, 0, null, [], 0);

    /// <summary>The lease in force, or null.</summary>
    public Lease? Lease => (Phase as TrialPhase.Leased)?.Lease;

    /// <summary>
    /// How many of <see cref="Faults"/> a later checkpoint has left behind. They do not add up to a quarantine: a trial that gets further with each
    /// attempt ends, as steps of checkpoints only grow and its budget is finite; one that always falls at the same step gets no further.
    /// </summary>
    public int Overcome { get; init; }

    /// <summary>The furthest step of a checkpoint, though it may be lost since: only what goes beyond it is progress.</summary>
    public int Reached { get; init; }

    /// <summary>The faults that count towards quarantine: those since the last retry and since the last checkpoint.</summary>
    public ReadOnlySpan<FaultRecord> CountedFaults() => Faults.AsSpan()[Math.Max(Forgiven, Overcome)..];

    /// <summary>True when nothing more happens without being asked for: accepted, quarantined or cancelled.</summary>
    public bool IsSettled => Phase is TrialPhase.Accepted or TrialPhase.Quarantined or TrialPhase.Cancelled;

    /// <summary>The state after an event. Reads no clock and refuses nothing: what was journalled has happened.</summary>
    public TrialState Apply(TrialEvent happened) => happened switch
    {
        TrialLeased leased => this with { Phase = new TrialPhase.Leased(leased.Lease), Granted = leased.Lease.Attempt },
        TrialCheckpointed marked => marked.Checkpoint.Step > Reached
            ? this with { Checkpoint = marked.Checkpoint, Reached = marked.Checkpoint.Step, Overcome = Faults.Length }
            : this with { Checkpoint = marked.Checkpoint },
        TrialAccepted accepted => this with { Phase = new TrialPhase.Accepted(accepted.Attempt, accepted.Result), Checkpoint = null },
        TrialReleased => this with { Phase = TrialPhase.Waiting.Instance },
        TrialFaulted faulted => this with { Phase = TrialPhase.Waiting.Instance, Faults = Faults.Add(faulted.Record) },
        TrialQuarantined => this with { Phase = new TrialPhase.Quarantined() },
        TrialCancelled => this with { Phase = new TrialPhase.Cancelled(), Checkpoint = null },
        TrialRetried => this with { Phase = TrialPhase.Waiting.Instance, Forgiven = Faults.Length },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "not an event of a trial"),
    };
}
