using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Storage.Studies;

/// <summary>A study as it was submitted.</summary>
/// <param name="Hash">Its identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">The study file, so that a report can plan it again.</param>
/// <param name="SubmittedAt">When it first came.</param>
public sealed record StoredStudy(string Hash, string Name, string Text, DateTimeOffset SubmittedAt);

/// <summary>What is told of a result without opening it.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Attempt">The attempt that gave it.</param>
/// <param name="Outcome">What became of the training.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="RelativeL2">The final error; not a number where it is unknown.</param>
/// <param name="Seconds">Time of the training.</param>
/// <param name="AcceptedAt">When the coordinator accepted it.</param>
public sealed record StoredResult(TrialKey Key, int Attempt, Outcome Outcome, int Steps, double RelativeL2, double Seconds, DateTimeOffset AcceptedAt);

/// <summary>A trial of a stored study with what the tables know of it.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Result">Its accepted result; null where it has none.</param>
/// <param name="IsQuarantined">Given up after repeated faults.</param>
/// <param name="CheckpointStep">The step of its last checkpoint.</param>
/// <param name="Faults">Attempts that ended by a fault.</param>
public sealed record StoredTrial(TrialKey Key, StoredResult? Result, bool IsQuarantined, int? CheckpointStep, int Faults);

/// <summary>Studies and results.</summary>
public interface IStudyStore
{
    /// <summary>Stores a plan with the file it came from. Storing it again changes nothing.</summary>
    void Save(StudyPlan plan, string studyText);

    /// <summary>All studies, the newest first.</summary>
    ImmutableArray<StoredStudy> List();

    /// <summary>The study with this hash, or the newest with this name; null where there is none.</summary>
    StoredStudy? Find(string nameOrHash);

    /// <summary>The trials of a stored study in the order of its plan.</summary>
    ImmutableArray<TrialKey> TrialsOf(string studyHash);

    /// <summary>The canonical descriptions of these trials.</summary>
    ImmutableDictionary<TrialKey, string> DescriptionsOf(IReadOnlyCollection<TrialKey> trials);

    /// <summary>The results of a stored study in the order of its plan, without their curves and fields.</summary>
    ImmutableArray<StoredResult> ResultsOf(string studyHash);

    /// <summary>Some trials of a stored study, in the order of its plan.</summary>
    ImmutableArray<StoredTrial> PageOf(string studyHash, int skip, int take);

    /// <summary>The studies whose hash begins so; at most two, which is enough to tell that it is not clear.</summary>
    ImmutableArray<StoredStudy> FindByPrefix(string hashPrefix);

    /// <summary>What is known of a plan's trials, whichever study trained them.</summary>
    StudyResults LoadResults(StudyPlan plan);

    /// <summary>The accepted results of a stored study whose contents are missing or damaged. Reads and hashes all of them, one at a time.</summary>
    /// <param name="studyHash">The study.</param>
    /// <param name="isGivenUp">Asked between results; what was found until it says yes is returned.</param>
    ImmutableArray<DamagedTrial> FindDamaged(string studyHash, Func<bool>? isGivenUp = null);
}
