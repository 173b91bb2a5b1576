using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Recovery;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Studies;

/// <summary>A study as it was submitted.</summary>
/// <param name="Hash">Its identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">The study file as its author wrote it; in a study of a schema before 3 with overrides and files in front.</param>
/// <param name="SubmittedAt">When it first came.</param>
public sealed record StoredStudy(string Hash, string Name, string Text, DateTimeOffset SubmittedAt);

/// <summary>A stored study and how far it is.</summary>
/// <param name="Hash">Its identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="SubmittedAt">When it first came.</param>
/// <param name="Planned">Its trials.</param>
/// <param name="Accepted">Those with a result.</param>
/// <param name="Quarantined">Those given up.</param>
public sealed record StudySummary(string Hash, string Name, DateTimeOffset SubmittedAt, int Planned, int Accepted, int Quarantined)
{
    /// <summary>Its tags; null where it has none, and where nobody asked for them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}

/// <summary>What is told of a result without opening it.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Attempt">The attempt that gave it.</param>
/// <param name="Outcome">What became of the training.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="RelativeL2">The final error; not a number where it is unknown.</param>
/// <param name="Seconds">Time of the training.</param>
/// <param name="AcceptedAt">When the coordinator accepted it; null where a row that was lost was made again from a state that did not
/// know.</param>
public sealed record StoredResult(TrialKey Key, int Attempt, Outcome Outcome, int Steps, double RelativeL2, double Seconds, DateTimeOffset? AcceptedAt);

/// <summary>A trial of a stored study with what the tables know of it.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Result">Its accepted result; null where it has none.</param>
/// <param name="IsQuarantined">Given up after repeated faults.</param>
/// <param name="CheckpointStep">The step of its last checkpoint.</param>
/// <param name="Faults">Attempts that ended by a fault.</param>
/// <param name="Worker">Who trained the accepted result; without one, who had the last attempt. Null where nothing tells.</param>
public sealed record StoredTrial(TrialKey Key, StoredResult? Result, bool IsQuarantined, int? CheckpointStep, int Faults, string? Worker);

/// <summary>Studies and results.</summary>
public interface IStudyStore
{
    /// <summary>Stores a plan with the file it came from. Storing it again changes nothing.</summary>
    void Save(StudyPlan plan, StudyOrigin origin);

    /// <summary>
    /// The plan of a stored study as it was run, whatever this program's catalog says. One that was stored without its plan, or whose plan
    /// is damaged, is made again from its trials and its file (<see cref="PlanRecovery"/>); nothing is written.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="catalog">For what a store of an earlier version does not hold.</param>
    /// <exception cref="UserMistakeException">Too much is damaged to make it again.</exception>
    StudyPlan PlanOf(StoredStudy study, Catalog catalog);

    /// <summary>Stores the plans that an earlier version did not; what cannot be made again stays as it is.</summary>
    /// <returns>How many.</returns>
    int RecoverPlans(Catalog catalog);

    /// <summary>All studies with how far they are, the newest first.</summary>
    ImmutableArray<StudySummary> Summaries();

    /// <summary>All studies, the newest first.</summary>
    ImmutableArray<StoredStudy> List();

    /// <summary>The study with this hash, or the newest with this name; null where there is none.</summary>
    StoredStudy? Find(string nameOrHash);

    /// <summary>The trials of a stored study in the order of its plan.</summary>
    ImmutableArray<TrialKey> TrialsOf(string studyHash);

    /// <summary>How many trials of one cell follow each other in the order of the plan; 0 where cells differ, or rows are lost.</summary>
    int SeedsOfCell(string studyHash);

    /// <summary>The canonical descriptions of these trials.</summary>
    ImmutableDictionary<TrialKey, string> DescriptionsOf(IReadOnlyCollection<TrialKey> trials);

    /// <summary>The results of a stored study in the order of its plan, without their curves and fields.</summary>
    ImmutableArray<StoredResult> ResultsOf(string studyHash);

    /// <summary>Some trials of a stored study, in the order of its plan.</summary>
    ImmutableArray<StoredTrial> PageOf(string studyHash, int skip, int take);

