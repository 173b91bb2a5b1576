namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>A decision of the coordinator. The journal is the list of these.</summary>
/// <param name="At">When it was made, on the coordinator's clock.</param>
public abstract record SweepEvent(DateTimeOffset At);

/// <summary>A decision about one trial.</summary>
public abstract record TrialEvent(TrialKey Key, DateTimeOffset At) : SweepEvent(At);

/// <summary>An attempt was granted.</summary>
public sealed record TrialLeased(TrialKey Key, Lease Lease, DateTimeOffset At) : TrialEvent(Key, At);

/// <summary>The running attempt stored a checkpoint; it replaces the one before.</summary>
public sealed record TrialCheckpointed(TrialKey Key, int Attempt, CheckpointReference Checkpoint, DateTimeOffset At) : TrialEvent(Key, At);

/// <summary>The trial has its one result.</summary>
public sealed record TrialAccepted(TrialKey Key, int Attempt, ResultReference Result, DateTimeOffset At) : TrialEvent(Key, At)
{
    /// <summary>Its last checkpoint stays, for a trial with more steps may go on from it.</summary>
    public bool KeepsFinal { get; init; }
}

/// <summary>The stored result cannot be read any more: the trial waits to be trained again. No fault of it.</summary>
public sealed record TrialResultLost(TrialKey Key, int Attempt, string Reason, DateTimeOffset At) : TrialEvent(Key, At);

/// <summary>
/// The stored checkpoint cannot be read: the running attempt began anew, and what it stores is ahead of nothing. No fault of it.
/// </summary>
public sealed record TrialCheckpointLost(TrialKey Key, int Attempt, string Reason, DateTimeOffset At) : TrialEvent(Key, At);

/// <summary>The attempt was given back without fault; the trial waits again.</summary>
public sealed record TrialReleased(TrialKey Key, int Attempt, string Reason, DateTimeOffset At) : TrialEvent(Key, At);

/// <summary>The attempt ended by a fault; the trial waits again.</summary>
public sealed record TrialFaulted(TrialKey Key, FaultRecord Record, DateTimeOffset At) : TrialEvent(Key, At);

/// <summary>The trial was given up after too many faults.</summary>
public sealed record TrialQuarantined(TrialKey Key, DateTimeOffset At) : TrialEvent(Key, At);

/// <summary>No study wants the trial any more.</summary>
public sealed record TrialCancelled(TrialKey Key, DateTimeOffset At) : TrialEvent(Key, At);

/// <summary>A quarantined or cancelled trial waits again; its faults no longer count towards quarantine.</summary>
public sealed record TrialRetried(TrialKey Key, DateTimeOffset At) : TrialEvent(Key, At);
