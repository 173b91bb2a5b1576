using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Where a problem file's problem lives.</summary>
/// <param name="Axes">The coordinates.</param>
/// <param name="Time">The one that is time.</param>
/// <param name="Holes">Discs cut out of the box.</param>
/// <param name="Plane">The domain in the plane of the two coordinates beside time where it is another one.</param>
internal sealed record FileDomain(ImmutableArray<Axis> Axes, int? Time, ImmutableArray<Hole> Holes, PlaneDomain? Plane)
{
    /// <summary>Groups of sides that the file names.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Groups { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The domain of a definition.</summary>
    public static FileDomain Of(Problem problem) => new(problem.Axes, problem.TimeAxis, problem.Holes, problem.Plane);

    /// <summary>A problem that says nothing but where.</summary>
    public Problem AsProblem() => new(Axes, ["u"], [], (_, _) => { }) { TimeAxis = Time, Holes = Holes, Plane = Plane };

    /// <summary>Whether a coordinate has sides of its own.</summary>
    public bool HasSides(int axis) => !Axes[axis].Periodic && (Plane is null or { HasBoxSides: true } || (axis != Plane.AxisX && axis != Plane.AxisY));

    /// <summary>Whether a point lies in it.</summary>
    public bool Contains(double[] point) =>
        !point.Where((x, i) => x < Axes[i].Lower || x > Axes[i].Upper).Any() && !Holes.Any(hole => hole.Contains(point)) && Plane?.Contains(point) != false;
}
