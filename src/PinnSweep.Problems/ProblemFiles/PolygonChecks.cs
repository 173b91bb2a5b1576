using PinnSweep.Problems.Places;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Whether vertices make a polygon.</summary>
internal static class PolygonChecks
{
    /// <summary>What is wrong with it; null for nothing.</summary>
    public static string? WhyNot(Polygon polygon)
    {
        var sides = polygon.Sides;
        var size = polygon.Vertices.Max(vertex => vertex.X) - polygon.Vertices.Min(vertex => vertex.X) + polygon.Vertices.Max(vertex => vertex.Y) - polygon.Vertices.Min(vertex => vertex.Y);
        var near = TracedBoundary.Near * size;
        for (var i = 0; i < sides.Length; i++)
        {
            if (sides[i].Piece.Length <= near)
            {
                return FormattableString.Invariant($"vertices {i + 1} and {((i + 1) % sides.Length) + 1} are the same point; the last vertex is joined to the first without being written twice");
            }
        }

        for (var i = 0; i < sides.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                var isNext = k == i - 1 || (k == 0 && i == sides.Length - 1);
                if (Meeting(sides[k].Piece, sides[i].Piece, near, isNext) is { } point)
                {
                    return FormattableString.Invariant($"{sides[k].Name} and {sides[i].Name} {(isNext ? "lie on one another" : "cross or touch")} at ({ShortNumber.Rounded(point.X, 6)}, {ShortNumber.Rounded(point.Y, 6)}); the sides of a polygon meet at their ends alone, in the order of its vertices");
                }
            }
        }

        return null;
    }

    /// <summary>Where two sides meet; for neighbours, elsewhere than at their common end.</summary>
    private static PlanePoint? Meeting(BoundaryPiece a, BoundaryPiece b, double near, bool isNext)
    {
        foreach (var share in TracedBoundary.Cuts(a, b, near))
        {
            var point = a.At(share);
            if (!isNext || !new[] { a.At(0), a.At(1) }.Any(end => (end - point).Length <= 1e4 * near && new[] { b.At(0), b.At(1) }.Any(other => (end - other).Length <= near)))
            {
                return point;
            }
        }

        return null;
    }
}
