using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t + (100/16) u u_x + (100/16²) u_xx + (100/16⁴) u_xxxx = 0 on [0, 2π] × [0, 1], periodic: order four, and chaotic, so an early error
/// grows.
/// </summary>
internal static class KuramotoSivashinsky
{
    private const double Advection = 100.0 / 16;
    private const double Growth = 100.0 / (16 * 16);
    private const double Damping = 100.0 / (16 * 16 * 16 * 16);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "kuramoto-sivashinsky",
            "1-D Kuramoto–Sivashinsky equation, order 4, chaotic, u₀ = cos x (1 + sin x)",
            "Wang, Sankaran, Wang, Perdikaris 2023, arXiv:2308.08468",
            SoftPeriodicity.Parameters(3)),
        level => SoftPeriodicity.Apply(Create(), level, 3))
    {
        Cases = ["PINNacle KS"],
    };

    private static Problem Create()
    {
        var (x, u) = (Expr.Coordinate(0), Expr.OutputOf(0, 2));
        var evolution = new PeriodicEvolution(
            0,
            2 * Math.PI,
            position => Math.Cos(position) * (1 + Math.Sin(position)),
            k => (Growth * k * k) - (Damping * k * k * k * k),
            null,
            value => -0.5 * Advection * value * value);
        return PeriodicProblem.Create(
            "kuramoto-sivashinsky",
            evolution,
            new(Modes: 1024, StepsPerOutput: 400, End: 1, Outputs: 100, Positions: 256),
            [
                LossTerm.Equation(u.D(1) + (Advection * u.Value * u.D(0)) + (Growth * u.D(0, 0)) + (Damping * u.D(0, 0, 0, 0)), 10 * Advection),
                LossTerm.Initial(1, u - (Expr.Cos(x) * (1 + Expr.Sin(x))), 1),
            ],
            floorLimit: 1e-8);
    }
}
