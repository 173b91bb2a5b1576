using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks.Logs;

/// <summary>One line of a log file.</summary>
/// <param name="Name">The event's.</param>
/// <param name="At">When it was told.</param>
/// <param name="Properties">The whole line.</param>
internal sealed record LoggedEvent(string Name, DateTimeOffset At, JsonElement Properties)
{
    /// <summary>All events of the log files of a folder, in the order of their times.</summary>
    /// <exception cref="UserMistakeException">There are no log files.</exception>
    public static ImmutableArray<LoggedEvent> Read(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.jsonl") : [];
        return files.Length == 0
            ? throw new UserMistakeException($"--logs {folder}: no log files there; pinnsweep run writes them to logs/ beside the store")
            : [.. files.SelectMany(File.ReadLines).Select(Parse).OrderBy(told => told.At)];
    }

    /// <summary>A property as a number; NaN where it is none.</summary>
    public double Number(string name) =>
        Properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    /// <summary>A property as text; empty where it is none.</summary>
    public string Text(string name) =>
        Properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static LoggedEvent Parse(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        var name = json.TryGetProperty("EventId", out var id) && id.TryGetProperty(nameof(Name), out var word) ? word.GetString() : null;
        return new(name ?? "", json.GetProperty("@t").GetDateTimeOffset(), json);
    }
}
