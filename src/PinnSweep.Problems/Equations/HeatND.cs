using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t = Δu/d − (|x|²/d) u in the unit ball of d dimensions over [0, 1], with the slope along the normal given on the sphere, for
/// u = e^(|x|²/2 + t): the source −(|x|²/d) e^(|x|²/2 + t) is known.
/// </summary>
internal static class HeatND
{
    private static readonly Parameter<int> Dimension = MethodParameters.Count("dimension", 5, "coordinates of space d", minimum: 2, maximum: 7);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "heat-nd",
            "Heat equation in the unit ball of d dimensions with Neumann conditions, u = e^(|x|²/2 + t)",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827",
            [Dimension]),
        level => Create(Dimension.Of(level)))
    {
        Cases = ["PINNacle HNd"],
    };

    private static Problem Create(int dimension)
    {
        var (u, t, axes) = (Expr.OutputOf(0, dimension + 1), Expr.Coordinate(dimension), Enumerable.Range(0, dimension).ToArray());
        var square = axes.Select(axis => Expr.Coordinate(axis) * Expr.Coordinate(axis)).Aggregate((sum, one) => sum + one);
        var laplacian = axes.Select(axis => u.D(axis, axis)).Aggregate((sum, second) => sum + second);

        // On the unit sphere the normal is the place itself, and the slope of u along it |x| u.
        var slope = axes.Select(axis => Expr.Coordinate(axis) * u.D(axis)).Aggregate((sum, one) => sum + one);
        var solution = Expr.Exp((0.5 * square) + t);
        var largest = Math.Exp(1.5);
        return Problem.WithSolution(
            [.. axes.Select(axis => new Axis(FormattableString.Invariant($"x{axis + 1}"), -1, 1)), new("t", 0, 1)],
            ["u"],
            [
                LossTerm.Equation(u.D(dimension) - (1.0 / dimension * laplacian) + (1.0 / dimension * square * solution), 2 * largest),
                LossTerm.Boundary("sphere", [Face.Sphere], slope - solution, largest),
                LossTerm.Initial(dimension, u - Expr.Exp(0.5 * square), 1),
            ],
            solution) with
        {
            TimeAxis = dimension,
            Ball = new(dimension, 1),
            ScatteredTestPoints = ScatteredPoints.Usual,
        };
    }
}
