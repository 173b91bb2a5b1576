using System.Collections.Immutable;

namespace PinnSweep.Problems.Places;

/// <summary>A side of a domain in the plane: what is left of an edge or a circle.</summary>
/// <param name="Name">Its name: <c>edge-2</c>, <c>hole-1-edge-3</c>.</param>
/// <param name="Group">A name for it and the others of its polygon or disc.</param>
/// <param name="IsHole">Whether it is a hole's.</param>
/// <param name="Pieces">One or more.</param>
internal sealed record PlaneSide(string Name, string Group, bool IsHole, ImmutableArray<BoundaryPiece> Pieces)
{
    /// <summary>Whether a point lies on it, to a tolerance.</summary>
    public bool Contains(PlanePoint point, double tolerance) => Pieces.Any(piece => piece.Find(point, tolerance) is not null);

    /// <summary>The corners that it has in common with another side.</summary>
    public IEnumerable<PlanePoint> EndsWith(PlaneSide other, double tolerance) => Ends.Where(end => other.Ends.Any(there => (there - end).Length <= tolerance));

    private IEnumerable<PlanePoint> Ends => Pieces.SelectMany(piece => new[] { piece.At(0), piece.At(1) });
}
