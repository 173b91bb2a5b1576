using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Reads <c>holes</c>: discs and polygons in the plane of the two coordinates that are not time.</summary>
internal sealed class HolesReader(FileScope scope)
{
    private const int MostHoles = 32;

    /// <summary>Discs alone in a box; or else all holes as figures, with the places where they stand.</summary>
    public (ImmutableArray<Hole> Discs, ImmutableArray<PlaneFigure> Figures, IReadOnlyList<Place> Places) Read(SourceNode.Map file, ImmutableArray<Axis> axes, int? time, bool isBox)
    {
        if (file.Find("holes") is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true })
        {
            return ([], [], []);
        }

        if (entry.Value is not SourceNode.List { Items.Count: <= MostHoles } list)
        {
            scope.Mistakes.Add(entry.Value.Place, "holes", FormattableString.Invariant($"expected a list of at most {MostHoles} discs, each {{centre: [x, y], radius: r}}, or polygons, each {{polygon: [[x, y], …]}}; found {entry.Value.Words}"));
            return ([], [], []);
        }

        if (axes.Length - (time is null ? 0 : 1) != 2 || axes.Where((axis, index) => index != time && axis.Periodic).Any())
        {
            scope.Mistakes.Add(entry.Place, "holes", "need exactly two coordinates beside time, neither of them periodic");
            return ([], [], []);
        }

        var plane = ProblemDefinition.PlaneOfHoles(axes.Length, time);
        return isBox && !list.Items.Any(item => IsPolygon(item)) ? (Discs(list, axes, plane), [], []) : Figures(list, axes, plane);
    }

    private static bool IsPolygon(SourceNode item) => item is SourceNode.Map map && map.Find("polygon") is not null;

    private ImmutableArray<Hole> Discs(SourceNode.List list, ImmutableArray<Axis> axes, (int X, int Y) plane)
    {
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

    private (ImmutableArray<Hole> Discs, ImmutableArray<PlaneFigure> Figures, IReadOnlyList<Place> Places) Figures(SourceNode.List list, ImmutableArray<Axis> axes, (int X, int Y) plane)
    {
        var reader = new ShapeReader(scope, axes[plane.X].Name, axes[plane.Y].Name);
        var figures = ImmutableArray.CreateBuilder<PlaneFigure>();
        var places = new List<Place>();
        foreach (var (item, index) in list.Items.Select((item, index) => (item, index)))
        {
            var given = IsPolygon(item) && scope.MapOf(item, "holes", "polygon") is { } map ? map.Find("polygon")! : new SourceEntry("disc", item.Place, item);
            if (reader.Figure(given, given.Key == "disc" ? "holes" : "holes.polygon", FormattableString.Invariant($"hole-{index + 1}"), isHole: true) is PlaneFigure figure)
            {
                figures.Add(figure);
                places.Add(item.Place);
            }
        }

        return ([], figures.ToImmutable(), places);
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
