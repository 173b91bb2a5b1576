using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>u″ = f on [0, 1] for u = sin 2πx + 0.1 sin 50πx: a plain perceptron finds the first mode and misses the second.</summary>
internal static class Poisson1DMultiscale
{
    private const double Slow = 2 * Math.PI;
    private const double Fast = 50 * Math.PI;

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "poisson-1d-multiscale",
            "1-D Poisson equation on [0, 1], u = sin 2πx + 0.1 sin 50πx",
            "Wang, Wang, Perdikaris, Comput. Methods Appl. Mech. Eng. 384, 2021, arXiv:2012.10047",
            []),
        _ => Create());

    private static Problem Create()
    {
        var (x, u) = (Expr.Coordinate(0), Expr.OutputOf(0, 1));
        var source = -(Slow * Slow * Expr.Sin(Slow * x)) - (0.1 * Fast * Fast * Expr.Sin(Fast * x));
        return Problem.WithSolution(
            [new("x", 0, 1)],
            ["u"],
            [LossTerm.Equation(u.D(0, 0) - source, (Slow * Slow) + (0.1 * Fast * Fast)), LossTerm.Boundary("boundary", Box.SidesOf(0), u, 1)],
            Expr.Sin(Slow * x) + (0.1 * Expr.Sin(Fast * x))) with
        {
            TestPointsPerAxis = 2001,
            Ansatz = [new(0.0, 4 * x * (1 - x))],
        };
    }
}
