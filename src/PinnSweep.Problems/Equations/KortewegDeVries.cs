using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// The Korteweg–de Vries equation in two published forms: u_t + u u_x + 0.022² u_xxx = 0 on [−1, 1] × [0, 1], periodic, from cos πx, which
/// breaks into solitons (Zabusky and Kruskal); and u_t + 6 u u_x + u_xxx = 0 on [0, 20] × [0, 5] with two solitons, in closed form.
/// </summary>
internal static class KortewegDeVries
{
    private static readonly Parameter<Start> Initial = MethodParameters.Choice(
        "initial",
        "cosine: δ = 0.022, cos πx on [−1, 1], periodic; two-soliton: speeds 6 and 2 on [0, 20]",
        Start.Cosine, Start.TwoSoliton);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "kdv",
            "1-D Korteweg–de Vries equation, order 3: solitons out of a cosine, or two of them in closed form",
            "Zabusky, Kruskal, Phys. Rev. Lett. 15, 1965, set-up: arXiv:2308.08468; two solitons: the vRBA literature (jdtoscano94)",
            [Initial, .. SoftPeriodicity.Parameters(2)]),
        level => SoftPeriodicity.Apply(Initial.Of(level) == Start.Cosine ? Cosine() : TwoSolitons(), level, 2),
        (Initial.Name, ChoiceWords.ToValue(Start.TwoSoliton)));

    private static Problem Cosine()
    {
        const double Dispersion = 0.022 * 0.022;
        var (x, u) = (Expr.Coordinate(0), Expr.OutputOf(0, 2));
        var evolution = new PeriodicEvolution(-1, 1, position => Math.Cos(Math.PI * position), k => new(0, Dispersion * k * k * k), null, value => -0.5 * value * value);
        return PeriodicProblem.Create(
            "kdv cosine",
            evolution,
            new(Modes: 1024, StepsPerOutput: 400, End: 1, Outputs: 100, Positions: 256),
            [
                LossTerm.Equation(u.D(1) + (u * u.D(0)) + (Dispersion * u.D(0, 0, 0)), Math.PI),
                LossTerm.Initial(1, u - Expr.Cos(Math.PI * x), 1),
            ],
            floorLimit: 1e-10);
    }

    private static Problem TwoSolitons()
    {
        var (x, u, solution) = (Expr.Coordinate(0), Expr.OutputOf(0, 2), TwoSolitonSolution());
        Problem box = Problem.WithSolution([new("x", 0, 20), new("t", 0, 5)], ["u"], [], solution);
        return box with
        {
            TimeAxis = 1,
            Terms =
            [
                // The left soliton alone has height 3 and width √(2/3).
                LossTerm.Equation(u.D(1) + (6 * u.Value * u.D(0)) + u.D(0, 0, 0), 6 * 3 * 3),
                LossTerm.Boundary("boundary", Box.SidesOf(0), u - solution, 1),
                LossTerm.Boundary("slope", [new(0, Upper: true)], u.D(0) - CoordinateCalculus.Derivative(solution, 0), 1),
                LossTerm.Initial(1, u - ClosedForm.AtStart(solution, 1), 1),
            ],
        };
    }

    /// <summary>Speeds c₁ = 6, c₂ = 2; centres −2 and 2 at time zero, moved by the meeting.</summary>
    private static Expr TwoSolitonSolution()
    {
        const double C1 = 6, C2 = 2;
        var (root1, root2) = (Math.Sqrt(C1), Math.Sqrt(C2));
        var (x, t) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var (a, b) = (root1 * 0.5 * (x - (C1 * t) + 2), root2 * 0.5 * (x - (C2 * t) - 2));

        Expr Cosh(Expr z) => 0.5 * (Expr.Exp(z) + Expr.Exp(-z));
        Expr Sinh(Expr z) => 0.5 * (Expr.Exp(z) - Expr.Exp(-z));
        var top = (C1 * Expr.Power(Cosh(b), 2)) + (C2 * Expr.Power(Sinh(a), 2));
        var bottom = ((root1 - root2) * Cosh(a + b)) + ((root1 + root2) * Cosh(a - b));
        return 2 * (C1 - C2) * top / Expr.Power(bottom, 2);
    }

    private enum Start
    {
        Cosine,
        TwoSoliton,
    }
}
