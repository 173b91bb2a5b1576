using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// The decaying vortices of Taylor and Green: u_t + u·∇u = −∇p + ν Δu, ∇·u = 0 on [0, 2π]² × [0, 1], periodic in space. The equations leave
/// the pressure open by a function of time, so its error is measured without the mean over space.
/// </summary>
internal static class TaylorGreen
{
    private static readonly Parameter<double> Nu = MethodParameters.Number("nu", 0.1, 1e-4, 1, "viscosity");

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "taylor-green",
            "2-D Taylor–Green vortices, unsteady Navier–Stokes in velocity and pressure, periodic",
            "Taylor, Green, Proc. R. Soc. Lond. A 158, 1937",
            [Nu, .. SoftPeriodicity.Parameters(1)]),
        level => SoftPeriodicity.Apply(Create(level), level, 1),
        SoftPeriodicity.Variant);

    private static Problem Create(Level level)
    {
        var nu = Nu.Of(level);
        var (x, y, t) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2));
        var (u, v, p) = (Expr.OutputOf(0, 3), Expr.OutputOf(1, 3), Expr.OutputOf(2, 3));
        var decay = Expr.Exp(-2 * nu * t);
        Expr Momentum(OutputExpr w, int axis) => w.D(2) + (u * w.D(0)) + (v * w.D(1)) + p.D(axis) - (nu * (w.D(0, 0) + w.D(1, 1)));
        Expr[] start = [-(Expr.Cos(x) * Expr.Sin(y)), Expr.Sin(x) * Expr.Cos(y)];
        return Problem.WithSolution(
            [new("x", 0, 2 * Math.PI, Periodic: true), new("y", 0, 2 * Math.PI, Periodic: true), new("t", 0, 1)],
            ["u", "v", "p"],
            [
                LossTerm.Equation(Momentum(u, 0), 1, "momentum-x"),
                LossTerm.Equation(Momentum(v, 1), 1, "momentum-y"),
                LossTerm.Equation(u.D(0) + v.D(1), 1, "continuity"),
                LossTerm.Initial(2, u - start[0], 1, "velocity-x"),
                LossTerm.Initial(2, v - start[1], 1, "velocity-y"),
            ],
            start[0] * decay,
            start[1] * decay,
            -0.25 * (Expr.Cos(2 * x) + Expr.Cos(2 * y)) * decay * decay) with
        {
            TimeAxis = 2,
            TestPointsPerAxis = 21,
            FreeOfMean = [2],
        };
    }
}
