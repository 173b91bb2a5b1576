using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// Kovasznay's steady flow behind a grid, u·∇u = −∇p + Δu/Re and ∇·u = 0 on [−½, 1] × [−½, 3/2]: velocities on all sides, the pressure on
/// the outflow, where it is fixed.
/// </summary>
internal static class Kovasznay
{
    private static readonly Parameter<double> Reynolds = MethodParameters.Number(
        "reynolds", 20, 1, 1000, "Reynolds number (20 in DeepXDE)");

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "kovasznay",
            "2-D steady Navier–Stokes, Kovasznay flow in velocity and pressure",
            "Kovasznay, Proc. Camb. Phil. Soc. 44, 1948; set-up: Lu, Meng, Mao, Karniadakis, SIAM Review 63, 2021, arXiv:1907.04502",
            [Reynolds]),
        Create);

    private static Problem Create(Level level)
    {
        var reynolds = Reynolds.Of(level);
        var lambda = (reynolds / 2) - Math.Sqrt((reynolds * reynolds / 4) + (4 * Math.PI * Math.PI));
        const double Wave = 2 * Math.PI;
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var (u, v, p) = (Expr.OutputOf(0, 2), Expr.OutputOf(1, 2), Expr.OutputOf(2, 2));
        var (decay, sides) = (Expr.Exp(lambda * x), Box.SidesOf(0, 1));
        Expr Momentum(OutputExpr w, int axis) => (u * w.D(0)) + (v * w.D(1)) + p.D(axis) - (1 / reynolds * (w.D(0, 0) + w.D(1, 1)));
        var velocityX = 1 - (decay * Expr.Cos(Wave * y));
        var velocityY = lambda / Wave * decay * Expr.Sin(Wave * y);
        var pressure = 0.5 * (1 - Expr.Exp(2 * lambda * x));
        return Problem.WithSolution(
            [new("x", -0.5, 1), new("y", -0.5, 1.5)],
            ["u", "v", "p"],
            [
                LossTerm.Equation(Momentum(u, 0), Wave, "momentum-x"),
                LossTerm.Equation(Momentum(v, 1), Wave, "momentum-y"),
                LossTerm.Equation(u.D(0) + v.D(1), Wave, "continuity"),
                LossTerm.Boundary("velocity-x", sides, u - velocityX, 1),
                LossTerm.Boundary("velocity-y", sides, v - velocityY, 1),
                LossTerm.Boundary("pressure", [new(0, Upper: true)], p - pressure, 1),
            ],
            velocityX,
            velocityY,
            pressure);
    }
}
