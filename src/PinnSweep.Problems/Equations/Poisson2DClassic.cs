using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// Δu = 0 in [−½, ½]² without four discs of radius 0.1 around (±0.3, ±0.3), u = 1 on the sides and 0 on the circles. The solution is
/// <see cref="HarmonicSeries"/>.
/// </summary>
internal static class Poisson2DClassic
{
    private const double Half = 0.5;
    private const double Centre = 0.3;
    private const double Radius = 0.1;
    private const int Terms = 32;
    private static readonly Lazy<HarmonicSeries> Solution = new(() => Series(Terms));

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "poisson-2d-classic",
            "2-D Laplace equation in a square without four discs, u = 1 on the sides and 0 on the circles",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827",
            []),
        _ => Create())
    {
        Cases = ["PINNacle Poisson2d-C"],
    };

    private static Problem Create()
    {
        var u = Expr.OutputOf(0, 2);
        ImmutableArray<Hole> holes = [.. from x in new[] { -Centre, Centre } from y in new[] { -Centre, Centre } select new Hole(0, 1, x, y, Radius)];
        var problem = new Problem(
            [new("x", -Half, Half), new("y", -Half, Half)],
            ["u"],
            [
                LossTerm.Equation(u.D(0, 0) + u.D(1, 1), 1 / (Radius * Radius)),
                LossTerm.Boundary("sides", Box.SidesOf(0, 1), u - 1, 1),
                LossTerm.Boundary("circles", [.. Enumerable.Range(1, holes.Length).Select(hole => new Face(0, Upper: false, hole))], u, 1),
            ],
            (point, values) => values[0] = Solution.Value.At(point[0], point[1]))
        {
            Holes = holes,
            MeasureFloor = stated => Solution.Value.Misfit / Math.Sqrt(stated.ExactOnTestGrid().Average(value => value * value)),
            FloorLimit = 1e-11,
            SolvedBy = "Laurent series about the discs, least squares on the boundary",
        };
        return problem with { Solver = new("harmonic series, geometric convergence (powers of each kind)", [4, 8, 16, Terms], terms => OnTestGrid(problem, terms)) };
    }

    private static HarmonicSeries Series(int terms) => new(Half, Centre, Radius, terms, z => Math.Max(Math.Abs(z.Real), Math.Abs(z.Imaginary)) > Half * (1 - 1e-9) ? 1 : 0);

    private static double[] OnTestGrid(Problem problem, int terms)
    {
        var series = Series(terms);
        return [.. problem.TestGrid().Chunk(2).Select(point => series.At(point[0], point[1]))];
    }
}
