using System.Text.Json;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Api;

/// <summary>Some trials of a study.</summary>
/// <param name="Total">How many there are that were asked for.</param>
/// <param name="Skip">How many stand before these.</param>
/// <param name="Items">These.</param>
internal sealed record TrialsModel(int Total, int Skip, IReadOnlyList<TrialModel> Items)
{
    /// <summary>The study's name.</summary>
    public string Study { get; init; } = "";

    /// <summary>Its hash.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The factors that tell its trials apart.</summary>
    public IReadOnlyList<string> Varying { get; init; } = [];
}

/// <summary>One trial: what it computes, where it stands, how it got there, and what came out.</summary>
/// <param name="Key">Its identity.</param>
/// <param name="Phase">waiting, running, accepted, quarantined, cancelled.</param>
/// <param name="Description">The canonical text whose SHA-256 is the key.</param>
/// <param name="Lines">Where it stands, in sentences.</param>
/// <param name="Curve">Its curve while it grows; <c>/curve</c> has that of a finished one too.</param>
internal sealed record TrialDetailModel(string Key, string Phase, string? Description, IReadOnlyList<string> Lines, IReadOnlyList<PointModel> Curve)
{
    /// <summary>The description as an object; absent where it cannot be read.</summary>
    public TrialDescriptionModel? Parameters { get; init; }

    /// <summary>The studies that have it, the newest first.</summary>
    public IReadOnlyList<TrialPlaceModel> Studies { get; init; } = [];

    /// <summary>What came out; absent of a trial without a result.</summary>
    public TrialResultModel? Result { get; init; }

    /// <summary>Its attempts, in order.</summary>
    public IReadOnlyList<AttemptModel> Attempts { get; init; } = [];

    /// <summary>What its record shows of known trouble.</summary>
    public IReadOnlyList<SymptomModel> Symptoms { get; init; } = [];

    /// <summary>The command line that trains it again.</summary>
    public string Command { get; init; } = "";
}

/// <summary>Everything that determines what a trial computes.</summary>
/// <param name="Levels">A level of each factor.</param>
/// <param name="Seed">The replicate.</param>
/// <param name="Steps">The budget in optimizer steps; absent where it is one of time.</param>
/// <param name="Seconds">The budget in seconds of training; absent where it is one of steps.</param>
/// <param name="EvaluateEvery">Steps between evaluations.</param>
/// <param name="ConvergedBelow">The error below which it counts as converged.</param>
/// <param name="StopWhen">The rules that may end it earlier; absent where there are none.</param>
internal sealed record TrialDescriptionModel(
    IReadOnlyDictionary<string, LevelModel> Levels, long Seed, int? Steps, double? Seconds, int EvaluateEvery, double ConvergedBelow, JsonElement? StopWhen);

/// <summary>A level of a factor.</summary>
/// <param name="Kind">The kind of the catalog.</param>
/// <param name="Parameters">Every parameter by name, defaults filled in.</param>
internal sealed record LevelModel(string Kind, IReadOnlyDictionary<string, JsonElement> Parameters);

/// <summary>Where a study has a trial.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Position">The trial's place in its plan, from 0.</param>
/// <param name="Labels">What its tables call the levels.</param>
/// <param name="Varying">The factors that tell its trials apart.</param>
internal sealed record TrialPlaceModel(string Study, string Hash, int Position, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Varying);

/// <summary>What came out of a trial.</summary>
/// <param name="Outcome">converged, stalled, trivial, diverged.</param>
/// <param name="Attempt">The attempt that gave it.</param>
/// <param name="Worker">Who trained it; absent where nothing tells.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Steps">Optimizer steps taken.</param>
/// <param name="Seconds">Training time over all attempts, evaluations excluded.</param>
/// <param name="StepsPerSecond">Steps a second of it.</param>
/// <param name="ParameterCount">Parameters of the network and of the method.</param>
/// <param name="Errors">The measures at the end.</param>
/// <param name="SettledOn">The field that solves nothing that it settled on; absent where it did on none.</param>
/// <param name="StoppedBy">The rule that ended it before its budget; absent where none did.</param>
/// <param name="Evidence">Where the number comes from.</param>
internal sealed record TrialResultModel(
    string Outcome,
    int Attempt,
    string? Worker,
    DateTimeOffset? AcceptedAt,
    int Steps,
    double Seconds,
    double? StepsPerSecond,
    int ParameterCount,
    IReadOnlyList<ErrorModel> Errors,
    string? SettledOn,
    string? StoppedBy,
    EvidenceModel Evidence);

/// <summary>A measure at the end of a training.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Value">Its value; absent where it is not finite.</param>
/// <param name="Floor">The error of the reference, below which nothing is told; absent where it is not known.</param>
/// <param name="Trivial">The smallest error of a field that solves nothing; absent where none was measured.</param>
/// <param name="TrivialName">The name of that field.</param>
internal sealed record ErrorModel(string Metric, double? Value, double? Floor, double? Trivial, string? TrivialName);

/// <summary>What a reader needs to get the same number again.</summary>
internal sealed record EvidenceModel(string Commit, string Engine, string Machine, DateTimeOffset Started, DateTimeOffset Finished, IReadOnlyDictionary<string, string> Versions)
{
    /// <summary>The card that it was trained on; absent for processors and where nothing tells.</summary>
    public TrialDevice? Device { get; init; }

    /// <summary>Trials that the trainer had room for; absent where nothing tells.</summary>
    public int? Lanes { get; init; }

    /// <summary>How many others the trainer had beside it, at the most at a time; absent where nothing tells.</summary>
    public int? Beside { get; init; }

    /// <summary>The same in words; null where it trained alone, or nothing tells.</summary>
    internal string? Company => Lanes is > 1 ? FormattableString.Invariant($"beside up to {Beside ?? 0} others in a trainer of {Lanes} lanes") : null;

    /// <summary>The evidence of a result.</summary>
    internal static EvidenceModel Of(Evidence evidence) =>
        new(evidence.Commit, evidence.Engine, evidence.Machine, evidence.Started, evidence.Finished, evidence.Versions)
        {
            Device = evidence.Device,
            Lanes = evidence.Lanes,
            Beside = evidence.Beside,
        };
}

/// <summary>One attempt of a trial.</summary>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="Worker">Who had it; absent where nothing tells.</param>
/// <param name="StartedAt">When it was granted; absent where nothing tells.</param>
/// <param name="EndedAt">When its end was heard; absent while it runs.</param>
/// <param name="Ending">accepted, result-lost, faulted, released, cancelled, superseded, unknown; absent while it runs.</param>
/// <param name="Reason">Why it was given back, or why its result is lost.</param>
/// <param name="Fault">The fault it ended by.</param>
internal sealed record AttemptModel(int Attempt, string? Worker, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Ending, string? Reason, FaultModel? Fault);

/// <summary>A fault of an attempt.</summary>
/// <param name="Kind">crash, out-of-memory, lost-worker, timeout, error.</param>
/// <param name="Message">One line for people.</param>
/// <param name="Detail">Exit code and last lines of the trainer's log; empty where nothing is known.</param>
internal sealed record FaultModel(string Kind, string Message, string Detail);

/// <summary>A known sign of trouble.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Term">The loss term it concerns; empty where it concerns the whole trial.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Evidence">The numbers.</param>
/// <param name="Advice">Which factor to vary next.</param>
internal sealed record SymptomModel(string Rule, string Term, string Finding, string Evidence, string Advice);
