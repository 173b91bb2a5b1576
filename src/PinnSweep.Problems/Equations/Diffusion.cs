using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Yardsticks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>u_t = u_xx − e⁻ᵗ (sin πx − π² sin πx) on [−1, 1] × [0, 1] with u = e⁻ᵗ sin πx: the smoke test of the suite.</summary>
internal static class Diffusion
{
    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "diffusion",
            "1-D diffusion with a source on [−1, 1] × [0, 1], u = e⁻ᵗ sin πx, zero at both ends",
            "Wu, Zhu, Tan, Kartha, Lu, Comput. Methods Appl. Mech. Eng. 403, 2023, arXiv:2207.10289",
            []),
        _ => Create());

    private static Problem Create()
    {
        var (x, t, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2));
        var source = (1 - (Math.PI * Math.PI)) * Expr.Exp(-t) * Expr.Sin(Math.PI * x);
        return Problem.WithSolution(
            [new("x", -1, 1) { Repeats = true }, new("t", 0, 1)],
            ["u"],
            [
                LossTerm.Equation(u.D(1) - u.D(0, 0) + source, Math.PI * Math.PI),
                LossTerm.Boundary("boundary", Box.SidesOf(0), u, 1),
                LossTerm.Initial(1, u - Expr.Sin(Math.PI * x), 1),
            ],
            Expr.Exp(-t) * Expr.Sin(Math.PI * x)) with
        {
            Ansatz = [new(Expr.Sin(Math.PI * x), t * (1 - (x * x)))],
            TimeAxis = 1,
            Solver = new LineDifferences(-1, 1, 1, 1, position => [Math.Sin(Math.PI * position)], (position, time, left, here, right, h, rate) =>
                rate[0] = ((left[0] - (2 * here[0]) + right[0]) / (h * h)) - ((1 - (Math.PI * Math.PI)) * Math.Exp(-time) * Math.Sin(Math.PI * position)))
            {
                Diffusivity = 1,
            }.Solver([10, 20, 50, 100, 200, 400]),
        };
    }
}
