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

    /// <summary>Trials that began where others with fewer steps had ended; absent where none did, and where only a store is asked.</summary>
    public int? Continued { get; init; }

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
    string Key, IReadOnlyDictionary<string, string> Labels, long Seed, string Phase, int? Attempt, int? Step, double? RelativeL2, string? Outcome, int Faults)
{
    /// <summary>Its place in the plan, from 0.</summary>
    public int Position { get; init; }

    /// <summary>Who trains it or trained it last; absent where nobody did, or it is not known.</summary>
    public string? Worker { get; init; }

    /// <summary>Training time of the result, in seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>When the result was accepted.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The part of its budget that is used, from 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>Of the running attempt.</summary>
    public double? StepsPerSecond { get; init; }
}

/// <summary>The matrix of a study: how far each cell is and what its errors are so far.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Rows">The factor of the rows.</param>
/// <param name="Columns">The factor of the columns.</param>
/// <param name="Searched">Trials of searches, which are in no cell.</param>
/// <param name="Cells">The cells, block by block and row by row.</param>
internal sealed record CellsModel(string Study, string Hash, string Rows, string Columns, int Searched, IReadOnlyList<CellModel> Cells);

/// <summary>A cell: trials of one combination of levels. Nothing here ranks cells; the report does, where its tests may.</summary>
/// <param name="Number">Its number, as in <c>trials?cell=</c>.</param>
/// <param name="Block">The levels of the factors on neither axis; empty where there is one block.</param>
/// <param name="Row">The label of its row.</param>
/// <param name="Column">The label of its column.</param>
/// <param name="Planned">Its trials.</param>
/// <param name="Done">Those with a result.</param>
/// <param name="Running">Those in training.</param>
/// <param name="Quarantined">Those given up after repeated faults.</param>
/// <param name="Outcomes">How many finished trials ended how.</param>
/// <param name="N">Finite errors of finished trials: what the mean is of.</param>
/// <param name="GeometricMean">Of their relative L2 errors; absent without one.</param>
/// <param name="Low">The lower end of its 95 % interval (Student's t on the logarithms); absent below two errors.</param>
/// <param name="High">The upper end.</param>
/// <param name="NotApplicable">Why the cell is not trained; absent where it is.</param>
internal sealed record CellModel(
    int Number,
    string Block,
    string Row,
    string Column,
    int Planned,
    int Done,
    int Running,
    int Quarantined,
    OutcomesModel Outcomes,
    int N,
    double? GeometricMean,
    double? Low,
    double? High,
    string? NotApplicable);

/// <summary>How finished trials ended.</summary>
internal sealed record OutcomesModel(int Converged, int Stalled, int Trivial, int Diverged);

/// <summary>Curves of the cells of a column, each as the median over seeds and a band around it.</summary>
/// <param name="X">What abscissae are: steps or seconds.</param>
/// <param name="Metric">The study's metric: what ordinates are.</param>
/// <param name="Band">What the band shows.</param>
/// <param name="Curves">A curve a cell, those without a point left out.</param>
internal sealed record CellCurvesModel(string X, string Metric, string Band, IReadOnlyList<CellCurveModel> Curves);

/// <summary>The curve of a cell.</summary>
/// <param name="Cell">Its number.</param>
/// <param name="Name">Its row.</param>
/// <param name="Seeds">Curves that went in, those of running trials too where abscissae are steps.</param>
/// <param name="At">Abscissae.</param>
/// <param name="Median">Median over seeds.</param>
/// <param name="Low">Lower edge of the band.</param>
/// <param name="High">Upper edge of the band.</param>
internal sealed record CellCurveModel(
    int Cell, string Name, int Seeds, IReadOnlyList<double> At, IReadOnlyList<double> Median, IReadOnlyList<double> Low, IReadOnlyList<double> High);

/// <summary>The figures of a study as it stands.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">The time that they are of.</param>
/// <param name="Finished">Trials with a result by then.</param>
/// <param name="Planned">Trials of the study.</param>
/// <param name="Figures">The figures, each a file <c>/figures/NAME.svg</c>; none before the first result.</param>
internal sealed record FiguresModel(string Study, string Hash, DateTimeOffset At, int Finished, int Planned, IReadOnlyList<FigureEntryModel> Figures);

/// <summary>A figure.</summary>
/// <param name="Name">In its address.</param>
/// <param name="Title">What is drawn.</param>
/// <param name="Caption">What is drawn and how to read it.</param>
internal sealed record FigureEntryModel(string Name, string Title, string Caption);

/// <summary>Where one trial stands and why.</summary>
internal sealed record WhyModel(string Key, string Phase, IReadOnlyList<string> Lines);

/// <summary>Where a study stands and what it waits for.</summary>
/// <param name="Study">Its name.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="State">settled, running, waiting, paused, cancelled, deciding, awaits proposals.</param>
/// <param name="Lines">Sentences, the most important first.</param>
internal sealed record WhyStudyModel(string Study, string Hash, string State, IReadOnlyList<string> Lines);

/// <summary>A point of a growing curve.</summary>
internal sealed record PointModel(int Attempt, int Step, double Completed, double? RelativeL2);

/// <summary>What was asked for a study or worker is done.</summary>
internal sealed record DoneModel(string Name);

/// <summary>Who answers.</summary>
internal sealed record VersionModel(string Version, string Node, bool HasStore);
