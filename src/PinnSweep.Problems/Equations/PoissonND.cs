using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>−Δu = (π²/4) Σ sin(πxᵢ/2) on the unit cube of d dimensions, for u = Σ sin(πxᵢ/2), which is prescribed on all sides.</summary>
internal static class PoissonND
{
    private static readonly Parameter<int> Dimension = MethodParameters.Count("dimension", 5, "coordinates d", minimum: 2, maximum: 8);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "poisson-nd",
            "Poisson equation in d dimensions on the unit cube, u = Σ sin(πxᵢ/2)",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827",
            [Dimension]),
        level => Create(Dimension.Of(level)))
    {
        Cases = ["PINNacle PNd"],
    };

    private static Problem Create(int dimension)
    {
        var (u, axes) = (Expr.OutputOf(0, dimension), Enumerable.Range(0, dimension).ToArray());
        var solution = axes.Select(axis => Expr.Sin(Math.PI / 2 * Expr.Coordinate(axis))).Aggregate((sum, wave) => sum + wave);
        var quarter = Math.PI * Math.PI / 4;
        return Problem.WithSolution(
            [.. axes.Select(axis => new Axis(FormattableString.Invariant($"x{axis + 1}"), 0, 1))],
            ["u"],
            [
                LossTerm.Equation(axes.Select(axis => u.D(axis, axis)).Aggregate((sum, second) => sum + second) + (quarter * solution), dimension * quarter),
                LossTerm.Boundary("boundary", Box.SidesOf(axes), u - solution, 1),
            ],
            solution) with
        {
            ScatteredTestPoints = dimension > 3 ? ScatteredPoints.Usual : 0,
            TestPointsPerAxis = dimension > 2 ? 32 : 101,
        };
    }
}
