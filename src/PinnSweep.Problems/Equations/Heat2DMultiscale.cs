using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t = (500π)⁻² u_xx + π⁻² u_yy on [0, 1]² × [0, 5] with u = 0 on the edge and u = sin 20πx sin πy e^(−((20/500)² + 1) t): one direction
/// diffuses 250,000 times slower than the other.
/// </summary>
internal static class Heat2DMultiscale
{
    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "heat-2d-multiscale",
            "2-D heat equation with unequal conductivities, u = sin 20πx sin πy e^(−1.0016 t)",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827",
            []),
        _ => Create())
    {
        Cases = ["PINNacle Heat2d-MS"],
    };

    private static Problem Create()
    {
        const double Slow = 500 * Math.PI;
        const double Rate = (20.0 / 500 * (20.0 / 500)) + 1;
        var (x, y, t, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2), Expr.OutputOf(0, 3));
        var start = Expr.Sin(20 * Math.PI * x) * Expr.Sin(Math.PI * y);
        return Problem.WithSolution(
            [new("x", 0, 1), new("y", 0, 1), new("t", 0, 5)],
            ["u"],
            [
                LossTerm.Equation(u.D(2) - (1 / (Slow * Slow) * u.D(0, 0)) - (1 / (Math.PI * Math.PI) * u.D(1, 1)), 1),
                LossTerm.Boundary("boundary", Box.SidesOf(0, 1), u, 1),
                LossTerm.Initial(2, u - start, 1),
            ],
            start * Expr.Exp(-Rate * t)) with
        {
            TimeAxis = 2,

            // 20 half waves on 31 intervals: no common rhythm, so no zero of the solution is met more than twice.
            TestPointsPerAxis = 32,
        };
    }
}
