using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Scales;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>The chosen units of a problem as its definition holds them; a definition without them is a problem as it is stated.</summary>
internal static class UnitsDefinition
{
    /// <summary>The key in the definition; absent where nothing was chosen.</summary>
    public const string Key = "units";

    private const string Offset = "offset";
    private const string Size = "size";

    /// <summary>What stands there.</summary>
    public static SpecValue.Map Canonical(ChosenUnits units) => new(new[]
    {
        (Name: "coordinates", Map: Map(units.Coordinates)),
        (Name: "outputs", Map: Map(units.Outputs)),
        (Name: "coefficients", Map: Map(units.Coefficients)),
        (Name: "multipliers", Map: Map(units.Multipliers)),
        (Name: "terms", Map: Map(units.Terms)),
    }.Where(group => !group.Map.Entries.IsEmpty).ToImmutableSortedDictionary(group => group.Name, group => (SpecValue)group.Map, StringComparer.Ordinal));

    /// <summary>The inverse, from a whole definition.</summary>
    public static ChosenUnits Of(SpecValue.Map definition) => definition.Entries.GetValueOrDefault(Key) is SpecValue.Map units
        ? new(Units(units, "coordinates"), Units(units, "outputs"), Sizes(units, "coefficients"), Sizes(units, "multipliers"), Sizes(units, "terms"))
        : ChosenUnits.None;

    private static SpecValue.Map Map(ImmutableSortedDictionary<string, Unit> units) => new(units.ToImmutableSortedDictionary(
        pair => pair.Key,
        pair => (SpecValue)new SpecValue.Map(SpecValue.Map.Empty.Entries.Add(Offset, new SpecValue.Number(pair.Value.Offset)).Add(Size, new SpecValue.Number(pair.Value.Size))),
        StringComparer.Ordinal));

    private static SpecValue.Map Map(ImmutableSortedDictionary<string, double> sizes) =>
        new(sizes.ToImmutableSortedDictionary(pair => pair.Key, pair => (SpecValue)new SpecValue.Number(pair.Value), StringComparer.Ordinal));

    private static ImmutableSortedDictionary<string, Unit> Units(SpecValue.Map units, string group) => (units.OptionalMap(group) ?? SpecValue.Map.Empty).Entries
        .ToImmutableSortedDictionary(pair => pair.Key, pair => (SpecValue.Map)pair.Value is var unit ? new Unit(unit.Number(Offset), unit.Number(Size)) : default, StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, double> Sizes(SpecValue.Map units, string group) => (units.OptionalMap(group) ?? SpecValue.Map.Empty).Entries
        .ToImmutableSortedDictionary(pair => pair.Key, pair => ((SpecValue.Number)pair.Value).Value, StringComparer.Ordinal);
}
