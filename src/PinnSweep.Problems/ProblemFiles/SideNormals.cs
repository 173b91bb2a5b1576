using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>The unit normal of the sides on which a condition holds, out of the domain, as expressions of the point.</summary>
internal static class SideNormals
{
    // Points lie on their side to rounding; no other point of a term is so near to it but at an edge, where there is no normal.
    private const double Near = 1e-9;

    /// <summary>One part for each coordinate; null where the sides have no common form: holes beside other sides, several holes.</summary>
    public static ImmutableArray<Expr>? Of(IReadOnlyList<Face> sides, ImmutableArray<Axis> axes, IReadOnlyList<Hole> holes)
    {
        if (sides is [{ Hole: > 0 and var number }])
        {
            return number <= holes.Count ? OfHole(holes[number - 1], axes.Length) : null;
        }

        return sides.Count > 0 && sides.All(side => side.Hole == 0) ? [.. axes.Select((axis, index) => Part([.. sides.Where(side => side.Axis == index)], axis, index, sides.Count))] : null;
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
}
