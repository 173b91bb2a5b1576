using System.CommandLine;

namespace PinnSweep.Commands;

/// <summary>Options that several verbs share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    private const string DefaultStore = "pinnsweep.db";

    public static Option<string?> Store() => new("--store")
    {
        Description = $"The store: an SQLite file, or postgresql://user@host/database with the password in PGPASSWORD. Default: $PINNSWEEP_STORE, else ./{DefaultStore}",
        HelpName = "PLACE",
    };

    public static string StoreOf(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option)
        ?? (Environment.GetEnvironmentVariable("PINNSWEEP_STORE") is { Length: > 0 } named ? named : DefaultStore);

    public static Option<bool> Json(string description) => new("--json") { Description = description };

    public static Option<string?> Seq() => new("--seq")
    {
        Description = "Send the log to a Seq server too, for instance http://localhost:5341. Default: $PINNSWEEP_SEQ_URL, else off; its API key is $PINNSWEEP_SEQ_API_KEY",
        HelpName = "URL",
    };

    public static string? SeqOf(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option)
        ?? (Environment.GetEnvironmentVariable("PINNSWEEP_SEQ_URL") is { Length: > 0 } named ? named : null);

    public static Option<string?> Otlp() => new("--otlp")
    {
        Description = "Send metrics and traces to an OpenTelemetry collector, for instance http://localhost:4317. Default: $OTEL_EXPORTER_OTLP_ENDPOINT, else off; the other variables of the standard count too",
        HelpName = "URL",
    };

    public static Option<string?> Out(string description) => new("--out") { Description = description, HelpName = "DIR" };
}
