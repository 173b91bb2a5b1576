using System.Collections.Immutable;

namespace PinnSweep.Studies.Trials.Lifecycle;

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

    /// <summary>It has its one result. Final as long as the result can be read.</summary>
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
/// <param name="Checkpoint">
/// What the next attempt goes on from; gone once a result is accepted or nobody wants one, unless a trial with more steps may go on from
/// the end of this one.
/// </param>
/// <param name="Faults">Every fault, in order.</param>
/// <param name="Forgiven">How many of <paramref name="Faults"/> came before the last retry or lost result and count no longer.</param>
public sealed record TrialState(
    TrialKey Key,
    TrialPhase Phase,
    int Granted,
    CheckpointReference? Checkpoint,
    ImmutableArray<FaultRecord> Faults,
    int Forgiven)
{
    /// <summary>
    /// When it came into a settled phase; null where it is in none, or where a snapshot of an earlier version did not say.
    /// </summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Who wrote the checkpoint, and when; null without one, or where a snapshot of an earlier version did not say.</summary>
    public CheckpointOrigin? CheckpointOrigin { get; init; }

    /// <summary>
    /// The last attempt whose result was lost from the store; what it or an earlier one says of a result again names what is gone. 0
    /// before.
    /// </summary>
    public int LostThrough { get; init; }

    /// <summary>A trial nobody has tried.</summary>
    public static TrialState New(TrialKey key) => new(key, TrialPhase.Waiting.Instance, 0, null, [], 0);

    /// <summary>The lease in force, or null.</summary>
    public Lease? Lease => (Phase as TrialPhase.Leased)?.Lease;

    /// <summary>
    /// How many of <see cref="Faults"/> a later checkpoint has left behind. They do not add up to a quarantine: a trial that gets further
    /// with each attempt ends, as steps of checkpoints only grow and its budget is finite; one that always falls at the same step gets no
    /// further.
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
        TrialCheckpointed marked => Mark(marked),
        TrialAccepted accepted => (accepted.KeepsFinal ? this : Forget()) with { Phase = new TrialPhase.Accepted(accepted.Attempt, accepted.Result), SettledAt = accepted.At },
        // A trial that could be finished once can be again.
        TrialResultLost => this with { Phase = TrialPhase.Waiting.Instance, SettledAt = null, LostThrough = Granted, Reached = 0, Forgiven = Faults.Length, Continued = null },
        TrialCheckpointLost => Forget() with { Continued = null },
        TrialReleased => this with { Phase = TrialPhase.Waiting.Instance },
        TrialFaulted faulted => this with { Phase = TrialPhase.Waiting.Instance, Faults = Faults.Add(faulted.Record) },
        TrialQuarantined quarantined => this with { Phase = new TrialPhase.Quarantined(), SettledAt = quarantined.At },
        TrialCancelled cancelled => this with { Phase = new TrialPhase.Cancelled(), SettledAt = cancelled.At, Checkpoint = null, CheckpointOrigin = null, Continued = null },
        TrialRetried => this with { Phase = TrialPhase.Waiting.Instance, SettledAt = null, Forgiven = Faults.Length },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "not an event of a trial"),
    };

    /// <summary>The checkpoint at its end, for a trial with more steps to go on from; null where there is none.</summary>
    public CheckpointReference? Final => Phase is TrialPhase.Accepted accepted ? Checkpoint ?? accepted.Result.Final : null;

    /// <summary>Where it began; null where that is at step 0, as of most trials.</summary>
    public Continuation? Continued { get; init; }

    /// <summary>Without its checkpoint.</summary>
    internal TrialState Forget() => this with { Checkpoint = null, CheckpointOrigin = null };

    /// <summary>With the last checkpoint of the trial that it goes on from.</summary>
    internal TrialState GoOnFrom(TrialState other) => this with
    {
        Checkpoint = other.Final,
        CheckpointOrigin = other.CheckpointOrigin ?? (other is { Phase: TrialPhase.Accepted accepted, SettledAt: { } at } ? new(accepted.Attempt, at) : null),
        Reached = other.Final!.Step,
        Continued = new(other.Key, other.Final.Step),
    };

    private TrialState Mark(TrialCheckpointed marked)
    {
        var state = this with { Checkpoint = marked.Checkpoint, CheckpointOrigin = new(marked.Attempt, marked.At) };
        return marked.Checkpoint.Step > Reached ? state with { Reached = marked.Checkpoint.Step, Overcome = Faults.Length } : state;
    }
}
