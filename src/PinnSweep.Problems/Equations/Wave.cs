using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Yardsticks;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_tt = 4 u_xx on [0, 1]² with fixed ends, two modes, at rest at first. Residual, values and velocities differ by orders of magnitude,
/// and the plain sum of losses says little about the error.
/// </summary>
/// <remarks>The ansatz is u(x, 0) + 4t²x(1 − x) N, whose factor is 1 at most on the last moment; Wu et al. 2023 (arXiv:2207.10289) have 20
/// for 4.</remarks>
public static class Wave
{
    private const double UsualFactor = 4;

    private static readonly Parameter<int> A = MethodParameters.Count("a", 4, "half waves of the second mode", maximum: 50);
    private static readonly Parameter<double> AnsatzFactor = MethodParameters.Positive(
        "ansatz_factor",
        UsualFactor,
        "c of the ansatz u(x, 0) + c t² x (1 − x) N under hard constraints; 20 in Wu et al. 2023, arXiv:2207.10289") with
    {
        Absent = new SpecValue.Number(UsualFactor),
    };

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "wave",
            "1-D wave equation u_tt = 4 u_xx, u = sin πx cos 2πt + ½ sin aπx cos 2aπt",
            "Wang, Yu, Perdikaris, J. Comput. Phys. 449, 2022, arXiv:2007.14527",
            [A, AnsatzFactor]),
        Create)
    {
        Cases = ["PINNacle Wave1d-C"],
    };

    private static Problem Create(Level level)
    {
        var (x, t, u, pi) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2), Math.PI);
        var a = A.Of(level) * pi;
        return Problem.WithSolution(
            [new("x", 0, 1), new("t", 0, 1)],
            ["u"],
            [
                LossTerm.Equation(u.D(1, 1) - (4 * u.D(0, 0)), (4 * pi * pi) + (2 * a * a)),
                LossTerm.Boundary("boundary", Box.SidesOf(0), u, 1),
                LossTerm.Initial(1, u - Expr.Sin(pi * x) - (0.5 * Expr.Sin(a * x)), 1),
                LossTerm.Initial(1, u.D(1), (2 * pi) + a, "initial-velocity"),
            ],
            (Expr.Sin(pi * x) * Expr.Cos(2 * pi * t)) + (0.5 * Expr.Sin(a * x) * Expr.Cos(2 * a * t))) with
        {
            Ansatz = [new(Expr.Sin(pi * x) + (0.5 * Expr.Sin(a * x)), AnsatzFactor.Of(level) * Expr.Coordinate(1) * Expr.Coordinate(1) * x * (1 - x))],
            TimeAxis = 1,
            Solver = new LineDifferences(0, 1, 1, 2, position => [Math.Sin(pi * position) + (0.5 * Math.Sin(a * position)), 0], (_, _, left, here, right, h, rate) =>
                (rate[0], rate[1]) = (here[1], 4 * (left[0] - (2 * here[0]) + right[0]) / (h * h)))
            {
                Speed = 2,
            }.Solver([20, 50, 100, 200, 400, 800, 1600]),
        };
    }
}
