using System.Collections.Immutable;
using PinnSweep.Problems.Places;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Reads <c>domain</c>, and what holes leave of it.</summary>
/// <param name="scope">The names and the mistakes.</param>
internal sealed class PlaneReader(FileScope scope)
{
    // Every side is held against every other.
    private const int MostSides = 400;

    /// <summary>The shape of <c>domain</c>; null where there is none or a mistake was added.</summary>
    public PlaneShape? Shape(SourceNode.Map file, ImmutableArray<int> space)
    {
        if (file.Find("domain") is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true })
        {
            return null;
        }

        if (space.Length != 2)
        {
            scope.Mistakes.Add(entry.Place, "domain", FormattableString.Invariant($"is a shape of the plane, so it needs exactly two coordinates beside time; there are {space.Length}"));
            return null;
        }

        var shape = new ShapeReader(scope, scope.Symbols.Coordinates[space[0]], scope.Symbols.Coordinates[space[1]]).Read(entry.Value, "domain");
        return shape is not null && IsLarge(shape.Figures, entry.Place) ? null : shape;
    }

    /// <summary>The domain of a shape without its holes; null where a mistake was added.</summary>
    /// <param name="shape">The shape, or a box.</param>
    /// <param name="holes">Polygons and discs.</param>
    /// <param name="space">The two coordinates.</param>
    /// <param name="isBox">Whether the shape is a box whose sides are those of the coordinates.</param>
    /// <param name="place">Where messages say that it stands.</param>
    /// <param name="places">Where the holes stand.</param>
    public PlaneDomain? Domain(PlaneShape shape, ImmutableArray<PlaneFigure> holes, ImmutableArray<int> space, bool isBox, Place place, IReadOnlyList<Place> places)
    {
        if (IsLarge(shape.Figures.Concat(holes), place))
        {
            return null;
        }

        var domain = PlaneDomain.Of(holes.IsEmpty ? shape : new CombinedShape(CombinedKind.Difference, [shape, .. holes]), space[0], space[1], isBox);
        for (var i = 0; i < holes.Length; i++)
        {
            if (!IsFree(holes[i], PlaneDomain.Of(new CombinedShape(CombinedKind.Difference, [shape, .. holes[..(i + 1)]]), space[0], space[1], isBox)))
            {
                scope.Mistakes.Add(places[i], "holes", $"{holes[i].Group} touches or leaves the domain, or meets another hole; holes lie inside and apart from each other, and what cuts a side is said by domain: {{difference: [...]}}");
                return null;
            }
        }

        if (domain.Figures.FirstOrDefault(figure => figure.Sides.All(side => !Leaves(domain, side.Piece))) is { } lost)
        {
            scope.Mistakes.Add(place, "domain", $"{NearestMatch.Quote(lost.Group)} leaves no trace: it lies within other parts, or takes nothing away; leave it out");
            return null;
        }

        if (domain.Parts is { Count: > 1 } parts)
        {
            scope.Mistakes.Add(place, "domain", FormattableString.Invariant($"falls apart into {parts.Count} pieces (of area {string.Join(", ", parts.Select(area => ShortNumber.Rounded(area, 4)))}); its parts have to overlap, or share more than a point"));
            return null;
        }

        return domain;
    }

    private bool IsLarge(IEnumerable<PlaneFigure> figures, Place place)
    {
        var sides = figures.Sum(figure => figure.Sides.Length);
        if (sides > MostSides)
        {
            scope.Mistakes.Add(place, "domain", FormattableString.Invariant($"its parts have {sides} sides together; at most {MostSides}"));
        }

        return sides > MostSides;
    }

    /// <summary>Whether a part of the boundary comes from a side.</summary>
    private static bool Leaves(PlaneDomain domain, BoundaryPiece side) => domain.Boundary.Any(piece => side.Find(piece.At(0.49), domain.Near) is not null);

    /// <summary>Whether the whole boundary of a hole is boundary of the domain, and meets nothing else.</summary>
    private static bool IsFree(PlaneFigure hole, PlaneDomain domain) =>
        hole.Sides.All(side => new[] { 0.123, 0.5, 0.877 }.All(share => domain.Boundary.Any(piece => piece.Find(side.Piece.At(share), domain.Near) is not null)))
        && hole.Sides.All(side => domain.Figures.Where(other => other != hole).SelectMany(other => other.Sides).All(other => !TracedBoundary.Cuts(side.Piece, other.Piece, domain.Near).Any()))
        && Math.Abs(domain.Boundary.Where(piece => hole.Sides.Any(side => side.Piece.Find(piece.At(0.49), domain.Near) is not null)).Sum(piece => piece.Length) - hole.Sides.Sum(side => side.Piece.Length)) <= 1e-6 * hole.Sides.Sum(side => side.Piece.Length);

    /// <summary>The groups of sides that a file names: <c>sides: {clamped: [edge-1, edge-2]}</c>.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Groups(SourceNode.Map file, FileDomain domain)
    {
        var names = new SideNames(domain);
        var groups = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var entry in scope.Named(file, "sides", "lists of sides, for instance {clamped: [edge-1, edge-2]}", 64))
        {
            var key = $"sides.{entry.Key}";
            if (names.Parse(entry.Key) is not null || names.Short.Contains(entry.Key) || domain.Axes.Any(axis => axis.Name == entry.Key))
            {
                scope.Mistakes.Add(entry.Place, "sides", $"{NearestMatch.Quote(entry.Key)} has a meaning of its own; take another name");
                continue;
            }

            groups[entry.Key] = [.. scope.WordsOf(entry.Value, key, $"sides, of {string.Join(", ", names.All)}").SelectMany(word => Expanded(word)).Distinct()];

            ImmutableArray<string> Expanded(SourceNode.Scalar word)
            {
                var expanded = names.Expand(word.Text);
                if (expanded.All(side => names.Parse(side) is not null))
                {
                    return expanded;
                }

                scope.Mistakes.Add(word.Place, key, $"{NearestMatch.Quote(word.Text)} is no side{NearestMatch.Hint(word.Text, names.All)}");
                return [];
            }
        }

        return groups.ToImmutable();
    }
}
