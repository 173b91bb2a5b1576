namespace PinnSweep.Problems.Formulation;

/// <summary>The sides of a problem's domain.</summary>
public static class DomainSides
{
    /// <summary>All of them: ends of coordinates, circles of holes, sides of a plane domain, the sphere of a ball.</summary>
    public static IEnumerable<Face> Of(Problem problem) => Enumerable.Range(0, problem.Dimension)
        .Where(axis => !problem.Axes[axis].Periodic && EndsAlong(problem, axis))
        .SelectMany(axis => new[] { new Face(axis, Upper: false), new Face(axis, Upper: true) })
        .Concat(Others(problem));

    /// <summary>Whether the domain ends at the ends of a coordinate.</summary>
    public static bool EndsAlong(Problem problem, int axis) => !(axis < problem.Ball?.Dimension) &&
        (problem.Plane is not { HasBoxSides: false } plane || (axis != plane.AxisX && axis != plane.AxisY));

    /// <summary>The sides that are no ends of coordinates.</summary>
    public static IEnumerable<Face> Others(Problem problem) => Enumerable.Range(1, problem.Holes.Length).Select(hole => new Face(0, Upper: false, hole))
        .Concat(problem.Plane is { } domain ? domain.Sides.Select((_, i) => new Face(domain.AxisX, Upper: false) { Piece = i + 1 }) : [])
        .Concat(problem.Ball is null ? [] : [Face.Sphere]);
}
