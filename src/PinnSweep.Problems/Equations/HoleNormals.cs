using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Equations;

/// <summary>The derivative along the normal out of a domain with holes, as one expression for several of its sides.</summary>
internal static class HoleNormals
{
    // Points lie on their circle but for rounding, in single precision too, and no hole of a catalog's problem is as near as this to the next.
    private const double Near = 0.05;

    /// <summary>On the circles: towards the centre of that circle on which the point lies.</summary>
    public static Expr Along(OutputExpr u, IEnumerable<Hole> holes)
    {
        Expr? sum = null;
        foreach (var hole in holes)
        {
            var (x, y) = (hole.X - Expr.Coordinate(hole.AxisX), hole.Y - Expr.Coordinate(hole.AxisY));
            var inward = ((x / hole.Radius) * u.D(hole.AxisX)) + ((y / hole.Radius) * u.D(hole.AxisY));
            var reach = hole.Radius * (1 + Near);
            var own = Expr.WherePositive(inward, (reach * reach) - (x * x) - (y * y));
            sum = sum is null ? own : sum + own;
        }

        return sum!;
    }

    /// <summary>On all sides of the box [−a, a] × [−b, b]; in a corner that of x, since a condition holds on either side of it.</summary>
    public static Expr AlongEdges(OutputExpr u, double a, double b)
    {
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var isOnX = (x * x) - (a * a * (1 - 1e-4));
        return Expr.WherePositive(x / a * u.D(0), isOnX) + Expr.WhereNotNegative(y / b * u.D(1), -isOnX);
    }

    /// <summary>The circles as sides of a problem with these holes, in their order.</summary>
    public static ImmutableArray<Face> Circles(ImmutableArray<Hole> all, Func<Hole, bool> chosen) =>
        [.. Enumerable.Range(0, all.Length).Where(k => chosen(all[k])).Select(k => new Face(all[k].AxisX, Upper: false, k + 1))];
}
