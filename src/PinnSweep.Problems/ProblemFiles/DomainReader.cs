using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads where a problem file's problem lives: the ranges of its coordinates, which of them is time, the shape of its domain, and the holes.
/// </summary>
internal sealed class DomainReader(FileScope scope)
{
    /// <summary>The domain; null where coordinates have a mistake.</summary>
    public FileDomain? Read(SourceNode.Map file)
    {
        var before = scope.Mistakes.Count;
        var names = scope.Symbols.Coordinates;
        ImmutableArray<int> space = [.. Enumerable.Range(0, names.Length).Where(axis => (file.Find("time")?.Value as SourceNode.Scalar)?.Text != names[axis])];
        var plane = new PlaneReader(scope);
        var shape = plane.Shape(file, space);
        if (scope.Mistakes.Count > before || Axes(file, shape, space) is not { } axes || scope.Mistakes.Count > before)
        {
            return null;
        }

        var time = Time(file, axes);
        var isBox = shape is null || (shape is Polygon { Group: "" } box && box.Names.Contains($"{names[space[0]]}-lower"));
        var holes = new HolesReader(scope);
        var (discs, figures, places) = holes.Read(file, axes, time, isBox);
        if (isBox && figures.IsEmpty)
        {
            return WithGroups(file, new(axes, time, discs, null));
        }

        if (shape is not null && axes.Where((axis, index) => space.Contains(index) && axis.Periodic).Any())
        {
            scope.Mistakes.Add(file.Find("domain")!.Place, "domain", "its coordinates cannot be periodic");
            return null;
        }

        shape ??= Rectangle(axes, space);
        return plane.Domain(shape, figures, space, isBox, file.Find("domain")?.Place ?? file.Place, places) is { } domain
            ? WithGroups(file, new(axes, time, [], domain))
            : null;
    }

    private FileDomain WithGroups(SourceNode.Map file, FileDomain domain) => domain with { Groups = new PlaneReader(scope).Groups(file, domain) };

    private static Polygon Rectangle(ImmutableArray<Axis> axes, ImmutableArray<int> space) =>
        Polygon.Rectangle("", (axes[space[0]].Lower, axes[space[0]].Upper), (axes[space[1]].Lower, axes[space[1]].Upper), ["", "", "", ""]);

    /// <summary>The coordinates, or null where one has a mistake.</summary>
    private ImmutableArray<Axis>? Axes(SourceNode.Map file, PlaneShape? shape, ImmutableArray<int> space)
    {
        Dictionary<int, (double Lower, double Upper)>? extents = null;
        if (shape is not null)
        {
            var domain = PlaneDomain.Of(shape, space[0], space[1]);
            if (domain.Boundary.IsEmpty)
            {
                scope.Mistakes.Add(file.Find("domain")!.Place, "domain", "nothing is left of it");
                return null;
            }

            extents = new() { [space[0]] = domain.RangeX, [space[1]] = domain.RangeY };
        }

        var axes = scope.Named(file, "coordinates", "ranges", int.MaxValue)
            .Where(entry => scope.Symbols.Coordinates.Contains(entry.Key))
            .Select(entry => extents is not null && extents.TryGetValue(scope.Symbols.Coordinates.IndexOf(entry.Key), out var extent) ? Within(entry, extent) : AxisOf(entry, $"coordinates.{entry.Key}"))
            .ToList();
        return axes.Contains(null) || axes.Count == 0 ? null : [.. axes.Select(axis => axis!)];
    }

    /// <summary>A coordinate whose range the domain gives; what is written has to be the same.</summary>
    private Axis? Within(SourceEntry entry, (double Lower, double Upper) extent)
    {
        if (entry.Value is SourceNode.Scalar { IsNull: true })
        {
            return new(entry.Key, extent.Lower, extent.Upper);
        }

        if (AxisOf(entry, $"coordinates.{entry.Key}") is not { } written)
        {
            return null;
        }

        var near = 1e-9 * (extent.Upper - extent.Lower);
        if (Math.Abs(written.Lower - extent.Lower) <= near && Math.Abs(written.Upper - extent.Upper) <= near)
        {
            return written;
        }

        scope.Mistakes.Add(entry.Value.Place, $"coordinates.{entry.Key}", FormattableString.Invariant($"the domain reaches from {ShortNumber.Rounded(extent.Lower, 9)} to {ShortNumber.Rounded(extent.Upper, 9)}; leave the range out ({{{entry.Key}, …}}), or write that"));
        return null;
    }

    private int? Time(SourceNode.Map file, ImmutableArray<Axis> axes)
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
}
