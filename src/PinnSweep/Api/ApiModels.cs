using PinnSweep.Annotations;

namespace PinnSweep.Api;

/// <summary>Part of a list.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Skip">How many stand before these.</param>
/// <param name="Items">These.</param>
internal sealed record Page<T>(int Total, int Skip, IReadOnlyList<T> Items);

/// <summary>What became of a submission.</summary>
internal sealed record SubmittedModel(string Hash, string Name, bool IsNew, int Cells, int NotApplicable, int Trials, IReadOnlyList<string> Notices);

/// <summary>Where a study stands.</summary>
internal sealed record StudyModel(
    string Hash,
    string Name,
    int Planned,
    int Accepted,
    int Quarantined,
    int Cancelled,
    int Waiting,
    int RunningCount,
    int Faults,
    bool IsPaused,
    bool IsCancelled,
    bool IsSettled,
    int Priority,
    int? MaxRunning,
    string? Device)
{
    /// <summary>The factors that tell its trials apart.</summary>
    public IReadOnlyList<string>? Varying { get; init; }

    /// <summary>
    /// Attempts in training; of more than 400 the first, the others by <c>/trials</c>. <c>RunningCount</c> says how many there are.
    /// </summary>
    public IReadOnlyList<RunningModel>? Running { get; init; }

    /// <summary>How far a study in stages is; absent of any other.</summary>
    public StageModel? Stage { get; init; }

    /// <summary>Its tags; absent where it has none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Notes on it and on its levels; absent in lists, and where it has none.</summary>
    public IReadOnlyList<NoteModel>? Notes { get; init; }

    /// <summary>The searches of a study that tunes; absent in lists and of any other.</summary>
    public IReadOnlyList<SearchModel>? Searches { get; init; }
}

/// <summary>The stage that a study is in.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Words">What it is, for people.</param>
/// <param name="IsLast">Nothing is decided after it.</param>
/// <param name="AwaitsProposals">All of it is trained and somebody outside has to propose: see <c>/ask</c>.</param>
internal sealed record StageModel(int Number, string Words, bool IsLast, bool AwaitsProposals);

/// <summary>How far a search is.</summary>
/// <param name="Search">Its number.</param>
/// <param name="Name">The labels of the levels that have this search of their own.</param>
/// <param name="Proposals">Proposals so far.</param>
/// <param name="Observed">Those with all of their results, as far as stages were decided by them.</param>
/// <param name="Purse">Proposals in all; absent where the purse is one of time.</param>
/// <param name="Chosen">The proposal that was chosen; absent before.</param>
internal sealed record SearchModel(int Search, string Name, int Proposals, int Observed, int? Purse, int? Chosen);

/// <summary>An attempt in training.</summary>
internal sealed record RunningModel(
    string Key, IReadOnlyDictionary<string, string> Labels, long Seed, int Attempt, string Worker, int Step, double Completed, double Total, double? RelativeL2, double? StepsPerSecond);

/// <summary>A trial of a study.</summary>
/// <param name="Key">Its identity.</param>
/// <param name="Labels">What tables call its levels.</param>
/// <param name="Seed">The replicate.</param>
/// <param name="Phase">waiting, running, accepted, quarantined, cancelled.</param>
/// <param name="Attempt">The attempt that runs or gave the result.</param>
/// <param name="Step">Steps taken, or those of the last checkpoint.</param>
/// <param name="RelativeL2">The newest error; absent where it is not known.</param>
/// <param name="Outcome">What science says of a finished trial.</param>
/// <param name="Faults">Attempts that ended by a fault.</param>
internal sealed record TrialModel(
    string Key, IReadOnlyDictionary<string, string> Labels, long Seed, string Phase, int? Attempt, int? Step, double? RelativeL2, string? Outcome, int Faults);

/// <summary>Where one trial stands and why.</summary>
internal sealed record WhyModel(string Key, string Phase, IReadOnlyList<string> Lines);

/// <summary>One trial: what it computes, where it stands, and its curve while it grows.</summary>
internal sealed record TrialDetailModel(string Key, string Phase, string? Description, IReadOnlyList<string> Lines, IReadOnlyList<PointModel> Curve);

/// <summary>A point of a growing curve.</summary>
internal sealed record PointModel(int Attempt, int Step, double Completed, double? RelativeL2);

/// <summary>Some of the registered workers, by name.</summary>
/// <param name="Epoch">Of the coordinator.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Skip">How many stand before these.</param>
/// <param name="Workers">These.</param>
internal sealed record WorkersModel(long Epoch, int Total, int Skip, IReadOnlyList<WorkerModel> Workers);

/// <summary>A registered worker. <c>Paused</c> says why its machine cannot train now and is absent when it can.</summary>
internal sealed record WorkerModel(string Name, string Address, int Cpu, int Gpu, int Running, string Software, bool IsDraining, double SilentSeconds, string? Paused = null);

/// <summary>What was asked for a study or worker is done.</summary>
internal sealed record DoneModel(string Name);

/// <summary>Who answers.</summary>
internal sealed record VersionModel(string Version, string Node, bool HasStore);
