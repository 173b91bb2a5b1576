using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Local;

/// <summary>Where a study stands.</summary>
/// <param name="Planned">All its trials.</param>
/// <param name="Done">Trials with an accepted result, those of earlier runs included.</param>
/// <param name="Quarantined">Trials given up.</param>
/// <param name="Running">Trials being trained; of very many not all.</param>
/// <param name="Faults">Faults of its trials so far.</param>
/// <param name="TrialsPerSecond">See <see cref="TrialRate"/>.</param>
public sealed record StudyProgress(
    int Planned,
    int Done,
    int Quarantined,
    ImmutableArray<RunningTrial> Running,
    int Faults,
    double TrialsPerSecond)
{
    /// <summary>How many are being trained, those that <see cref="Running"/> leaves out included.</summary>
    public int RunningCount { get; init; } = Running.Length;

    /// <summary>The stage that is being trained, for people; null of a study without.</summary>
    public string? Stage { get; init; }
}

/// <summary>A trial being trained.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Labels">What tables call its levels.</param>
/// <param name="Seed">The replicate.</param>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="Progress">Where it stands.</param>
public sealed record RunningTrial(
    TrialKey Key,
    ImmutableSortedDictionary<Factor, string> Labels,
    long Seed,
    int Attempt,
    AttemptProgress Progress);

/// <summary>How a run ended.</summary>
public enum LocalRunEnd
{
    /// <summary>Every trial has its result.</summary>
    Completed,

    /// <summary>Every trial is settled, some are quarantined.</summary>
    CompletedWithQuarantined,

    /// <summary>Stopped on request; the same run goes on from where it stood.</summary>
    Interrupted,
}

/// <summary>The end of a run.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Results">What the store knows of the study at that moment.</param>
public sealed record LocalRunResult(LocalRunEnd End, StudyResults Results)
{
    /// <summary>How a run ends of which every trial is settled.</summary>
    public static LocalRunEnd EndOf(StudyResults results) => results.Quarantined.IsEmpty ? LocalRunEnd.Completed : LocalRunEnd.CompletedWithQuarantined;
}
