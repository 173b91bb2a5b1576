using System.Collections.Immutable;

namespace PinnSweep.Studies.Lifecycle;

/// <summary>Begin a new incarnation; the first command after recovery.</summary>
public sealed record BeginEpoch : SweepCommand;

/// <summary>Want a study. Repeating it changes nothing, unless it was cancelled between.</summary>
public sealed record SubmitStudy(string Hash, string Name, ImmutableArray<TrialKey> Trials) : SweepCommand;

/// <summary>Want a study no more; trials that another study wants go on.</summary>
public sealed record CancelStudy(string Hash) : SweepCommand;

/// <summary>Let the quarantined trials of a study wait again.</summary>
public sealed record RetryStudy(string Hash) : SweepCommand;

/// <summary>Grant up to <paramref name="Free"/> attempts to a worker.</summary>
public sealed record GrantWork(WorkerIdentity Worker, int Free) : SweepCommand;

/// <summary>
/// A worker says who it is and what it holds. Leases of its earlier incarnations, and those of this one that it does not hold, are lost.
/// </summary>
public sealed record WelcomeWorker(WorkerIdentity Worker, ImmutableArray<AttemptId> Holding) : SweepCommand;

/// <summary>All leases of a worker incarnation are lost.</summary>
public sealed record LoseWorker(WorkerIdentity Worker, string Reason) : SweepCommand;

/// <summary>These leases ran out. Those that ended otherwise meanwhile are passed over.</summary>
public sealed record ExpireLeases(ImmutableArray<AttemptId> Attempts) : SweepCommand;
