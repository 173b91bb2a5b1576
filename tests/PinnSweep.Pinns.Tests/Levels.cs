using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns.Tests;

/// <summary>Levels with every default filled in, as planning makes them.</summary>
internal static class Levels
{
    public static Level Of(MethodEntry method, params (string Name, SpecValue Value)[] given)
    {
        var level = new Level(
            method.Kind,
            new(method.Parameters.ToImmutableSortedDictionary(parameter => parameter.Name, parameter => parameter.Default!, StringComparer.Ordinal)));
        return given.Aggregate(level, (current, pair) => current.With(pair.Name, pair.Value));
    }

    public static SpecValue Number(double value) => new SpecValue.Number(value);

    public static SpecValue Word(string value) => new SpecValue.Text(value);

    public static SpecValue List(params double[] values) => new SpecValue.List([.. values.Select(Number)]);
}
