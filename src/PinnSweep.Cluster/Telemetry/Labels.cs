namespace PinnSweep.Cluster.Telemetry;

/// <summary>
/// What measurements are told apart by. Each takes few values: kinds and states are words of the program, and of studies and workers only
/// so many get a name of their own (<see cref="LabelCap"/>). Never a trial, which only logs and traces name.
/// </summary>
internal static class Labels
{
    /// <summary>The name of a study.</summary>
    public const string Study = "study";

    /// <summary>The name of a worker.</summary>
    public const string Worker = "worker";

    /// <summary>Where something stands.</summary>
    public const string State = "state";

    /// <summary><c>cpu</c>, <c>gpu</c>, or <c>any</c>.</summary>
    public const string Device = "device";

    /// <summary>The kind of a fault.</summary>
    public const string Fault = "fault";

    /// <summary>What became of a training.</summary>
    public const string Outcome = "outcome";

    /// <summary><c>store</c> or <c>fetch</c>.</summary>
    public const string Direction = "direction";

    /// <summary>The number of a GPU on its machine.</summary>
    public const string Gpu = "gpu";

    /// <summary>The form of a report.</summary>
    public const string Format = "format";

    /// <summary>The names of studies. Those of settled studies take none of its places after a restart.</summary>
    public static LabelCap Studies { get; } = new(50);

    /// <summary>The names of workers.</summary>
    public static LabelCap Workers { get; } = new(200);

    /// <summary>A label with its value.</summary>
    public static KeyValuePair<string, object?> With(string label, string value) => new(label, value);

    /// <summary>A word of the program as a label: <c>OutOfMemory</c> is <c>out-of-memory</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => Words<T>.Of(value);

    private static class Words<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<T, string> All = Enum.GetValues<T>().ToDictionary(
            value => value,
            value => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

        public static string Of(T value) => All[value];
    }
}
