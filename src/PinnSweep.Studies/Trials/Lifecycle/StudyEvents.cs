using System.Collections.Immutable;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>A coordinator incarnation began; what an earlier one says from now on is void.</summary>
public sealed record EpochBegan(long Epoch, DateTimeOffset At) : SweepEvent(At);

/// <summary>
/// Events before this one could not be read: the state goes on from the others and from the tables. Changes nothing by itself.
/// </summary>
/// <param name="Reason">What was damaged.</param>
/// <param name="At">When it was found.</param>
public sealed record JournalMended(string Reason, DateTimeOffset At) : SweepEvent(At);

/// <summary>A study is wanted.</summary>
/// <param name="Hash">Its identity (<see cref="StudyPlan.Hash"/>).</param>
/// <param name="Name">Its name.</param>
/// <param name="Trials">Its trials in the order of the plan; some may be known from other studies.</param>
/// <param name="At">When.</param>
/// <param name="Placement">How it shares the workers with others.</param>
public sealed record StudySubmitted(string Hash, string Name, ImmutableArray<TrialKey> Trials, DateTimeOffset At, Placement Placement) : SweepEvent(At)
{
    /// <summary>A study without wishes of its own.</summary>
    public StudySubmitted(string hash, string name, ImmutableArray<TrialKey> trials, DateTimeOffset at)
        : this(hash, name, trials, at, Placement.Default)
    {
    }

    /// <summary>How many trials of one cell follow each other; 0 in events of versions that did not tell it.</summary>
    public int Seeds { get; init; }

    /// <summary>How far it is in stages; null of a study without.</summary>
    public StudyStage? Stage { get; init; }

    /// <summary>Trials that begin where others have ended, which keep what they have.</summary>
    public ImmutableArray<ContinuedTrial> Continues { get; init; } = [];
}

/// <summary>A stage of a study begins: what was decided from the results before it, and the trials that follow.</summary>
/// <param name="Hash">The study.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Trials">Its trials, after those before; some may be known from other studies.</param>
/// <param name="Document">The whole decision with its evidence, as JSON.</param>
/// <param name="At">When.</param>
public sealed record StudyExtended(string Hash, StudyStage Stage, ImmutableArray<TrialKey> Trials, string Document, DateTimeOffset At) : SweepEvent(At)
{
    /// <summary>Trials that take over the last checkpoints of others.</summary>
    public ImmutableArray<ContinuedTrial> Continues { get; init; } = [];

    /// <summary>Trials whose last checkpoints nobody goes on from any more.</summary>
    public ImmutableArray<TrialKey> Forgets { get; init; } = [];
}

/// <summary>Nothing of the study is granted until it is resumed; what runs writes a checkpoint and is given back.</summary>
public sealed record StudyPaused(string Hash, DateTimeOffset At) : SweepEvent(At);

/// <summary>The pause is over.</summary>
public sealed record StudyResumed(string Hash, DateTimeOffset At) : SweepEvent(At);

/// <summary>A study is wanted no more; its finished trials keep their results.</summary>
public sealed record StudyCancelled(string Hash, DateTimeOffset At) : SweepEvent(At)
{
    /// <summary>Trials whose last checkpoints nobody goes on from any more.</summary>
    public ImmutableArray<TrialKey> Forgets { get; init; } = [];
}
