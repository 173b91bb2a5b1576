using System.Globalization;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>A coefficient to be found: its first value, or a map with bounds and the value that it should have.</summary>
internal sealed class CoefficientReader(FileScope scope)
{
    private const string Start = "start";
    private const string Lower = "lower";
    private const string Upper = "upper";
    private const string Exact = "exact";

    /// <summary>Reads one; null where it is wrong.</summary>
    public Coefficient? Read(SourceEntry entry)
    {
        var key = $"coefficients.{entry.Key}";
        if (entry.Value is not SourceNode.Map)
        {
            return scope.NumberOf(entry.Value, entry.Place, key) is { } alone ? new(entry.Key, alone) : null;
        }

        if (scope.MapOf(entry.Value, key, Start, Lower, Upper, Exact) is not { } map || scope.NumberOf(map.Find(Start)?.Value, map.Place, $"{key}.{Start}") is not { } start)
        {
            return null;
        }

        var (lower, upper, exact) = (Number(map, Lower, key), Number(map, Upper, key), Number(map, Exact, key));
        var bounds = lower is null && upper is null ? null : new CoefficientBounds(lower ?? double.NegativeInfinity, upper ?? double.PositiveInfinity);
        Check(map, Start, key, start, bounds);
        Check(map, Exact, key, exact, bounds);
        return new(entry.Key, start, exact) { Bounds = bounds };
    }

    /// <summary>What stands in the definition of a problem.</summary>
    public static SpecValue.Map Canonical(Coefficient coefficient)
    {
        var entries = SpecValue.Map.Empty.Entries.Add("name", new SpecValue.Text(coefficient.Name)).Add(Start, new SpecValue.Number(coefficient.Start));
        foreach (var (name, value) in new[] { (Lower, coefficient.Bounds?.Lower), (Upper, coefficient.Bounds?.Upper), (Exact, coefficient.Truth) })
        {
            entries = value is { } number && double.IsFinite(number) ? entries.Add(name, new SpecValue.Number(number)) : entries;
        }

        return new(entries);
    }

    /// <summary>The inverse.</summary>
    public static Coefficient Stored(SpecValue.Map map)
    {
        double? Number(string name) => map.Entries.GetValueOrDefault(name) is SpecValue.Number number ? number.Value : null;
        return new(map.Text("name"), map.Number(Start), Number(Exact))
        {
            Bounds = Number(Lower) is null && Number(Upper) is null ? null : new(Number(Lower) ?? double.NegativeInfinity, Number(Upper) ?? double.PositiveInfinity),
        };
    }

    private double? Number(SourceNode.Map map, string name, string key) => map.Find(name) is { } given ? scope.NumberOf(given.Value, given.Place, $"{key}.{name}") : null;

    private void Check(SourceNode.Map map, string name, string key, double? value, CoefficientBounds? bounds)
    {
        if (value is { } number && bounds?.Holds(number) == false)
        {
            scope.Mistakes.Add(map.Find(name)!.Value.Place, $"{key}.{name}", string.Create(
                CultureInfo.InvariantCulture,
                $"{number} does not lie {(double.IsInfinity(bounds.Upper) ? $"above {bounds.Lower}" : double.IsInfinity(bounds.Lower) ? $"below {bounds.Upper}" : $"between {bounds.Lower} and {bounds.Upper}")}, where the coefficient stays; a bound itself is never reached"));
        }
    }
}
