using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// −∇·(a ∇u) = f on [0, 1]² with a unknown inside and known on the edge, from measurements of u = sin πx sin πy with noise on a square grid;
/// a = 1/(1 + x² + y² + (x − 1)² + (y − 1)²) is a second output. The published program has 2x + 1 and 2y + 1 in f where ∇a = −a² (4x − 2, 4y − 2)
/// asks for 2x − 1 and 2y − 1, so its pair u, a does not solve its equation.
/// </summary>
/// <remarks>The noise of the published program is unseeded; here every trial meets the same.</remarks>
internal static class PoissonInverse
{
    private static readonly Parameter<Variant> Form = MethodParameters.Choice(
        "form",
        "corrected: f belongs to u and a; published: void, f of the authors' program has 2x + 1 and 2y + 1 in place of 2x − 1 and 2y − 1",
        Variant.Corrected, Variant.Published);

    private static readonly Parameter<int> Along = MethodParameters.Count("along", 50, "measurements along each side of their grid, both ends among them", minimum: 2, maximum: 300);
    private static readonly Parameter<double> Deviation = Measurements.Deviation(0.1);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "poisson-inverse",
            "2-D Poisson equation ∇·(a∇u) + f = 0 with an unknown field a, from measurements of u with noise",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827 (with the sign of its source corrected)",
            [Form, Along, Deviation]),
        Create,
        (Form.Name, ChoiceWords.ToValue(Variant.Published)))
    {
        Cases = ["PINNacle PInv"],
    };

    private static Problem Create(Level level)
    {
        var (x, y, u, a) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2), Expr.OutputOf(1, 2));
        var (isRight, pi, deviation) = (Form.Of(level) == Variant.Corrected, Math.PI, Deviation.Of(level));
        var solution = Expr.Sin(pi * x) * Expr.Sin(pi * y);
        var field = 1 / (1 + (x * x) + (y * y) + ((x - 1) * (x - 1)) + ((y - 1) * (y - 1)));
        Expr Slope(Expr z) => isRight ? (2 * z) - 1 : (2 * z) + 1;
        var source = (2 * pi * pi * solution * field)
            + (2 * pi * field * field * ((Slope(x) * Expr.Cos(pi * x) * Expr.Sin(pi * y)) + (Slope(y) * Expr.Sin(pi * x) * Expr.Cos(pi * y))));
        var flux = (a * (u.D(0, 0) + u.D(1, 1))) + (a.D(0) * u.D(0)) + (a.D(1) * u.D(1));
        var problem = Problem.WithSolution([new("x", 0, 1), new("y", 0, 1)], ["u", "a"], [], solution, field);
        return problem with
        {
            Terms =
            [
                LossTerm.Equation(flux + source, pi * pi),
                LossTerm.Boundary("coefficient", Box.SidesOf(0, 1), a - field, 1),
                Measurements.Term(problem, Grid(Along.Of(level)), _ => deviation),
            ],
            Void = isRight ? null : "f of the published program has 2x + 1 and 2y + 1 in place of 2x − 1 and 2y − 1, so u and a do not solve its equation",
        };
    }

    private static double[] Grid(int n) =>
        [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) from value in new[] { i, j } select (double)value / (n - 1)];

    private enum Variant
    {
        Corrected,
        Published,
    }
}
