namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>How far a study in stages is.</summary>
/// <param name="Number">The stage that is being trained, from 0.</param>
/// <param name="Words">What it is, for people: <c>generation 3</c>.</param>
/// <param name="IsLast">Nothing is decided after it.</param>
public sealed record StudyStage(int Number, string Words, bool IsLast)
{
    /// <summary>The next stage waits for proposals from outside.</summary>
    public bool AwaitsProposals { get; init; }

    /// <summary>Trials of a later stage may go on from the ends of its trials, so their last checkpoints are kept.</summary>
    public bool KeepsFinal { get; init; }
}
