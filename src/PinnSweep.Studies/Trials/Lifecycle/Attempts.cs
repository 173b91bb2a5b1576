namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>A worker and one run of its process: after a restart the name is the same and the incarnation is not.</summary>
public sealed record WorkerIdentity(string Name, string Incarnation);

/// <summary>One execution of a trial, named without its worker.</summary>
public readonly record struct AttemptId(TrialKey Key, int Number);

/// <summary>The right to train one attempt.</summary>
/// <param name="Attempt">Counted from 1 for each trial; never granted twice.</param>
/// <param name="Worker">Who holds it.</param>
/// <param name="Epoch">The coordinator incarnation that granted it.</param>
/// <param name="Until">When it runs out unless renewed, on the coordinator's clock.</param>
/// <param name="Device">The kind of slot it needs; null takes any.</param>
/// <param name="Slots">Slots it occupies: more than one after it ran out of memory beside others.</param>
public sealed record Lease(int Attempt, WorkerIdentity Worker, long Epoch, DateTimeOffset Until, string? Device = null, int Slots = 1);

/// <summary>A stored checkpoint that the next attempt goes on from.</summary>
/// <param name="Blob">SHA-256 of its bytes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Step">Optimizer steps taken when it was written.</param>
public sealed record CheckpointReference(string Blob, long Bytes, int Step);

/// <summary>Who wrote a checkpoint.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="At">When the coordinator heard of it.</param>
public sealed record CheckpointOrigin(int Attempt, DateTimeOffset At);

/// <summary>A stored result and the figures that lists and tables need without opening it.</summary>
/// <param name="Blob">SHA-256 of the JSON text of a <see cref="TrialResult"/>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Outcome">What science says of the trial.</param>
/// <param name="Steps">Optimizer steps taken.</param>
/// <param name="RelativeL2">Relative L2 error at the end.</param>
/// <param name="Seconds">Training time over all attempts that led here.</param>
public sealed record ResultReference(string Blob, long Bytes, Outcome Outcome, int Steps, double RelativeL2, double Seconds)
{
    /// <summary>SHA-256 of the trained network's file; null where none was kept.</summary>
    public string? Network { get; init; }

    /// <summary>The state at the end of the budget, from which the same training goes on with more steps; null where none was kept.</summary>
    public CheckpointReference? Final { get; init; }
}

/// <summary>What infrastructure can do to an attempt.</summary>
public enum FaultKind
{
    /// <summary>The trainer process ended without a result.</summary>
    Crash,

    /// <summary>The trainer ran out of memory, by its own word or killed by the kernel.</summary>
    OutOfMemory,

    /// <summary>The worker is gone or let its lease run out.</summary>
    LostWorker,

    /// <summary>The trainer made no progress for too long and was killed.</summary>
    Timeout,

    /// <summary>The trainer reported an error of its own, or broke the protocol.</summary>
    Error,
}

/// <summary>One fault with its evidence.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Message">One line for people.</param>
/// <param name="Detail">What else is known: exit code, last lines of the trainer's standard error.</param>
public sealed record Fault(FaultKind Kind, string Message, string Detail);

/// <summary>A fault in the history of a trial.</summary>
public sealed record FaultRecord(int Attempt, WorkerIdentity Worker, Fault Fault, DateTimeOffset At);

/// <summary>The numbers that decisions depend on.</summary>
/// <param name="LeaseDuration">How long a lease lasts without renewal.</param>
/// <param name="FaultLimit">A trial is quarantined at this many faults of its own trainer without a new checkpoint in between.</param>
/// <param name="LostWorkerLimit">
/// A trial is quarantined at this many lost workers without a new checkpoint in between. Higher than <paramref name="FaultLimit"/>: a
/// machine switched off says nothing of the trial, yet a trial that takes its worker down each time must end too.
/// </param>
public sealed record LeasePolicy(TimeSpan LeaseDuration, int FaultLimit = 3, int LostWorkerLimit = 20);
