using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_tt − u_xx + uᵖ = f in the two published forms, which must not be mixed: p = 3 with u = x cos 5πt + (xt)³ on [0, 1]², and p = 2 with
/// u = x cos t on [−1, 1] × [0, 10].
/// </summary>
internal static class KleinGordon
{
    private static readonly Parameter<Nonlinearity> Form = MethodParameters.Choice(
        "form",
        "cubic: u = x cos 5πt + (xt)³ on [0, 1]²; quadratic: u = x cos t on [−1, 1] × [0, 10]",
        Nonlinearity.Cubic, Nonlinearity.Quadratic);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "klein-gordon",
            "1-D Klein–Gordon equation with a cubic or a quadratic nonlinearity",
            "cubic: Wang, Teng, Perdikaris 2021, arXiv:2001.04536; quadratic: Lu, Meng, Mao, Karniadakis, SIAM Review 63, 2021, arXiv:1907.04502",
            [Form, BoundaryTerms.Parameter]),
        Create,
        (Form.Name, ChoiceWords.ToValue(Nonlinearity.Quadratic)));

    private static Problem Create(Level level) => BoundaryTerms.Regrouped(level, Form.Of(level) == Nonlinearity.Cubic ? Cubic() : Quadratic());

    private static Problem Cubic()
    {
        var (x, t, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2));
        const double Frequency = 5 * Math.PI;
        var solution = (x * Expr.Cos(Frequency * t)) + Expr.Power(x * t, 3);
        var curvature = (-(Frequency * Frequency) * x * Expr.Cos(Frequency * t)) + (6 * t * Expr.Power(x, 3)) - (6 * x * Expr.Power(t, 3));
        return Problem.WithSolution(
            [new("x", 0, 1), new("t", 0, 1)],
            ["u"],
            [
                LossTerm.Equation(u.D(1, 1) - u.D(0, 0) + Expr.Power(u, 3) - (curvature + Expr.Power(solution, 3)), Frequency * Frequency),
                LossTerm.Boundary("boundary", Box.SidesOf(0), u - solution, 1),
                LossTerm.Initial(1, u - x, 1),
                LossTerm.Initial(1, u.D(1), Frequency, "initial-velocity"),
            ],
            solution) with
        {
            TimeAxis = 1,
        };
    }

    private static Problem Quadratic()
    {
        var (x, t, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2));
        var solution = x * Expr.Cos(t);
        return Problem.WithSolution(
            [new("x", -1, 1), new("t", 0, 10)],
            ["u"],
            [
                LossTerm.Equation(u.D(1, 1) - u.D(0, 0) + Expr.Power(u, 2) - (Expr.Power(solution, 2) - solution), 1),
                LossTerm.Boundary("boundary", Box.SidesOf(0), u - solution, 1),
                LossTerm.Initial(1, u - x, 1),
                LossTerm.Initial(1, u.D(1), 1, "initial-velocity"),
            ],
            solution) with
        {
            TimeAxis = 1,
        };
    }

    private enum Nonlinearity
    {
        Cubic,
        Quadratic,
    }
}
