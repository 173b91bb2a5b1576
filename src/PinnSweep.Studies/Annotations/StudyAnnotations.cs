using System.Collections.Immutable;

namespace PinnSweep.Studies.Annotations;

/// <summary>What people added to a stored study. It changes neither the study's hash nor any key or result.</summary>
/// <param name="Tags">In alphabetical order.</param>
/// <param name="Notes">The oldest first.</param>
/// <param name="External">By source, method, problem and seed.</param>
public sealed record StudyAnnotations(ImmutableArray<string> Tags, ImmutableArray<StudyNote> Notes, ImmutableArray<ExternalResult> External)
{
    /// <summary>Nothing.</summary>
    public static StudyAnnotations None { get; } = new([], [], []);

    /// <summary>Whether there are tags or notes.</summary>
    public bool HasWords => !Tags.IsEmpty || !Notes.IsEmpty;
}
