
namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>
/// −∇·(a ∇u) + c u = f in a domain of the plane with a condition on each side; where it evolves, u_t stands on the left as well.
/// </summary>
/// <param name="Diffusion">a(x, y), above 0.</param>
/// <param name="Reaction">c(x, y).</param>
/// <param name="Source">f(x, y, t).</param>
/// <param name="Conditions">Of each side: those of the box as <see cref="DiscMesh.BoxSides"/> has them, then the discs in their order.</param>
internal sealed record EllipticData(
    Func<double, double, double> Diffusion,
    Func<double, double, double> Reaction,
    Func<double, double, double, double> Source,
    Func<int, SideCondition> Conditions)
{
    /// <summary>Whether source and conditions are the same at all times.</summary>
    public bool IsSteady { get; init; } = true;
}

/// <summary>A condition: u = g, or a ∂u/∂n + q u = g with the normal out of the domain.</summary>
/// <param name="Value">g(x, y, t); of a fixed value it may not depend on time.</param>
/// <param name="Exchange">q; null where u itself is given.</param>
internal sealed record SideCondition(Func<double, double, double, double> Value, double? Exchange)
{
    /// <summary>u = g.</summary>
    public static SideCondition Fixed(Func<double, double, double> value) => new((x, y, _) => value(x, y), null);

    /// <summary>a ∂u/∂n + q u = g.</summary>
    public static SideCondition Flux(Func<double, double, double, double> value, double exchange = 0) => new(value, exchange);
}
