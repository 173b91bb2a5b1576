using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Reads where a problem file's problem lives: the ranges of its coordinates, which of them is time, and the holes.</summary>
internal sealed class DomainReader(FileScope scope)
{
    private const int MostHoles = 32;

    /// <summary>The coordinates, or null where one has a mistake.</summary>
    public ImmutableArray<Axis>? Axes(SourceNode.Map file)
    {
        var axes = scope.Named(file, "coordinates", "ranges", int.MaxValue)
            .Where(entry => scope.Symbols.Coordinates.Contains(entry.Key))
            .Select(entry => AxisOf(entry, $"coordinates.{entry.Key}"))
            .ToList();
        return axes.Contains(null) || axes.Count == 0 ? null : [.. axes.Select(axis => axis!)];
    }

    /// <summary>The coordinate that is time, or null.</summary>
    public int? Time(SourceNode.Map file, ImmutableArray<Axis> axes)
    {
        if (file.Find("time") is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true })
        {
            return null;
        }

        var index = entry.Value is SourceNode.Scalar word ? scope.Symbols.Coordinates.IndexOf(word.Text) : -1;
        if (index < 0)
        {
            scope.Mistakes.Add(entry.Value.Place, "time", $"expected one of the coordinates; found {entry.Value.Words}{NearestMatch.Hint((entry.Value as SourceNode.Scalar)?.Text ?? "", scope.Symbols.Coordinates)}");
            return null;
        }

        if (axes[index].Periodic)
        {
            scope.Mistakes.Add(entry.Value.Place, "time", "time cannot be periodic");
        }

        scope.Symbols = scope.Symbols with { Time = index };
        return index;
    }

    /// <summary>Discs in the plane of the two coordinates that are not time.</summary>
    public ImmutableArray<Hole> Holes(SourceNode.Map file, ImmutableArray<Axis> axes, int? time)
    {
        if (file.Find("holes") is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true })
        {
            return [];
        }

        if (entry.Value is not SourceNode.List { Items.Count: <= MostHoles } list)
        {
            scope.Mistakes.Add(entry.Value.Place, "holes", FormattableString.Invariant($"expected a list of at most {MostHoles} discs, each {{centre: [x, y], radius: r}}; found {entry.Value.Words}"));
            return [];
        }

        if (axes.Length - (time is null ? 0 : 1) != 2 || axes.Where((axis, index) => index != time && axis.Periodic).Any())
        {
            scope.Mistakes.Add(entry.Place, "holes", "need exactly two coordinates beside time, neither of them periodic");
            return [];
        }

        var plane = ProblemDefinition.PlaneOfHoles(axes.Length, time);
        var holes = new List<Hole>();
        foreach (var item in list.Items)
        {
            if (HoleOf(item, plane, axes) is { } hole)
            {
                if (holes.FindIndex(other => Math.Sqrt(Math.Pow(other.X - hole.X, 2) + Math.Pow(other.Y - hole.Y, 2)) < other.Radius + hole.Radius) is >= 0 and var other)
                {
                    scope.Mistakes.Add(item.Place, "holes", FormattableString.Invariant($"overlaps hole-{other + 1}; discs lie apart from each other"));
                }

                holes.Add(hole);
            }
        }

        return [.. holes];
    }

    private Axis? AxisOf(SourceEntry entry, string key)
    {
        var (range, periodic) = entry.Value is SourceNode.Map
            ? scope.MapOf(entry.Value, key, "range", "periodic") is { } map ? (map.Find("range")?.Value, scope.FlagOf(map, "periodic", key)) : (null, false)
            : (entry.Value, false);
        if (range is not SourceNode.List { Items: [var first, var last] })
        {
            scope.Mistakes.Add(range?.Place ?? entry.Value.Place, key, $"expected a range [lower, upper], or {{range: [lower, upper], periodic: true}}; found {(range ?? entry.Value).Words}");
            return null;
        }

        if (scope.NumberOf(first, entry.Place, key) is not { } lower || scope.NumberOf(last, entry.Place, key) is not { } upper)
        {
            return null;
        }

        if (!(lower < upper) || !double.IsFinite(upper - lower))
        {
            scope.Mistakes.Add(range.Place, key, "the lower end must be below the upper one");
            return null;
        }

        return new(entry.Key, lower, upper, periodic);
    }

    private Hole? HoleOf(SourceNode node, (int X, int Y) plane, ImmutableArray<Axis> axes)
    {
        if (scope.MapOf(node, "holes", "centre", "radius") is not { } map)
        {
            return null;
        }

        if (map.Find("centre")?.Value is not SourceNode.List { Items: [var first, var second] })
        {
            scope.Mistakes.Add(map.Find("centre")?.Value.Place ?? map.Place, "holes.centre", $"expected [{axes[plane.X].Name}, {axes[plane.Y].Name}]; found {map.Find("centre")?.Value.Words ?? "nothing"}");
            return null;
        }

        var (x, y, radius) = (scope.NumberOf(first, map.Place, "holes.centre"), scope.NumberOf(second, map.Place, "holes.centre"), scope.NumberOf(map.Find("radius")?.Value, map.Place, "holes.radius"));
        if (x is not { } cx || y is not { } cy || radius is not { } r)
        {
            return null;
        }

        if (!(r > 0) || cx - r <= axes[plane.X].Lower || cx + r >= axes[plane.X].Upper || cy - r <= axes[plane.Y].Lower || cy + r >= axes[plane.Y].Upper)
        {
            scope.Mistakes.Add(map.Place, "holes", "a disc has a radius above 0 and lies inside the ranges of its coordinates, without touching them");
            return null;
        }

        return new(plane.X, plane.Y, cx, cy, r);
    }
}
