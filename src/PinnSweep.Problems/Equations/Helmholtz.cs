using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Yardsticks;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_xx + u_yy + k² u = q on [−1, 1]² with u = 0 on the edge, made for u = sin(a₁πx) sin(a₂πy). The classic test of loss balancing:
/// the residual is some hundred times larger than the boundary values.
/// </summary>
public static class Helmholtz
{
    internal static readonly Parameter<int> A1 = MethodParameters.Count("a1", 1, "half waves along x", maximum: 100);
    internal static readonly Parameter<int> A2 = MethodParameters.Count("a2", 4, "half waves along y", maximum: 100);
    private static readonly Parameter<double> K = MethodParameters.Number("k", 1, 0, 1000, "wave number");
    private static readonly Parameter<EdgeTerms> Boundary = MethodParameters.Choice(
        "boundary",
        "the edges as loss terms: grouped (their mean), summed (one term too, the sum of their means, four times as large: the "
            + "authors' program), per-edge",
        EdgeTerms.Grouped, EdgeTerms.Summed, EdgeTerms.PerEdge);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "helmholtz",
            "2-D Helmholtz equation u_xx + u_yy + k² u = q on [−1, 1]², u = sin(a₁πx) sin(a₂πy), zero on the edge",
            "Wang, Teng, Perdikaris, SIAM J. Sci. Comput. 43(5), 2021, arXiv:2001.04536",
            [A1, A2, K, Boundary, BoundaryTerms.Dilution]),
        level => BoundaryTerms.Diluted(level, Create(level)));

    private static Problem Create(Level level)
    {
        var (ax, ay, k) = (A1.Of(level) * Math.PI, A2.Of(level) * Math.PI, K.Of(level));
        var (x, y, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2));
        var amplitude = (k * k) - (ax * ax) - (ay * ay);
        var source = amplitude * Expr.Sin(ax * x) * Expr.Sin(ay * y);
        var equation = LossTerm.Equation(u.D(0, 0) + u.D(1, 1) + (k * k * u.Value) - source, Math.Abs(amplitude));

        var problem = Problem.WithSolution(
            [new("x", -1, 1) { Repeats = true }, new("y", -1, 1) { Repeats = true }],
            ["u"],
            [equation],
            Expr.Sin(ax * x) * Expr.Sin(ay * y));
        var edges = Box.SidesOf(0, 1);
        ImmutableArray<LossTerm> conditions = Boundary.Of(level) switch
        {
            EdgeTerms.Grouped => [LossTerm.Boundary("boundary", edges, u, 1)],

            // The mean square of 2u over four equal edges is the sum of the edges' mean squares of u.
            EdgeTerms.Summed => [LossTerm.Boundary("boundary", edges, 2 * u.Value, 2)],
            _ => [.. edges.Select(edge => LossTerm.Boundary(edge.Name(problem), [edge], u, 1))],
        };
        return problem with { Terms = [equation, .. conditions], Ansatz = [new(0.0, (1 - (x * x)) * (1 - (y * y)))], Solver = SineDifferences.Solver(-1, 1, k * k, (px, py) => amplitude * Math.Sin(ax * px) * Math.Sin(ay * py)) };
    }
}
