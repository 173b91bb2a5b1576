namespace PinnSweep.Storage.Studies;

/// <summary>The evidence of a fault.</summary>
/// <param name="Kind">What happened, as the tables say it: <c>crash</c>, <c>out-of-memory</c>, <c>lost-worker</c>, <c>timeout</c>,
/// <c>error</c>.</param>
/// <param name="Message">One line for people.</param>
/// <param name="Detail">What else is known: exit code, last lines of the trainer's standard error; empty where nothing is.</param>
public sealed record FaultDetail(string Kind, string Message, string Detail);

/// <summary>One attempt of a trial, as far as the tables tell; of a store of an earlier version only what faults and results know.</summary>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="Worker">Who had it; null where nothing tells.</param>
/// <param name="LeasedAt">When it was granted; null where nothing tells.</param>
/// <param name="EndedAt">When the coordinator heard of its end; null while it runs, and where nothing tells.</param>
/// <param name="Ending">One of <see cref="AttemptEnding"/>; null while it runs.</param>
/// <param name="Reason">Why it was given back, or why its result is lost.</param>
/// <param name="Fault">The fault it ended by. An attempt whose worker fell silent has one, though its result came later.</param>
public sealed record StoredAttempt(
    int Attempt, string? Worker, DateTimeOffset? LeasedAt, DateTimeOffset? EndedAt, string? Ending, string? Reason, FaultDetail? Fault);

/// <summary>How an attempt ended, in words.</summary>
public static class AttemptEnding
{
    /// <summary>Its result is the trial's.</summary>
    public const string Accepted = "accepted";

    /// <summary>Its result was accepted, and the store lost it.</summary>
    public const string ResultLost = "result-lost";

    /// <summary>By a fault.</summary>
    public const string Faulted = "faulted";

    /// <summary>It was given back without fault: drained, paused, stopped.</summary>
    public const string Released = "released";

    /// <summary>Nobody wanted the trial any more.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The late result of an earlier attempt came first.</summary>
    public const string Superseded = "superseded";

    /// <summary>It ended, and nothing tells how.</summary>
    public const string Unknown = "unknown";
}
