using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t = D u_xx + 5 (u − u³) on [−1, 1] × [0, 1] from x² cos πx in the two published forms, which are often confused: D = 10⁻⁴ and
/// periodic, or D = 10⁻³ with u(±1, t) = −1. The periodic continuation of the first has a kink at ±1, which early times keep.
/// </summary>
internal static class AllenCahn
{
    private const string LateFloor = "floor from t = 0.25";

    private static readonly Parameter<Ends> Form = MethodParameters.Choice(
        "form", "periodic: D = 10⁻⁴; dirichlet: D = 10⁻³ and u(±1, t) = −1", Ends.Periodic, Ends.Dirichlet);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "allen-cahn",
            "1-D Allen–Cahn equation u_t = D u_xx + 5 (u − u³), u₀ = x² cos πx",
            "periodic: Raissi, Perdikaris, Karniadakis 2019; Wang, Sankaran, Wang, Perdikaris 2023, arXiv:2308.08468; fixed ends: Wu et al. 2023, arXiv:2207.10289",
            [Form, .. SoftPeriodicity.Parameters(1)]),
        level => SoftPeriodicity.Apply(Form.Of(level) == Ends.Periodic ? Periodic() : Dirichlet(), level, 1) with { Equilibria = [[-1], [0], [1]] },
        (Form.Name, ChoiceWords.ToValue(Ends.Dirichlet)));

    private static double Start(double x) => x * x * Math.Cos(Math.PI * x);

    private static Expr StartOf(Expr x) => Expr.Power(x, 2) * Expr.Cos(Math.PI * x);

    private static LossTerm[] Common(double diffusivity)
    {
        var u = Expr.OutputOf(0, 2);
        return
        [
            LossTerm.Equation(u.D(1) - (diffusivity * u.D(0, 0)) - (5 * (u - Expr.Power(u, 3))), 5),
            LossTerm.Initial(1, u - StartOf(Expr.Coordinate(0)), 1),
        ];
    }

    private static Problem Periodic()
    {
        const double Diffusivity = 1e-4;
        var evolution = new PeriodicEvolution(-1, 1, Start, k => -Diffusivity * k * k, u => 5 * (u - (u * u * u)), null);
        return PeriodicProblem.Create(
            "allen-cahn periodic",
            evolution,
            new(Modes: 4096, StepsPerOutput: 80, End: 1, Outputs: 100, Positions: 256, Later: (LateFloor, 0.25)),
            [.. Common(Diffusivity)],
            floorLimit: 2e-6,
            (LateFloor, 1e-9));
    }

    private static Problem Dirichlet()
    {
        const double Diffusivity = 1e-3;

        // w = u + 1 vanishes at the ends and continues as an odd function with period 4; its source becomes 5 (−2w + 3w|w| − w³).
        var evolution = new PeriodicEvolution(
            -1,
            3,
            position => position <= 1 ? Start(position) + 1 : -(Start(2 - position) + 1),
            k => -Diffusivity * k * k,
            w => 5 * w * (-2 + (3 * Math.Abs(w)) - (w * w)),
            null)
        {
            ShownUpTo = 1,
            Offset = -1,
        };
        var (equation, initial) = Common(Diffusivity) is [var first, var last] ? (first, last) : throw new InvalidOperationException();
        var boundary = LossTerm.Boundary("boundary", Box.SidesOf(0), Expr.OutputOf(0, 2) + 1, 1);
        var x = Expr.Coordinate(0);
        return PeriodicProblem.Create(
            "allen-cahn dirichlet",
            evolution,
            new(Modes: 4096, StepsPerOutput: 40, End: 1, Outputs: 100, Positions: 256),
            [equation, boundary, initial],
            floorLimit: 2e-6) with
        {
            // The start is −1 at both ends as the solution is, so it serves as the lift at every moment.
            Ansatz = [new(StartOf(x), Expr.Coordinate(1) * (1 - (x * x)))],
        };
    }

    private enum Ends
    {
        Periodic,
        Dirichlet,
    }
}
