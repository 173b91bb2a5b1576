using System.Collections.Immutable;

namespace PinnSweep.Problems.References.Flow;

/// <summary>
/// Flow from rest in the channel [0, 2] × [0, 1] under a force, with u = sin πy (sin πt + sin 3πt + sin 5πt) at the inlet and p = 0 at the
/// outlet. Fluid goes back and forth, and where it leaves its given velocities make layers of some ν/u = 0.005: elements are thin at both
/// ends, and at the walls, where oscillations reach √(2ν/5π) = 0.04 into the fluid.
/// </summary>
internal static class PulsatingFlow
{
    /// <summary>The length of the channel.</summary>
    public const double Length = 2;

    /// <summary>Its height.</summary>
    public const double Height = 1;

    private static readonly double[] Across = [0, 0.02, 0.1, 0.25, 0.45, 0.65, 0.85, 1.05, 1.25, 1.45, 1.65, 1.83, 1.95, Length];
    private static readonly double[] Up = [0, 0.06, 0.2, 0.4, 0.6, 0.8, 0.94, Height];

    /// <summary>The flow on elements.</summary>
    public static FlowElements Elements(int degree, double viscosity)
    {
        var basis = new FlowBasis(degree);
        (double U, double V) Velocity(double x, double y, double t) => (x == 0 && y is not 0 and not Height ? Math.Sin(Math.PI * y) * (Math.Sin(Math.PI * t) + Math.Sin(3 * Math.PI * t) + Math.Sin(5 * Math.PI * t)) : 0, 0);
        return new(basis, new(basis, Across, Up), viscosity, FlowConditions.Channel(Length, 0, Height, Velocity));
    }

    /// <summary>f, in both directions: the published equation has −f on its left side.</summary>
    public static (double X, double Y) Force(double x, double y, double t)
    {
        var force = -Math.Sin(Math.PI * x) * Math.Sin(Math.PI * y) * Math.Sin(Math.PI * t);
        return (force, force);
    }

    /// <summary>u, v and p at nodes of space and time, time running fastest.</summary>
    /// <param name="degree">Of the velocities.</param>
    /// <param name="steps">Time steps to the first of the times; there are twice as many from each to the next.</param>
    /// <param name="viscosity">ν.</param>
    /// <param name="x">Nodes.</param>
    /// <param name="y">Nodes.</param>
    /// <param name="times">Midpoints of equal intervals from 0.</param>
    public static double[] Values(int degree, int steps, double viscosity, ImmutableArray<double> x, ImmutableArray<double> y, ImmutableArray<double> times)
    {
        var elements = Elements(degree, viscosity);
        var flow = new UnsteadyFlow(elements, times[0] / steps, Force);
        var (values, points) = (new double[x.Length * y.Length * times.Length * FlowGrid.Outputs], x.Length * y.Length);
        for (var moment = 0; moment < times.Length; moment++)
        {
            for (var step = moment == 0 ? steps : 0; step < 2 * steps; step++)
            {
                flow.Step();
            }

            double[] shown = [.. FlowGrid.Values(elements, flow.State, x, y)];
            for (var i = 0; i < points; i++)
            {
                shown.AsSpan(i * FlowGrid.Outputs, FlowGrid.Outputs).CopyTo(values.AsSpan(((i * times.Length) + moment) * FlowGrid.Outputs));
            }
        }

        return values;
    }

    /// <summary>The flow on a grid; the floor is the distance to one with polynomials two degrees lower and steps twice as long.</summary>
    public static ReferenceGrid Solve(int degree, int steps, double viscosity, ImmutableArray<double> x, ImmutableArray<double> y, ImmutableArray<double> times) =>
        FlowGrid.Compare([x, y, times], Values(degree, steps, viscosity, x, y, times), Values(degree - 2, steps / 2, viscosity, x, y, times));
}
