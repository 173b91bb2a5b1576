using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Files;

/// <summary>Where a plan came from: what its author wrote, and what was set over it.</summary>
/// <param name="FileName">What messages call the file.</param>
/// <param name="Text">The study file, letter for letter.</param>
/// <param name="Overrides">The values set over it (<c>--set</c>), in their order.</param>
/// <param name="Files">The files that it names, by path.</param>
public sealed record StudyOrigin(
    string FileName, string Text, ImmutableArray<(string Key, string Value)> Overrides, ImmutableArray<(string Key, string Value)> Files)
{
    private const string OverrideMark = "# --set ";
    private const string FileMark = "# --file ";

    /// <summary>
    /// All of it in one text that travels: the file with overrides and files as comments in front. Stores of the schema before 3 keep this.
    /// </summary>
    public string Packed =>
        string.Concat(Overrides.Select(pair => Mark(OverrideMark, pair))) + string.Concat(Files.Select(pair => Mark(FileMark, pair))) + Text;

    /// <summary>A text with nothing set over it.</summary>
    public static implicit operator StudyOrigin(string text) => new("study.yaml", text, [], []);

    /// <summary>The inverse of <see cref="Packed"/>.</summary>
    /// <exception cref="UserMistakeException">A mark cannot be read.</exception>
    public static StudyOrigin Unpack(string packed, string fileName)
    {
        var lines = packed.Split('\n');
        var sets = Marked(lines, 0, OverrideMark, fileName);
        var files = Marked(lines, sets.Length, FileMark, fileName);
        // Lines are counted as its author sees them.
        return new(fileName, string.Join('\n', lines[(sets.Length + files.Length)..]), sets, files);
    }

    /// <summary>Pairs as a column of a store keeps them; the inverse of <see cref="ReadPairs"/>.</summary>
    public static string WritePairs(ImmutableArray<(string Key, string Value)> pairs) =>
        JsonSerializer.Serialize(pairs.Select(pair => (string[])[pair.Key, pair.Value]));

    /// <summary>Pairs of a column; empty where it says nothing that can be read.</summary>
    public static ImmutableArray<(string Key, string Value)> ReadPairs(string? json)
    {
        try
        {
            return json is null ? [] : [.. JsonSerializer.Deserialize<string[][]>(json)!.Select(pair => (pair[0], pair[1]))];
        }
        catch (Exception unreadable) when (unreadable is JsonException or IndexOutOfRangeException or NullReferenceException)
        {
            return [];
        }
    }

    private static string Mark(string mark, (string Key, string Value) pair) => $"{mark}{JsonSerializer.Serialize((string[])[pair.Key, pair.Value])}\n";

    private static ImmutableArray<(string Key, string Value)> Marked(string[] lines, int from, string mark, string fileName)
    {
        var pairs = ImmutableArray.CreateBuilder<(string Key, string Value)>();
        for (var line = from; line < lines.Length && lines[line].StartsWith(mark, StringComparison.Ordinal); line++)
        {
            pairs.Add(Pair(lines[line][mark.Length..]) ?? throw new UserMistakeException($"{fileName}:{line + 1}: expected {mark}[\"NAME\", \"TEXT\"], two texts in JSON"));
        }

        return pairs.ToImmutable();
    }

    private static (string Key, string Value)? Pair(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<string?[]>(json) is [{ } key, { } value] ? (key, value) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
