using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// The unit normal of the sides on which a condition holds, out of the domain, as expressions of the point. Where the sides have several
/// normals, each is taken where its side is.
/// </summary>
internal static class SideNormals
{
    // Points lie on their side to rounding; no other point of a term is so near to it but at an edge, where there is no normal.
    private const double Near = 1e-9;

    /// <summary>One part for each coordinate; null where there is no normal: without sides, and inside the domain.</summary>
    public static ImmutableArray<Expr>? Of(IReadOnlyList<Face> sides, FileDomain domain)
    {
        if (sides.Count == 0 || sides.Any(side => side.IsInside))
        {
            return null;
        }

        if (sides.Select(side => side.Whole).Distinct().ToList() is [{ Hole: > 0 and var number }])
        {
            return number <= domain.Holes.Length ? OfHole(domain.Holes[number - 1], domain.Axes.Length) : null;
        }

        ImmutableArray<Expr> ofBox = [.. domain.Axes.Select((axis, index) => Part([.. sides.Where(side => side.EndsAlong(index)).Select(side => side.Whole).Distinct()], axis, index, sides.Select(side => side.Whole).Distinct().Count()))];
        var curved = sides.Where(side => !side.IsOfBox).Select(side => side.Whole).Distinct().ToList();
        return curved.Count == 0 ? ofBox : WithPieces(ofBox, [.. curved.SelectMany(side => Pieces(side, domain))], sides.Any(side => side.IsOfBox), domain);
    }

    // The domain lies outside of the disc, so its normal points to the centre.
    private static ImmutableArray<Expr> OfHole(Hole hole, int dimension) =>
    [
        .. Enumerable.Range(0, dimension).Select(axis =>
            axis == hole.AxisX ? (hole.X - Expr.Coordinate(axis)) / hole.Radius
            : axis == hole.AxisY ? (hole.Y - Expr.Coordinate(axis)) / hole.Radius
            : (Expr)0.0),
    ];

    private static Expr Part(IReadOnlyList<Face> own, Axis axis, int index, int sides)
    {
        var tolerance = Near * (axis.Upper - axis.Lower);
        return own.Count == sides && own is [var only] ? (only.Upper ? 1.0 : -1.0)
            : own.Select(side => side.Upper
                ? Expr.WherePositive(1.0, Expr.Coordinate(index) - (axis.Upper - tolerance))
                : Expr.WherePositive(-1.0, axis.Lower + tolerance - Expr.Coordinate(index))).Aggregate((Expr)0.0, CoordinateCalculus.Sum);
    }

    private static ImmutableArray<BoundaryPiece> Pieces(Face side, FileDomain domain) =>
        side.Piece > 0 ? domain.Plane!.Sides[side.Piece - 1].Pieces
        : domain.Holes[side.Hole - 1] is var hole ? [new Arc(new(hole.X, hole.Y), hole.Radius, IsTurned: true)]
        : [];

    private static ImmutableArray<Expr> WithPieces(ImmutableArray<Expr> ofBox, IReadOnlyList<BoundaryPiece> pieces, bool hasOthers, FileDomain domain)
    {
        var (axisX, axisY) = PlanePlaces.Of(domain.AsProblem())!.Value;
        var (x, y) = (Expr.Coordinate(axisX), Expr.Coordinate(axisY));
        var tolerance = Near * Math.Max(domain.Axes[axisX].Extent, domain.Axes[axisY].Extent);
        var (normalX, normalY) = (ofBox[axisX], ofBox[axisY]);
        var isOne = !hasOthers && PieceNormals.AreOne(pieces);
        foreach (var piece in isOne ? pieces.Take(1) : pieces)
        {
            var (partX, partY) = PieceNormals.Of(piece, x, y);
            normalX = CoordinateCalculus.Sum(normalX, isOne ? partX : PieceNormals.Where(partX, piece, x, y, tolerance));
            normalY = CoordinateCalculus.Sum(normalY, isOne ? partY : PieceNormals.Where(partY, piece, x, y, tolerance));
        }

        return ofBox.SetItem(axisX, normalX).SetItem(axisY, normalY);
    }
}
