namespace PinnSweep.Problems.References.Flow;

/// <summary>Velocities, pressure and the velocities' derivatives at a point.</summary>
/// <param name="U">Along the first coordinate.</param>
/// <param name="V">Along the second one.</param>
/// <param name="P">The pressure over the density.</param>
/// <param name="Ux">∂u/∂x.</param>
/// <param name="Uy">∂u/∂y.</param>
/// <param name="Vx">∂v/∂x.</param>
/// <param name="Vy">∂v/∂y.</param>
internal readonly record struct FlowPoint(double U, double V, double P, double Ux, double Uy, double Vx, double Vy)
{
    /// <summary>u·∇u.</summary>
    public (double X, double Y) Convection => ((U * Ux) + (V * Uy), (U * Vx) + (V * Vy));
}
