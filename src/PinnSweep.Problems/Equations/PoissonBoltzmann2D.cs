using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Problems.Solvers.SpectralElements;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// −Δu + 64u = f on [−1, 1]² without four unequal discs, u = 1 on their circles and 0.2 on the edge, with
/// f = 10 (17 + x² + y²) sin πx sin 4πy. The reference is of spectral elements; corners, where u is like r² log r, have thin layers.
/// </summary>
internal static class PoissonBoltzmann2D
{
    private const double Wave = 8;
    private const double OnEdge = 0.2;
    private const double OnCircles = 1;

    private static readonly ImmutableArray<Hole> Discs = [new(0, 1, 0.5, 0.5, 0.2), new(0, 1, 0.4, -0.4, 0.4), new(0, 1, -0.2, -0.7, 0.1), new(0, 1, -0.6, 0.5, 0.3)];

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "poisson-boltzmann-2d",
            "2-D linearized Poisson–Boltzmann equation −Δu + 64u = f on a square without four discs, u = 0.2 on the edge and 1 on the circles",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827",
            []),
        _ => Create())
    {
        Cases = ["PINNacle Poisson2d-CG"],
    };

    /// <summary>The equation on its mesh.</summary>
    internal static DiscsSolver Solver { get; } = new(
        new(-1, 1, -1, 1),
        Discs,
        new(
            (_, _) => 1,
            (_, _) => Wave * Wave,
            (x, y, _) => 10 * (17 + (x * x) + (y * y)) * Math.Sin(Math.PI * x) * Math.Sin(4 * Math.PI * y),
            side => SideCondition.Fixed((_, _) => side < DiscMesh.BoxSides ? OnEdge : OnCircles)),
        Widest: 0.25,
        Layers: 1);

    private static Problem Create()
    {
        var (x, y, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2));
        var source = 10 * (17 + (x * x) + (y * y)) * Expr.Sin(Math.PI * x) * Expr.Sin(4 * Math.PI * y);
        var problem = new Problem(
            [new("x", -1, 1), new("y", -1, 1)],
            ["u"],
            [
                LossTerm.Equation((Wave * Wave * u.Value) - u.D(0, 0) - u.D(1, 1) - source, 180),
                LossTerm.Boundary("edge", Box.SidesOf(0, 1), u - OnEdge, 1),
                LossTerm.Boundary("circles", HoleNormals.Circles(Discs, _ => true), u - OnCircles, 1),
            ],
            (_, _) => { })
        {
            Holes = Discs,
        };
        ImmutableArray<ImmutableArray<double>> nodes = [ReferenceGrid.Spaced(-1, 1, 100), ReferenceGrid.Spaced(-1, 1, 100)];
        return HolesReference.With(
            problem, nodes, "spectral elements", [4, 6, 8, 10, 12, 16], 1e-7, degree => Solver.Steady(degree, nodes), "poisson-boltzmann-2d 1");
    }
}
