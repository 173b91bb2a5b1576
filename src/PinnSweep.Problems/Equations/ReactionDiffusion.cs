using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t = ν u_xx + ρ u (1 − u) on [0, 2π] × [0, 1], periodic, from a Gaussian bump. The reference of the first papers splits the operators
/// and labels its times 1 % wrong; this one integrates the whole equation.
/// </summary>
internal static class ReactionDiffusion
{
    private const double Width = Math.PI / 4;

    private static readonly Parameter<double> Nu = MethodParameters.Number("nu", 5, 0.1, 10, "diffusivity; 2 to 6 in the papers");
    private static readonly Parameter<double> Rho = MethodParameters.Number("rho", 5, 0, 20, "rate of the reaction");

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "reaction-diffusion",
            "1-D reaction–diffusion u_t = ν u_xx + ρ u (1 − u), u₀ = exp(−(x − π)²/(2 (π/4)²))",
            "Krishnapriyan, Gholami, Zhe, Kirby, Mahoney, NeurIPS 2021, arXiv:2109.01050",
            [
                Nu,
                Rho,
                .. SoftPeriodicity.Parameters(1),
            ]),
        level => SoftPeriodicity.Apply(Create(level), level, 1));

    private static Problem Create(Level level)
    {
        var (x, u, nu, rho) = (Expr.Coordinate(0), Expr.OutputOf(0, 2), Nu.Of(level), Rho.Of(level));
        var evolution = new PeriodicEvolution(
            0,
            2 * Math.PI,
            position => Math.Exp(-Math.Pow(position - Math.PI, 2) / (2 * Width * Width)),
            k => -nu * k * k,
            value => rho * value * (1 - value),
            null);
        return PeriodicProblem.Create(
            string.Create(CultureInfo.InvariantCulture, $"reaction-diffusion {nu:R} {rho:R}"),
            evolution,
            new(Modes: 1024, StepsPerOutput: 40, End: 1, Outputs: 100, Positions: 128),
            [
                LossTerm.Equation(u.D(1) - (nu * u.D(0, 0)) - (rho * u.Value * (1 - u.Value)), Math.Max(nu, rho / 4)),
                LossTerm.Initial(1, u - Expr.Exp(-1 / (2 * Width * Width) * Expr.Power(x - Math.PI, 2)), 1),
            ],
            floorLimit: 2e-6) with
        {
            Equilibria = rho > 0 ? [[0], [1]] : [],
        };
    }
}
