using System.Collections.Immutable;
using System.Text.Json;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// What a worker found out of how many trials its devices bear, in a file of its own in the work folder. Not in the store: it is about this
/// machine's devices and drivers, a worker may have no store of its own, and a file that is lost costs a few minutes of finding it anew.
/// </summary>
/// <param name="path">The file; null remembers nothing.</param>
internal sealed class LaneMemory(string? path)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>What was remembered; nothing where there is no file, or none that can be read.</summary>
    public ImmutableDictionary<ShapeOnHardware, ShapeLimit> Load()
    {
        try
        {
            return path is null || !File.Exists(path)
                ? ImmutableDictionary<ShapeOnHardware, ShapeLimit>.Empty
                : (JsonSerializer.Deserialize<Entry[]>(File.ReadAllBytes(path), Json) ?? [])
                    .Where(entry => entry is { Hardware: not null, Shape: not null, Lanes: > 0 })
                    .DistinctBy(entry => new ShapeOnHardware(entry.Hardware, entry.Shape))
                    .ToImmutableDictionary(
                        entry => new ShapeOnHardware(entry.Hardware, entry.Shape),
                        entry => new ShapeLimit(entry.Lanes, true, entry.Words ?? "", entry.Why ?? ""));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return ImmutableDictionary<ShapeOnHardware, ShapeLimit>.Empty;
        }
    }

    /// <summary>Remembers what was found; what is still being tried is not.</summary>
    public void Save(IReadOnlyDictionary<ShapeOnHardware, ShapeLimit> limits)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            Entry[] entries =
            [
                .. limits.Where(limit => limit.Value.IsSettled)
                    .Select(limit => new Entry(limit.Key.Hardware, limit.Key.Shape, limit.Value.Words, limit.Value.Lanes, limit.Value.Why))
                    .OrderBy(entry => entry.Hardware, StringComparer.Ordinal).ThenBy(entry => entry.Shape, StringComparer.Ordinal)
            ];
            var unfinished = $"{path}.new";
            File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(entries, Json));
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // It is found again; a full disk is told by whoever needs it for trials.
        }
    }

    private sealed record Entry(string Hardware, string Shape, string? Words, int Lanes, string? Why);
}