    /// <summary>The attempts of a trial, in order, each with its fault where it has one.</summary>
    ImmutableArray<StoredAttempt> AttemptsOf(TrialKey trial);

    /// <summary>The trials whose key begins so; at most two, which is enough to tell that it is not clear.</summary>
    ImmutableArray<TrialKey> TrialsLike(string keyPrefix);

    /// <summary>The hashes of the stored studies that have a trial, the newest first.</summary>
    ImmutableArray<string> StudiesOf(TrialKey trial);

    /// <summary>
    /// What happened to the trials of a stored study from a moment on and before another, in the order of moment, kind, trial and attempt.
    /// </summary>
    ImmutableArray<StoredEvent> EventsOf(string studyHash, DateTimeOffset from, DateTimeOffset before);

    /// <summary>The studies whose hash begins so; at most two, which is enough to tell that it is not clear.</summary>
    ImmutableArray<StoredStudy> FindByPrefix(string hashPrefix);

    /// <summary>The plan of a stored study as it was run; null where it was stored without, or is damaged: <see cref="PlanOf"/> makes it again.</summary>
    StudyPlan? StoredPlanOf(string studyHash);

    /// <summary>The plan of a study in stages with everything decided so far; null of any other, and where it cannot be read.</summary>
    StudyPlan? StagedPlanOf(string studyHash);

    /// <summary>A plan with the decisions that were stored since; the plan itself where nothing is left to decide.</summary>
    StudyPlan Grown(StudyPlan plan);

    /// <summary>The number of the last decision that is stored of a study, readable or not; null where none is.</summary>
    int? LastStageOf(string studyHash);

    /// <summary>
    /// Stores a decision with the trials that it adds. Where one of that number is stored already, that one stays. Returns the plan with what
    /// is stored.
    /// </summary>
    StudyPlan SaveStage(StudyPlan plan, StageDecision decision);

    /// <summary>The accepted results of these trials, in no order, and those that cannot be read.</summary>
    (ImmutableArray<TrialResult> Results, ImmutableArray<DamagedTrial> Damaged) ResultsOf(IReadOnlyCollection<TrialKey> trials);

    /// <summary>The accepted result of one trial; null where it has none that can be read.</summary>
    TrialResult? ResultOf(TrialKey trial);

    /// <summary>SHA-256 of the trained network that is kept of a trial; null where none is.</summary>
    string? NetworkOf(TrialKey trial);

    /// <summary>SHA-256 of the state at the end that is kept of a trial; null where none is.</summary>
    string? FinalOf(TrialKey trial);

    /// <summary>
    /// Finished trials that are the same as these but for fewer steps. Of trials that have a result themselves, or no such kin, there is
    /// no entry.
    /// </summary>
    ImmutableDictionary<TrialKey, ImmutableArray<FinishedKin>> KinOf(IReadOnlyCollection<PlannedTrial> trials);

    /// <summary>How many of these trials have an accepted result, whichever study trained them.</summary>
    int CountResults(IReadOnlyCollection<TrialKey> trials);

    /// <summary>Which of these trials have neither an accepted result nor were given up.</summary>
    ImmutableArray<TrialKey> Unsettled(IReadOnlyCollection<TrialKey> trials);

    /// <summary>The trials of a stored study that were given up.</summary>
    ImmutableHashSet<TrialKey> GivenUpOf(string studyHash);

    /// <summary>
    /// What is known of a plan's trials, whichever study trained them. Every result is looked at and none is kept whole: curves and fields
    /// are read when they are asked for (<see cref="StudyResults.Whole"/>), for which the store must be there.
    /// </summary>
    StudyResults LoadResults(StudyPlan plan);

    /// <summary>
    /// The accepted results of a stored study whose contents are missing or damaged. Reads and hashes all of them, one at a time.
    /// </summary>
    /// <param name="studyHash">The study.</param>
    /// <param name="isGivenUp">Asked between results; what was found until it says yes is returned.</param>
    ImmutableArray<DamagedTrial> FindDamaged(string studyHash, Func<bool>? isGivenUp = null);
}
