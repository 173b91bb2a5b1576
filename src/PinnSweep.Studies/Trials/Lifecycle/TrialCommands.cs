namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>Something asked of the coordinator.</summary>
public abstract record SweepCommand;

/// <summary>Something asked about one trial.</summary>
public abstract record TrialCommand(TrialKey Key) : SweepCommand;

/// <summary>Grant the next attempt.</summary>
internal sealed record LeaseTrial(TrialKey Key, WorkerIdentity Worker, long Epoch, string? Device = null, int Slots = 1) : TrialCommand(Key);

/// <summary>Remember a checkpoint.</summary>
public sealed record RecordCheckpoint(TrialKey Key, int Attempt, CheckpointReference Checkpoint) : TrialCommand(Key);

/// <summary>Accept a result.</summary>
public sealed record AcceptResult(TrialKey Key, int Attempt, ResultReference Result) : TrialCommand(Key);

/// <summary>Count a fault of an attempt.</summary>
public sealed record RecordFault(TrialKey Key, int Attempt, Fault Fault) : TrialCommand(Key);

/// <summary>Give an attempt back without fault.</summary>
public sealed record ReleaseTrial(TrialKey Key, int Attempt, string Reason) : TrialCommand(Key);

/// <summary>Train a trial again whose stored result can no longer be read.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Attempt">The attempt whose result it was; another one's is left alone.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record LoseResult(TrialKey Key, int Attempt, string Reason) : TrialCommand(Key);

/// <summary>Forget a checkpoint that the running attempt could not read.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Attempt">The attempt that found it.</param>
/// <param name="Blob">The content it could not read; another one is left alone.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record LoseCheckpoint(TrialKey Key, int Attempt, string Blob, string Reason) : TrialCommand(Key);

/// <summary>Stop wanting the trial.</summary>
internal sealed record CancelTrial(TrialKey Key) : TrialCommand(Key);

/// <summary>Let a quarantined or cancelled trial wait again.</summary>
internal sealed record RetryTrial(TrialKey Key) : TrialCommand(Key);

/// <summary>Why a command changes nothing.</summary>
public enum Rejection
{
    /// <summary>No study named this trial.</summary>
    UnknownTrial,

    /// <summary>No study has this hash.</summary>
    UnknownStudy,

    /// <summary>The trial has its result already: a duplicate, or late.</summary>
    AlreadyAccepted,

    /// <summary>The attempt was never granted.</summary>
    NeverGranted,

    /// <summary>The attempt is not the running one.</summary>
    Superseded,

    /// <summary>The trial is not in a phase where this means anything.</summary>
    WrongPhase,

    /// <summary>A checkpoint that is not ahead of the stored one.</summary>
    NotAhead,
}

/// <summary>What follows from a command: events, or the reason why there are none.</summary>
/// <param name="Events">To be persisted together, in this order.</param>
/// <param name="Rejection">Set when the command was refused; nothing to do (an idempotent repeat) is neither.</param>
public sealed record Decision(IReadOnlyList<SweepEvent> Events, Rejection? Rejection = null)
{
    /// <summary>Nothing to do and nothing wrong.</summary>
    public static Decision Nothing { get; } = new([]);

    /// <summary>These events.</summary>
    public static Decision Of(params SweepEvent[] events) => new(events);

    /// <summary>Refused.</summary>
    public static Decision Refused(Rejection reason) => new([], reason);
}
