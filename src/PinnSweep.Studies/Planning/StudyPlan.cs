using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning;

/// <summary>A cell that will be trained, once for each seed.</summary>
/// <param name="Levels">Its levels, defaults filled in.</param>
/// <param name="Labels">What tables call each level: its kind, with the parameters that tell it from its siblings.</param>
public sealed record Cell(CellLevels Levels, ImmutableSortedDictionary<Factor, string> Labels);

/// <summary>A cell that is listed but not trained.</summary>
public sealed record NotApplicableCell(CellLevels Levels, ImmutableSortedDictionary<Factor, string> Labels, string Reason);

/// <summary>A trial of a plan.</summary>
/// <param name="Key">Its identity.</param>
/// <param name="Description">What it computes.</param>
/// <param name="CellIndex">Its cell in <see cref="StudyPlan.Cells"/>.</param>
public sealed record PlannedTrial(TrialKey Key, TrialDescription Description, int CellIndex);

/// <summary>A study expanded: a pure function of the study and the catalog.</summary>
/// <param name="Spec">The study.</param>
/// <param name="Hash">SHA-256 over name, metric, control and the keys of all trials: two submissions with one hash are one study.</param>
/// <param name="Cells">Cells to train.</param>
/// <param name="NotApplicable">Cells that cannot be trained or are excluded, with the reason.</param>
/// <param name="Trials">All trials, seed by seed inside a cell, no key twice.</param>
public sealed record StudyPlan(
    StudySpec Spec,
    string Hash,
    ImmutableArray<Cell> Cells,
    ImmutableArray<NotApplicableCell> NotApplicable,
    ImmutableArray<PlannedTrial> Trials)
{
    /// <summary>What a user has to know before these cells are trained (<see cref="MethodEntry.Notice"/>), each once.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>The searches of a study that tunes; empty of any other.</summary>
    public ImmutableArray<PlannedSearch> Searches { get; init; } = [];

    /// <summary>What was decided so far of a study in stages, the first with the plan itself; empty of any other.</summary>
    public ImmutableArray<StageDecision> Stages { get; init; } = [];

    /// <summary>Whether later trials are still to be decided.</summary>
    public bool AwaitsStage => Stages is [.., { IsLast: false }];
}

/// <summary>A trial that faulted too often; its faults are the evidence.</summary>
public sealed record QuarantinedTrial(TrialKey Key, ImmutableArray<string> Faults);

/// <summary>A trial with an accepted result that cannot be read any more.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Attempt">The attempt that gave the result.</param>
/// <param name="What">What is wrong with it, for people.</param>
public sealed record DamagedTrial(TrialKey Key, int Attempt, string What);

/// <summary>How often a trial was begun.</summary>
/// <param name="Last">The number of the last attempt that ended: by a result, or by a fault.</param>
/// <param name="Faults">Attempts that a fault of infrastructure ended.</param>
public sealed record TrialAttempts(int Last, int Faults);

/// <summary>What the store knows of a study's trials: the input of every report.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Results">Accepted results by trial; where <see cref="Reader"/> reads them, without what only <see cref="Whole"/> has.</param>
/// <param name="Quarantined">Trials given up.</param>
/// <param name="FaultsRetried">Attempts that ended by a fault of infrastructure and were retried.</param>
public sealed record StudyResults(
    StudyPlan Plan,
    ImmutableDictionary<TrialKey, TrialResult> Results,
    ImmutableArray<QuarantinedTrial> Quarantined,
    int FaultsRetried)
{
    /// <summary>
    /// Trials whose accepted result cannot be read, in the order of their keys; none of them is in <see cref="Results"/>.
    /// </summary>
    public ImmutableArray<DamagedTrial> Damaged { get; init; } = [];

    /// <summary>
    /// Where whole results are read. Then <see cref="Results"/> have of a curve the last evaluation alone, and neither description, field nor
    /// what only a diagnosis uses: of a hundred thousand trials everything at once would be too much. Null where they are whole.
    /// </summary>
    public IResultReader? Reader { get; init; }

    /// <summary>What tables say of curves and fields; empty where results are whole.</summary>
    public ImmutableDictionary<TrialKey, TrialDigest> Digests { get; init; } = ImmutableDictionary<TrialKey, TrialDigest>.Empty;

    /// <summary>The whole results of those of these trials that have one, in this order, a few at a time.</summary>
    public IEnumerable<TrialResult> Whole(IEnumerable<TrialKey> trials, ResultParts parts = ResultParts.All)
    {
        var finished = trials.Where(Results.ContainsKey);
        return Reader?.Read(finished, parts) ?? finished.Select(trial => Results[trial]);
    }

    /// <summary>What tables say of the curve and field of a trial with a result.</summary>
    public TrialDigest DigestOf(TrialKey trial) => Digests.GetValueOrDefault(trial) ?? TrialDigest.Of(Results[trial], Plan.Spec.ConvergedBelow);

    /// <summary>How often each trial was begun that was.</summary>
    public ImmutableDictionary<TrialKey, TrialAttempts> Attempts { get; init; } = ImmutableDictionary<TrialKey, TrialAttempts>.Empty;
}
