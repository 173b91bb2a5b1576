using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Tables;

/// <summary>
/// Parameters of levels as people read them: numbers and lists shortened, the exact values being in the files for programs.
/// </summary>
internal static class LevelWords
{
    private const int LongList = 8;
    private const int Beginning = 3;

    /// <summary>Every parameter as <c>name: value</c>, and whether it is to be marked.</summary>
    public static IEnumerable<(string Words, bool IsMarked)> Of(ReportLevel level) =>
        level.Parameters.Entries.Select(entry => ($"{entry.Key.Replace('_', ' ')}: {Value(entry.Value)}", level.IsMarked(entry.Key)));

    /// <summary>A level in one line: label, kind where the label is not it, parameters.</summary>
    /// <param name="level">The level.</param>
    /// <param name="isWhole">
    /// Whether defaults are written too, with a star after other values. Where the defaults are unknown, all values are written without
    /// stars.
    /// </param>
    public static string Line(ReportLevel level, bool isWhole)
    {
        // What a problem file says is too long for a line; the table of levels has it.
        var told = level.Parameters.Entries.Where(entry => !IsDefinition(entry.Value) && (isWhole || level.NotDefault is null || level.IsMarked(entry.Key)))
            .Select(entry => $"{entry.Key.Replace('_', ' ')}: {Value(entry.Value)}{(isWhole && level.IsMarked(entry.Key) ? "*" : "")}");
        var parameters = string.Join(", ", told) is { Length: > 0 } text ? $" ({text})" : "";
        return level.Label == level.Kind || level.Label.StartsWith($"{level.Kind} (", StringComparison.Ordinal) ? $"{level.Kind}{parameters}" : $"{level.Label}: {level.Kind}{parameters}";
    }

    private static string Value(SpecValue value) => value switch
    {
        SpecValue.Number number => ShortNumber.Of(number.Value),
        SpecValue.Text text => text.Value,
        SpecValue.None => "none",
        SpecValue.List { Items: { Length: > LongList } items } => string.Create(
            CultureInfo.InvariantCulture, $"[{string.Join(", ", items.Take(Beginning).Select(Value))}, …, {Value(items[^1])}] ({items.Length} values)"),
        SpecValue.List list => $"[{string.Join(", ", list.Items.Select(Value))}]",
        SpecValue.Map map when IsDefinition(map) => string.Join("; ", Terms(map, "equations").Concat(Terms(map, "conditions"))),
        SpecValue.Map map when map.Entries.GetValueOrDefault("kind") is SpecValue.Text { Value: var kind } => map.Entries.Count == 1 ? kind : $"{kind} {Braced(map.Entries.Remove("kind"))}",
        SpecValue.Map map => Braced(map.Entries),
        _ => value.Canonical(),
    };

    private static string Braced(ImmutableSortedDictionary<string, SpecValue> entries) => $"{{{string.Join(", ", entries.Select(entry => $"{entry.Key}: {Value(entry.Value)}"))}}}";

    // The content of a problem file, of which tables show the equations and conditions.
    private static bool IsDefinition(SpecValue value) => value is SpecValue.Map map && map.Entries.GetValueOrDefault("equations") is SpecValue.List;

    private static IEnumerable<string> Terms(SpecValue.Map definition, string part) => (definition.Entries.GetValueOrDefault(part) as SpecValue.List)?.Items.OfType<SpecValue.Map>()
        .Select(term => string.Join(": ", new[] { "name", "expression" }.Select(key => term.Entries.GetValueOrDefault(key)).OfType<SpecValue.Text>().Select(text => text.Value))) ?? [];
}
