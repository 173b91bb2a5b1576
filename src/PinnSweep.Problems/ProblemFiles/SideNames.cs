using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// The names of sides: <c>x-lower</c>, <c>x-upper</c>, <c>hole-2</c>, <c>edge-3</c>; and short names for several: a coordinate, <c>holes</c>,
/// <c>boundary</c> for all sides in space, <c>outline</c> for those of them that are no hole's, and the groups of the file.
/// </summary>
internal sealed class SideNames
{
    private readonly FileDomain _domain;
    private readonly Dictionary<string, Face> _faces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _short = new(StringComparer.Ordinal);

    /// <summary>The sides of a domain.</summary>
    public SideNames(FileDomain domain)
    {
        _domain = domain;
        var holes = domain.Holes.Select((_, i) => (Name: string.Create(CultureInfo.InvariantCulture, $"hole-{i + 1}"), Face: new Face(0, Upper: false, i + 1))).ToList();
        var pieces = domain.Plane is { } plane ? plane.Sides.Select((side, i) => (side.Name, Face: new Face(plane.AxisX, Upper: false) { Piece = i + 1 }, side.Group, side.IsHole)).ToList() : [];
        var ends = Enumerable.Range(0, domain.Axes.Length).Where(domain.HasSides).SelectMany(axis => new[] { (Name: $"{domain.Axes[axis].Name}-lower", Face: new Face(axis, Upper: false)), (Name: $"{domain.Axes[axis].Name}-upper", Face: new Face(axis, Upper: true)) }).ToList();
        foreach (var (name, face) in ends.Concat(holes).Concat(pieces.Select(piece => (piece.Name, piece.Face))))
        {
            _faces.TryAdd(name, face);
        }

        All = [.. ends.Concat(holes).Concat(pieces.Select(piece => (piece.Name, piece.Face))).Select(side => side.Name)];
        ImmutableArray<string> outline = [.. ends.Where(end => end.Face.Axis != domain.Time).Select(end => end.Name), .. pieces.Where(piece => !piece.IsHole).Select(piece => piece.Name)];
        ImmutableArray<string> inner = [.. holes.Select(hole => hole.Name), .. pieces.Where(piece => piece.IsHole).Select(piece => piece.Name)];
        foreach (var (name, sides) in pieces.GroupBy(piece => piece.Group).Where(group => group.Key.Length > 0).Select(group => (group.Key, group.Select(piece => piece.Name).ToImmutableArray()))
            .Append(("holes", inner)).Append(("boundary", [.. outline, .. inner])).Append(("outline", outline)))
        {
            if (sides.Length > 0 && !_faces.ContainsKey(name))
            {
                _short.TryAdd(name, sides);
            }
        }

        for (var axis = 0; axis < domain.Axes.Length; axis++)
        {
            if (!domain.Axes[axis].Periodic && domain.HasSides(axis))
            {
                _short[domain.Axes[axis].Name] = [$"{domain.Axes[axis].Name}-lower", $"{domain.Axes[axis].Name}-upper"];
            }
        }
    }

    /// <summary>Every side that a condition may name.</summary>
    public ImmutableArray<string> All { get; }

    /// <summary>The short names that come with the domain.</summary>
    public IEnumerable<string> Short => _short.Keys;

    /// <summary>The side of a name, or null.</summary>
    public Face? Parse(string name) => _faces.TryGetValue(name, out var face) ? face : null;

    /// <summary>What a short name stands for; any other name for itself.</summary>
    public ImmutableArray<string> Expand(string name) => _domain.Groups.TryGetValue(name, out var group) ? group
        : _short.TryGetValue(name, out var sides) ? sides
        : _domain.Axes.Any(axis => axis.Name == name) ? [$"{name}-lower", $"{name}-upper"]
        : [name];
}
