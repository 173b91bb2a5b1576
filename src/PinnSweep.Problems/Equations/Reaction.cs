using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t = ρ u (1 − u) on [0, 2π] × [0, 1] from a Gaussian bump, a logistic equation at every x. Networks like to settle on the fixed point u
/// = 0.
/// </summary>
internal static class Reaction
{
    private const double Width = Math.PI / 4;

    private static readonly Parameter<double> Rho = MethodParameters.Number("rho", 5, 0.01, 100, "rate; 5 is the usual hard case");

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "reaction",
            "1-D logistic reaction u_t = ρ u (1 − u), u₀ = exp(−(x − π)²/(2 (π/4)²))",
            "Krishnapriyan, Gholami, Zhe, Kirby, Mahoney, NeurIPS 2021, arXiv:2109.01050",
            [Rho, .. SoftPeriodicity.Parameters(0)]),
        level => SoftPeriodicity.Apply(Create(level), level, 0),
        SoftPeriodicity.Variant);

    private static Problem Create(Level level)
    {
        var (x, t, u, rho) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2), Rho.Of(level));
        var start = Expr.Exp(-1 / (2 * Width * Width) * Expr.Power(x - Math.PI, 2));
        var grown = start * Expr.Exp(rho * t);
        return Problem.WithSolution(
            [new("x", 0, 2 * Math.PI, Periodic: true), new("t", 0, 1)],
            ["u"],
            [LossTerm.Equation(u.D(1) - (rho * u.Value * (1 - u.Value)), rho / 4), LossTerm.Initial(1, u - start, 1)],
            grown / (grown + 1 - start)) with
        {
            Ansatz = [new(start, Expr.Coordinate(1))],
            TimeAxis = 1,
            Equilibria = [[0], [1]],
        };
    }
}
