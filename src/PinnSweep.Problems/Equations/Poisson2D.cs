using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Yardsticks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>−Δu = f on [0, 1]² with u = 0 on the edge, for u = (1/m) Σ sin(wπx) sin(wπy) over m frequencies w.</summary>
internal static class Poisson2D
{
    /// <summary>One sine, the smooth case.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "poisson-2d",
            "2-D Poisson equation on [0, 1]², u = sin πx sin πy",
            "Müller, Zeinhofer, ICML 2023, arXiv:2302.13163",
            []),
        _ => Create(1));

    /// <summary>Four sines of rising frequency.</summary>
    public static ProblemEntry Multiscale { get; } = new(
        new(
            Factor.Problem,
            "poisson-2d-multiscale",
            "2-D Poisson equation on [0, 1]², u = ¼ Σ sin(wπx) sin(wπy) for w = 4, 8, 12, 16",
            "the multi-scale case of the second-order training literature (wephy/physics-informed-neural-networks)",
            []),
        _ => Create(4, 8, 12, 16));

    private static Problem Create(params double[] frequencies)
    {
        var (x, y, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2));
        var count = frequencies.Length;
        Expr Mode(double w) => 2 * w * w * Math.PI * Math.PI / count * Expr.Sin(w * Math.PI * x) * Expr.Sin(w * Math.PI * y);
        return Problem.WithSolution(
            [new("x", 0, 1), new("y", 0, 1)],
            ["u"],
            [
                LossTerm.Equation(u.D(0, 0) + u.D(1, 1) + frequencies.Select(Mode).Aggregate((sum, mode) => sum + mode), frequencies.Sum(w => 2 * w * w) * Math.PI * Math.PI / count),
                LossTerm.Boundary("boundary", Box.SidesOf(0, 1), u, 1),
            ],
            frequencies.Select(w => 1.0 / count * Expr.Sin(w * Math.PI * x) * Expr.Sin(w * Math.PI * y)).Aggregate((sum, mode) => sum + mode)) with
        {
            Ansatz = [new(0.0, 16 * x * (1 - x) * y * (1 - y))],
            Solver = SineDifferences.Solver(0, 1, 0, (px, py) => -frequencies.Sum(w => 2 * w * w * Math.PI * Math.PI / count * Math.Sin(w * Math.PI * px) * Math.Sin(w * Math.PI * py))),
        };
    }
}
