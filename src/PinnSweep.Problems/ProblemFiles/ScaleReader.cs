using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Scales;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads <c>scale</c>: <c>auto</c>, <c>none</c>, or sizes by name, with an offset where one is wanted; names without one stay automatic.
/// </summary>
internal sealed class ScaleReader(FileScope scope)
{
    private const string Key = "scale";
    private const string Expected = "expected auto, none, or a map from coordinates, outputs and coefficients to their sizes, for instance {x: 1e-9, t: {size: 3600, offset: 1.7e9}}";

    /// <summary>What the file says.</summary>
    /// <param name="file">The file.</param>
    /// <param name="plane">The coordinates in which circles and normals have to stay what they are; null in a box.</param>
    public GivenUnits Read(SourceNode.Map file, (int X, int Y)? plane)
    {
        var given = Read(file);
        double? SizeOf(string name) => given.Units.TryGetValue(name, out var unit) ? unit.Size : null;
        if (plane is var (x, y) && scope.Symbols.Coordinates is var names && SizeOf(names[x]) != SizeOf(names[y]))
        {
            scope.Mistakes.Add(file.Find(Key)!.Value.Place, Key, $"{names[x]} and {names[y]} need the same size, or the circles of holes would be ellipses");
        }

        return given;
    }

    private GivenUnits Read(SourceNode.Map file) => file.Find(Key) switch
    {
        null or { Value: SourceNode.Scalar { IsNull: true } } or { Value: SourceNode.Scalar { Text: "auto" } } => GivenUnits.Auto,
        { Value: SourceNode.Scalar { Text: "none" } } => GivenUnits.Auto with { IsNone = true },
        { Value: SourceNode.Map map } => GivenUnits.Auto with { Units = Units(map) },
        var other => Refused(other.Value),
    };

    private GivenUnits Refused(SourceNode found)
    {
        scope.Mistakes.Add(found.Place, Key, $"{Expected}; found {found.Words}");
        return GivenUnits.Auto;
    }

    private ImmutableDictionary<string, Unit> Units(SourceNode.Map map)
    {
        var units = GivenUnits.Auto.Units;
        string[] names = [.. scope.Symbols.Coordinates, .. scope.Symbols.Outputs, .. scope.Symbols.Coefficients];
        foreach (var entry in map.Entries)
        {
            if (!names.Contains(entry.Key))
            {
                scope.Mistakes.Add(entry.Place, Key, $"{NearestMatch.Quote(entry.Key)} is no coordinate, output or coefficient; the size of a term stands beside it (scale: 10){NearestMatch.Hint(entry.Key, names)}");
            }
            else if (UnitOf(entry, $"{Key}.{entry.Key}") is { } unit)
            {
                units = units.SetItem(entry.Key, unit);
            }
        }

        return units;
    }

    private Unit? UnitOf(SourceEntry entry, string key)
    {
        if (entry.Value is not SourceNode.Map)
        {
            return Size(entry.Value, entry.Place, key) is { } size ? new Unit(0, size) : null;
        }

        if (scope.MapOf(entry.Value, key, "size", "offset") is not { } map)
        {
            return null;
        }

        var (given, offset) = (map.Find("size"), map.Find("offset"));
        if (offset is not null && scope.Symbols.Coefficients.Contains(entry.Key))
        {
            scope.Mistakes.Add(offset.Value.Place, $"{key}.offset", "a coefficient has a size alone");
        }

        return (given is null ? 1 : Size(given.Value, given.Place, $"{key}.size")) is { } found
            && (offset is null ? 0 : scope.NumberOf(offset.Value, offset.Place, $"{key}.offset")) is { } origin
            ? new Unit(origin, found)
            : null;
    }

    private double? Size(SourceNode node, Place place, string key)
    {
        if (scope.NumberOf(node, place, key) is not { } size)
        {
            return null;
        }

        if (size > 0)
        {
            return size;
        }

        scope.Mistakes.Add(node.Place, key, "expected a size above 0: what becomes one");
        return null;
    }
}
