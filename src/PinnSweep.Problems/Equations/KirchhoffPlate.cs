using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// A simply supported plate under the load p₀ sin(πx/a) sin(πy/b), without dimensions: X = x/a, Y = y/b, W = w divided by its peak. Then
/// W_XXXX + 2 r² W_XXYY + r⁴ W_YYYY = π⁴ (1 + r²)² sin πX sin πY with r = a/b; deflection and bending moment vanish on every edge. In
/// metres a perceptron sees deflections of 10⁻² and fourth derivatives of 10⁻⁴, and nothing trains.
/// </summary>
internal static class KirchhoffPlate
{
    private static readonly Parameter<double> Aspect = MethodParameters.Number("aspect", 1, 0.1, 10, "r = a/b");
    private static readonly Parameter<double> Poisson = MethodParameters.Number("poisson", 0.2, 0, 0.5, "Poisson's ratio of the material");
    private static readonly Parameter<EdgeTerms> Boundary = MethodParameters.Choice(
        "boundary", "eight conditions (deflection and moment on each edge), or three by kind", EdgeTerms.PerEdge, EdgeTerms.Grouped);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "kirchhoff-plate",
            "Kirchhoff plate of order 4, simply supported, sinusoidal load, without dimensions",
            "Bischof, Kraus, Comput. Methods Appl. Mech. Eng. 439, 2025, arXiv:2110.09813",
            [Aspect, Poisson, Boundary]),
        Create);

    private static Problem Create(Level level)
    {
        var (r2, nu, pi2) = (Math.Pow(Aspect.Of(level), 2), Poisson.Of(level), Math.PI * Math.PI);
        var (x, y, w) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2));
        var load = pi2 * pi2 * Math.Pow(1 + r2, 2);
        var equation = LossTerm.Equation(
            w.D(0, 0, 0, 0) + (2 * r2 * w.D(0, 0, 1, 1)) + (r2 * r2 * w.D(1, 1, 1, 1)) - (load * Expr.Sin(Math.PI * x) * Expr.Sin(Math.PI * y)),
            load);
        Expr[] moments = [w.D(0, 0) + (nu * r2 * w.D(1, 1)), (r2 * w.D(1, 1)) + (nu * w.D(0, 0))];
        double[] scales = [pi2 * (1 + (nu * r2)), pi2 * (r2 + nu)];

        var problem = Problem.WithSolution(
            [new("x", 0, 1), new("y", 0, 1)],
            ["w"],
            [equation],
            Expr.Sin(Math.PI * x) * Expr.Sin(Math.PI * y));
        ImmutableArray<LossTerm> conditions = Boundary.Of(level) == EdgeTerms.Grouped
            ? [
                LossTerm.Boundary("deflection", Box.SidesOf(0, 1), w, 1),
                LossTerm.Boundary("moment-x", Box.SidesOf(0), moments[0], scales[0]),
                LossTerm.Boundary("moment-y", Box.SidesOf(1), moments[1], scales[1]),
            ]
            : [
                .. Box.SidesOf(0, 1).SelectMany(edge => new[]
                {
                    LossTerm.Boundary($"deflection-{edge.Name(problem)}", [edge], w, 1),
                    LossTerm.Boundary($"moment-{edge.Name(problem)}", [edge], moments[edge.Axis], scales[edge.Axis]),
                }),
            ];
        return problem with { Terms = [equation, .. conditions], Ansatz = [new(0.0, 16 * x * (1 - x) * y * (1 - y))] };
    }
}
