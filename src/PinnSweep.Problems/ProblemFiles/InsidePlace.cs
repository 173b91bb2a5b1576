using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Reads <c>on: {x: 0.5}</c>: a line, a plane or a point, where coordinates have values.</summary>
internal static class InsidePlace
{
    /// <summary>The place, or null where a mistake was added. A value at the end of a coordinate is its side.</summary>
    /// <param name="scope">Names and mistakes.</param>
    /// <param name="map">The values by coordinate.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="key">What messages call it.</param>
    public static Face? Read(FileScope scope, SourceNode.Map map, FileDomain domain, string key)
    {
        var limits = Limits.None;
        foreach (var entry in map.Entries)
        {
            var axis = scope.Symbols.Coordinates.IndexOf(entry.Key);
            if (axis < 0)
            {
                scope.Mistakes.Add(entry.Place, key, $"{NearestMatch.Quote(entry.Key)} is no coordinate{NearestMatch.Hint(entry.Key, scope.Symbols.Coordinates)}; a line or a point inside is {{{scope.Symbols.Coordinates[0]}: 0.5}}");
                return null;
            }

            if (scope.NumberOf(entry.Value, entry.Place, $"{key}.{entry.Key}") is not { } value)
            {
                return null;
            }

            if (value < domain.Axes[axis].Lower || value > domain.Axes[axis].Upper)
            {
                scope.Mistakes.Add(entry.Value.Place, key, FormattableString.Invariant($"{entry.Key} = {value:R} lies outside the domain, where {entry.Key} runs from {domain.Axes[axis].Lower:R} to {domain.Axes[axis].Upper:R}"));
                return null;
            }

            limits = limits.With(axis, value, value);
        }

        if (!limits.Axes.Any())
        {
            scope.Mistakes.Add(map.Place, key, $"expected values of coordinates, such as {{{scope.Symbols.Coordinates[0]}: 0.5}}, or names of sides");
            return null;
        }

        if (limits.Axes.ToList() is [var only] && domain.HasSides(only) && limits.Of(only).Lower is var end && (end == domain.Axes[only].Lower || end == domain.Axes[only].Upper))
        {
            return new Face(only, end == domain.Axes[only].Upper);
        }

        var face = Face.Inside(limits);
        if (IsOutside(domain, limits) || Region.Side(domain.AsProblem(), face).IsEmpty)
        {
            scope.Mistakes.Add(map.Place, key, $"{limits.Words(scope.Symbols.Coordinates)} lies outside the domain");
            return null;
        }

        return face;
    }

    /// <summary>A point of the plane, which is no region that could be empty.</summary>
    private static bool IsOutside(FileDomain domain, Limits limits)
    {
        var problem = domain.AsProblem();
        if (PlanePlaces.Of(problem) is not var (x, y) || !limits.Axes.Contains(x) || !limits.Axes.Contains(y))
        {
            return false;
        }

        return !problem.Contains([.. domain.Axes.Select((axis, i) => limits.Axes.Contains(i) ? limits.Of(i).Lower : axis.Lower)]);
    }
}
