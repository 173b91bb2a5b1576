using System.Collections.Immutable;

namespace PinnSweep.Studies.Values;

/// <summary>One value of a factor: a kind of the catalog and all its parameters, defaults filled in.</summary>
/// <param name="Kind">The catalog's name, for instance <c>relobralo</c>.</param>
/// <param name="Parameters">Every parameter of the kind by name.</param>
public sealed record Level(string Kind, SpecValue.Map Parameters)
{
    /// <summary>A level without parameters.</summary>
    public static Level Of(string kind) => new(kind, SpecValue.Map.Empty);

    /// <summary>The same level with one parameter set.</summary>
    public Level With(string name, SpecValue value) => this with { Parameters = new(Parameters.Entries.SetItem(name, value)) };

    /// <summary>The level as a map: its parameters and <c>kind</c>.</summary>
    public SpecValue.Map ToMap() => new(Parameters.Entries.SetItem("kind", new SpecValue.Text(Kind)));

    /// <summary>The inverse of <see cref="ToMap"/>.</summary>
    public static Level FromMap(SpecValue.Map map) => new(map.Text("kind"), new(map.Entries.Remove("kind")));

    /// <inheritdoc/>
    public override string ToString() => ToMap().Canonical();
}

/// <summary>Typed reading of maps whose types the catalog has checked before.</summary>
public static class SpecMapReading
{
    /// <summary>The entry as a number.</summary>
    public static double Number(this SpecValue.Map map, string name) => ((SpecValue.Number)map.Required(name)).Value;

    /// <summary>The entry as a whole number.</summary>
    public static int Integer(this SpecValue.Map map, string name) => checked((int)((SpecValue.Number)map.Required(name)).Value);

    /// <summary>The entry as true or false.</summary>
    public static bool Flag(this SpecValue.Map map, string name) => ((SpecValue.Flag)map.Required(name)).Value;

    /// <summary>The entry as text.</summary>
    public static string Text(this SpecValue.Map map, string name) => ((SpecValue.Text)map.Required(name)).Value;

    /// <summary>The entry as a map, or null where it is absent or <c>null</c>.</summary>
    public static SpecValue.Map? OptionalMap(this SpecValue.Map map, string name) => map.Entries.GetValueOrDefault(name) as SpecValue.Map;

    /// <summary>The entry as a number, or null where it is absent or <c>null</c>.</summary>
    public static double? OptionalNumber(this SpecValue.Map map, string name) => (map.Entries.GetValueOrDefault(name) as SpecValue.Number)?.Value;

    /// <summary>The entry as a list of whole numbers.</summary>
    public static ImmutableArray<int> Integers(this SpecValue.Map map, string name) =>
        [.. ((SpecValue.List)map.Required(name)).Items.Select(item => checked((int)((SpecValue.Number)item).Value))];

    /// <summary>The entry as a map of numbers; empty where it is absent or <c>null</c>.</summary>
    public static ImmutableSortedDictionary<string, double> Numbers(this SpecValue.Map map, string name) =>
        (map.OptionalMap(name) ?? SpecValue.Map.Empty).Entries
            .ToImmutableSortedDictionary(e => e.Key, e => ((SpecValue.Number)e.Value).Value, StringComparer.Ordinal);

    private static SpecValue Required(this SpecValue.Map map, string name) =>
        map.Entries.TryGetValue(name, out var value)
            ? value
            : throw new KeyNotFoundException($"parameter '{name}' is missing; present: {string.Join(", ", map.Entries.Keys)}");
}
