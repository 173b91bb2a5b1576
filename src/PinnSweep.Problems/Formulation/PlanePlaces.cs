using System.Collections.Immutable;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Formulation;

/// <summary>What a region is in the plane of a problem's holes or plane domain: an area, a curve, or neither.</summary>
internal static class PlanePlaces
{
    /// <summary>The two coordinates of the plane; null where the problem is a box.</summary>
    public static (int X, int Y)? Of(Problem problem) => problem.Plane is { } plane ? (plane.AxisX, plane.AxisY)
        : problem.Holes.IsEmpty ? null
        : (problem.Holes[0].AxisX, problem.Holes[0].AxisY);

    /// <summary>The plane domain, or that which holes leave of a box.</summary>
    public static PlaneDomain Domain(Problem problem)
    {
        if (problem.Plane is { } plane)
        {
            return plane;
        }

        var (x, y) = Of(problem)!.Value;
        var box = Polygon.Rectangle("", Range(problem.Axes[x]), Range(problem.Axes[y]), ["", "", "", ""]);
        var discs = problem.Holes.Select((hole, i) => new Disc(FormattableString.Invariant($"hole-{i + 1}"), new(hole.X, hole.Y), hole.Radius, IsHole: true));
        return PlaneDomain.Of(new CombinedShape(CombinedKind.Difference, [box, .. discs]), x, y, hasBoxSides: true);
    }

    /// <summary>The area of a place that crosses the plane.</summary>
    public static IPlaneArea Area(Problem problem, Limits limits)
    {
        var (x, y) = Of(problem)!.Value;
        return problem.Plane is null && !limits.Axes.Contains(x) && !limits.Axes.Contains(y)
            ? new DiscsInBox(problem.Axes[x], problem.Axes[y], problem.Holes)
            : Domain(problem).AreaWithin(limits);
    }

    /// <summary>The curve of a side in the plane, or of a line that crosses it; null where nothing of it is left.</summary>
    public static IPlaneCurve? Curve(Problem problem, Face face, Limits limits)
    {
        var (x, y) = Of(problem)!.Value;
        if (face.Hole > 0 && !limits.Axes.Contains(x) && !limits.Axes.Contains(y))
        {
            return new HoleCircle(problem.Holes[face.Hole - 1]);
        }

        var domain = Domain(problem);
        var pieces = face.IsInside ? domain.Line(limits) : domain.Within(domain.Sides[Math.Max(face.Hole, face.Piece) - 1], limits);
        return pieces.IsEmpty ? null : new PieceChain(pieces);
    }

    private static (double Lower, double Upper) Range(Axis axis) => (axis.Lower, axis.Upper);
}
