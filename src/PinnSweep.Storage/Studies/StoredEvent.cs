using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Studies;

/// <summary>Something that happened to a trial, as the tables tell it.</summary>
/// <param name="At">When the coordinator decided or heard it.</param>
/// <param name="Kind">One of <see cref="StoredEventKind.All"/>.</param>
/// <param name="Key">The trial.</param>
/// <param name="Attempt">The attempt; 0 where none is meant.</param>
/// <param name="Worker">Who had it; null where nothing tells.</param>
/// <param name="Words">The outcome, the fault or the reason; empty where there is nothing to say.</param>
public sealed record StoredEvent(DateTimeOffset At, string Kind, TrialKey Key, int Attempt, string? Worker, string Words);

/// <summary>The kinds of events, in the order in which those of one moment stand.</summary>
public static class StoredEventKind
{
    /// <summary>A result was accepted.</summary>
    public const string Accepted = "accepted";

    /// <summary>An attempt ended otherwise than by a fault or a result.</summary>
    public const string Ended = "ended";

    /// <summary>An attempt ended by a fault.</summary>
    public const string Faulted = "faulted";

    /// <summary>A trial was given up.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>An attempt was granted.</summary>
    public const string Started = "started";

    /// <summary>All of them, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [Accepted, Ended, Faulted, Quarantined, Started];
}
