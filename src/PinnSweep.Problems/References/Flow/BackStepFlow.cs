using System.Collections.Immutable;

namespace PinnSweep.Problems.References.Flow;

/// <summary>
/// Steady flow from a channel of height 1 into one of height 2, [0, 4] × [0, 2] without [0, 2] × [1, 2], with u = 4y(1 − y) at the inlet and
/// p = 0 at the outlet. At the corner velocities have a singularity like r^0.54 and the pressure is unbounded, so elements shrink towards it by
/// a factor of four a layer, and the error with them.
/// </summary>
internal static class BackStepFlow
{
    /// <summary>The length of the channel.</summary>
    public const double Length = 4;

    /// <summary>The height behind the step.</summary>
    public const double Height = 2;

    private const double Shrinkage = 0.25;

    /// <summary>Whether a point is not cut out.</summary>
    public static bool Contains(double x, double y) => x >= Length / 2 || y <= Height / 2;

    /// <summary>The flow on elements; there are half as many layers at the corner as degrees, which balances the two errors.</summary>
    /// <param name="degree">Of the velocities.</param>
    /// <param name="viscosity">ν.</param>
    /// <param name="outlet">v on the outlet and its slope by height, 0 at both walls; null for 0.</param>
    public static FlowElements Elements(int degree, double viscosity, (Func<double, double> Value, Func<double, double> Slope)? outlet = null)
    {
        var layers = Math.Max(1, (degree / 2) - 1);
        var basis = new FlowBasis(degree);
        double[] x = [0, 0.5, 1, .. Towards(1.5, 2, layers), 2, .. Towards(2.5, 2, layers).Reverse(), 3, 3.5, 3.85, Length];
        double[] y = [0, .. Towards(0.6, 1, layers), 1, .. Towards(1.4, 1, layers).Reverse(), Height];
        (double U, double V) Velocity(double across, double up, double time) => across switch
        {
            0 => (4 * up * (1 - up), 0),
            Length when up is not 0 and not Height => (0, outlet?.Value(up) ?? 0),
            _ => (0, 0),
        };
        // u_x = −v_y on the outlet, so with this stress p = 0 there whatever v is.
        var conditions = FlowConditions.Channel(Length, 0, Height, Velocity) with { Stress = outlet is var (_, slope) ? up => -viscosity * slope(up) : null };
        return new(basis, new(basis, x, y, Contains), viscosity, conditions);
    }

    /// <summary>u, v and p at nodes.</summary>
    public static double[] Values(int degree, double viscosity, ImmutableArray<double> x, ImmutableArray<double> y)
    {
        var elements = Elements(degree, viscosity);
        return [.. FlowGrid.Values(elements, SteadyFlow.Solve(elements), x, y)];
    }

    /// <summary>The flow on a grid; the floor is the distance to one with polynomials two degrees lower and one layer less.</summary>
    public static ReferenceGrid Solve(int degree, double viscosity, ImmutableArray<double> x, ImmutableArray<double> y) =>
        FlowGrid.Compare([x, y], Values(degree, viscosity, x, y), Values(degree - 2, viscosity, x, y));

    private static IEnumerable<double> Towards(double from, double to, int layers) => Enumerable.Range(0, layers).Select(k => to + ((from - to) * Math.Pow(Shrinkage, k)));
}
