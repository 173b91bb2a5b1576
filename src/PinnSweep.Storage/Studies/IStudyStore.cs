using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Storage.Studies;

/// <summary>A study as it was submitted.</summary>
/// <param name="Hash">Its identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">The study file, so that a report can plan it again.</param>
/// <param name="SubmittedAt">When it first came.</param>
public sealed record StoredStudy(string Hash, string Name, string Text, DateTimeOffset SubmittedAt);

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

    /// <summary>What is known of a plan's trials, whichever study trained them.</summary>
    StudyResults LoadResults(StudyPlan plan);
}
