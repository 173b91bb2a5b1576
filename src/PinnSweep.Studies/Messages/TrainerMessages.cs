using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Messages;

/// <summary>
/// What a worker and its trainer process say to each other: one JSON object a line on the trainer's standard input and output.
/// The trainer ends when its standard input closes. Checkpoints and results are files whose path, length and SHA-256 are told.
/// </summary>
public static class TrainerProtocol
{
    /// <summary>The variable by which a trainer is told the process that it must not outlive.</summary>
    public const string ParentVariable = "PINNSWEEP_PARENT";

    /// <summary>Options of both directions: camelCase names, named floating-point literals, enums as words.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = JsonTypeInfoResolver.Combine(TrainerJson.Default, new DefaultJsonTypeInfoResolver()),
    };

    /// <summary>What a worker tells its trainer.</summary>
    [JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
    [JsonDerivedType(typeof(Train), "train")]
    [JsonDerivedType(typeof(Stop), "stop")]
    public abstract record Command
    {
        /// <summary>The lane of a trainer that trains several trials at once; 0 where it trains one.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Lane { get; init; }
    }

    /// <summary>Train a trial; allowed when the trainer is ready and trains nothing else in that lane.</summary>
    /// <param name="Description">The canonical description.</param>
    /// <param name="Attempt">The attempt, told back in every event.</param>
    /// <param name="Folder">A folder of this attempt's own for checkpoints and the result.</param>
    /// <param name="ResumeFrom">A checkpoint file to go on from, or null.</param>
    /// <param name="CheckpointSeconds">Time between checkpoints.</param>
    /// <param name="ProgressSeconds">Time between progress events.</param>
    /// <param name="Engine"><c>auto</c>, <c>fused</c> or <c>torch</c>.</param>
    public sealed record Train(
        string Description,
        int Attempt,
        string Folder,
        string? ResumeFrom,
        double CheckpointSeconds,
        double ProgressSeconds,
        string Engine) : Command
    {
        /// <summary>Tell a checkpoint of the end too, before the result: the same training may go on with more steps.</summary>
        public bool KeepsFinal { get; init; }

        /// <summary>
        /// Write the state at the end of the budget into a file, and tell it with the result: the same training may go on with more steps one
        /// day. Where a training cannot (<see cref="KeepsFinal"/> is of trainings that do at once) there is none.
        /// </summary>
        public bool KeepsEnd { get; init; }

        /// <summary>Where the checkpoint comes from if it is the end of a trial with fewer steps; goes into the evidence.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Continuation? Continued { get; init; }

        /// <summary>Write the trained network into a file too, and tell it with the result.</summary>
        public bool KeepsNetwork { get; init; }

        /// <summary>
        /// The W3C traceparent that the attempt's training has; null where nobody records. A trainer that has one tells its parts
        /// (<see cref="Part"/>), and its owner records them: a trainer exports nothing.
        /// </summary>
        public string? TraceParent { get; init; }
    }

    /// <summary>Write a checkpoint of what the lane trains, tell it, and say <see cref="Stopped"/>; the process stays ready.</summary>
    public sealed record Stop : Command;

    /// <summary>What a trainer tells its worker.</summary>
    [JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
    [JsonDerivedType(typeof(Ready), "ready")]
    [JsonDerivedType(typeof(Progress), "progress")]
    [JsonDerivedType(typeof(Checkpointed), "checkpointed")]
    [JsonDerivedType(typeof(Finished), "finished")]
    [JsonDerivedType(typeof(Stopped), "stopped")]
    [JsonDerivedType(typeof(Failed), "failed")]
    [JsonDerivedType(typeof(Note), "note")]
    [JsonDerivedType(typeof(Part), "part")]
    public abstract record Event
    {
        /// <summary>The lane that it is about, as in the command that began it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Lane { get; init; }
    }

    /// <summary>The process is up and idle.</summary>
    public sealed record Ready(int ProcessId, string Engine, string Version) : Event;

    /// <summary>Where the training stands. <see cref="Total"/> is steps or seconds, as the budget is.</summary>
    public sealed record Progress(int Attempt, int Step, double Done, double Total, double Loss, double RelativeL2, double StepsPerSecond) : Event
    {
        /// <summary>The line that tells where an attempt stands.</summary>
        public static Progress Of(int attempt, AttemptProgress now) =>
            new(attempt, now.Step, now.Completed, now.Total, now.Loss, now.RelativeL2, now.StepsPerSecond);

        /// <summary>What it tells.</summary>
        public AttemptProgress Told() => new(Step, Done, Total, Loss, RelativeL2, StepsPerSecond);
    }

    /// <summary>A checkpoint file is complete.</summary>
    public sealed record Checkpointed(int Attempt, int Step, string Path, string Sha256, long Bytes) : Event;

    /// <summary>The result file (JSON of <see cref="TrialResult"/>) is complete.</summary>
    public sealed record Finished(int Attempt, string Path, string Sha256, long Bytes, Outcome Outcome, int Steps, double RelativeL2, double Seconds) : Event
    {
        /// <summary>The trained network, complete before the result is told; null where none is kept.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public KeptFile? Network { get; init; }

        /// <summary>The state at the end of the budget, complete before the result is told; null where none is kept.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public KeptFile? End { get; init; }
    }

    /// <summary>A file beside the result.</summary>
    public sealed record KeptFile(string Path, string Sha256, long Bytes);

    /// <summary>Stopped on command; the last checkpoint told is where it stands.</summary>
    public sealed record Stopped(int Attempt, int Step) : Event;

    /// <summary>The attempt ended by a fault of program or machine; <see cref="Kind"/> tells which.</summary>
    public sealed record Failed(int Attempt, string Kind, string Message) : Event
    {
        /// <summary>Program or trial.</summary>
        public const string Error = "error";

        /// <summary>The trial needs more memory than there is.</summary>
        public const string OutOfMemory = "out-of-memory";

        /// <summary>The attempt's folder cannot be used: no fault of the trial.</summary>
        public const string Disk = "disk";

        /// <summary>A library is missing or does not fit: no fault of the trial.</summary>
        public const string Library = "library";

        /// <summary>The device or its driver failed, and this process cannot use it any more: no fault of the trial.</summary>
        public const string Device = "device";
    }

    /// <summary>A part of a training that is traced, and how long it took.</summary>
    public sealed record Part(int Attempt, string Name, DateTimeOffset From, DateTimeOffset To) : Event;

    /// <summary>A line for the log: <see cref="Level"/> is <c>information</c> or <c>warning</c>.</summary>
    public sealed record Note(string Level, string Message) : Event;
}
