using System.Collections.Immutable;

namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>Begin a new incarnation; the first command after recovery.</summary>
public sealed record BeginEpoch : SweepCommand;

/// <summary>Want a study. Repeating it changes nothing, unless it was cancelled between or another placement is asked for.</summary>
/// <param name="Hash">Its identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trials">Its trials in the order of the plan.</param>
/// <param name="Placement">Null keeps what the study has.</param>
public sealed record SubmitStudy(string Hash, string Name, ImmutableArray<TrialKey> Trials, Placement? Placement = null) : SweepCommand
{
    /// <summary>How many trials of one cell follow each other; 0 keeps what is known.</summary>
    public int Seeds { get; init; }

    /// <summary>How far it is in stages; null of a study without.</summary>
    public StudyStage? Stage { get; init; }

    /// <summary>Those of its trials that may go on from finished ones.</summary>
    public ImmutableArray<ContinuedTrial> Continues { get; init; } = [];
}

/// <summary>Add the trials that a stage of a study brings. One that it has already changes nothing.</summary>
/// <param name="Hash">The study.</param>
/// <param name="Stage">The stage that begins.</param>
/// <param name="Trials">Its trials in the order of granting.</param>
/// <param name="Document">The whole decision, for whoever asks the journal.</param>
public sealed record ExtendStudy(string Hash, StudyStage Stage, ImmutableArray<TrialKey> Trials, string Document) : SweepCommand
{
    /// <summary>Those of its trials that go on from others.</summary>
    public ImmutableArray<ContinuedTrial> Continues { get; init; } = [];
}

/// <summary>Grant nothing of a study until it is resumed.</summary>
public sealed record PauseStudy(string Hash) : SweepCommand;

/// <summary>End a pause.</summary>
public sealed record ResumeStudy(string Hash) : SweepCommand;

/// <summary>Want a study no more; trials that another study wants go on.</summary>
public sealed record CancelStudy(string Hash) : SweepCommand;

/// <summary>Let the quarantined trials of a study wait again.</summary>
public sealed record RetryStudy(string Hash) : SweepCommand;

/// <summary>Grant attempts to a worker that has free slots.</summary>
/// <param name="Worker">Who asks.</param>
/// <param name="Free">Its free slots by device.</param>
/// <param name="Fleet">Every registered worker with all its slots, the asking one included; empty means it is alone.</param>
/// <param name="SecondsLeft">Time until the worker has to stop, where it knows.</param>
public sealed record GrantWork(WorkerIdentity Worker, SlotCount Free, ImmutableArray<FleetMember> Fleet, double? SecondsLeft = null) : SweepCommand
{
    /// <summary>Attempts that it takes at most, however many slots are free; null where slots alone count.</summary>
    public int? Most { get; init; }

    /// <summary>The shapes that it would rather train; null where shapes do not matter to it.</summary>
    public ShapeWish? Shapes { get; init; }

    /// <summary>A worker without accelerators that is alone.</summary>
    public GrantWork(WorkerIdentity worker, int free)
        : this(worker, new(free, 0), [])
    {
    }
}

/// <summary>
/// A worker says who it is and what it holds. Leases of its earlier incarnations, and those of this one that it does not hold, are lost.
/// </summary>
public sealed record WelcomeWorker(WorkerIdentity Worker, ImmutableArray<AttemptId> Holding) : SweepCommand;

/// <summary>All leases of a worker incarnation are lost.</summary>
public sealed record LoseWorker(WorkerIdentity Worker, string Reason) : SweepCommand;

/// <summary>These leases ran out. Those that ended otherwise meanwhile are passed over.</summary>
public sealed record ExpireLeases(ImmutableArray<AttemptId> Attempts) : SweepCommand;
