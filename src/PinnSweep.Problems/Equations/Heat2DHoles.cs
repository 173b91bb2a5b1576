using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Problems.Solvers.SpectralElements;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t = Δu on [−8, 8] × [−12, 12] without 17 discs for 3 units of time, from u = 0. Every side exchanges heat with its own surroundings,
/// ∂u/∂n = g − u with the normal out of the domain: g = 5 at the eleven discs of radius 1, 1 at the six of radius 0.4, 0.1 at the edge.
/// The start contradicts these, so there are layers like √t around all sides at first.
/// </summary>
internal static class Heat2DHoles
{
    private const double HalfWidth = 8;
    private const double HalfHeight = 12;
    private const double Horizon = 3;
    private const double AtLarge = 5;
    private const double AtSmall = 1;
    private const double AtEdge = 0.1;

    // Of the first interval between two times of the test grid; see DiscsSolver.Evolving. Measured on 2026-11-30: finer steps change the solution by 1e-7 of it.
    private const int Fineness = 8;
    private const int Halvings = 14;

    private static readonly ImmutableArray<Hole> Discs =
    [
        .. new[] { (-4, -3), (4, -3), (-4, 3), (4, 3), (-4, -9), (4, -9), (-4, 9), (4, 9), (0, 0), (0, 6), (0, -6) }.Select(centre => new Hole(0, 1, centre.Item1, centre.Item2, 1)),
        .. new[] { (-3.2, -6), (-3.2, 6), (3.2, -6), (3.2, 6), (-3.2, 0), (3.2, 0) }.Select(centre => new Hole(0, 1, centre.Item1, centre.Item2, 0.4)),
    ];

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "heat-2d-holes",
            "2-D heat equation on a rectangle without 17 discs, Robin conditions on all sides",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827",
            []),
        _ => Create())
    {
        Cases = ["PINNacle Heat2d-CG"],
    };

    /// <summary>The equation on its mesh.</summary>
    internal static DiscsSolver Solver { get; } = new(
        new(-HalfWidth, HalfWidth, -HalfHeight, HalfHeight),
        Discs,
        new(
            (_, _) => 1,
            (_, _) => 0,
            (_, _, _) => 0,
            side => SideCondition.Flux((_, _, _) => side < DiscMesh.BoxSides ? AtEdge : IsLarge(Discs[side - DiscMesh.BoxSides]) ? AtLarge : AtSmall, exchange: 1)),
        Widest: 2,
        Layers: 0);

    private static Problem Create()
    {
        var u = Expr.OutputOf(0, 3);
        Expr OnCircles(Func<Hole, bool> chosen, double outside) => HoleNormals.Along(u, Discs.Where(chosen)) + u.Value - outside;
        var problem = new Problem(
            [new("x", -HalfWidth, HalfWidth), new("y", -HalfHeight, HalfHeight), new("t", 0, Horizon)],
            ["u"],
            [
                LossTerm.Equation(u.D(2) - u.D(0, 0) - u.D(1, 1), 1),
                LossTerm.Boundary("large-circles", HoleNormals.Circles(Discs, IsLarge), OnCircles(IsLarge, AtLarge), AtLarge),
                LossTerm.Boundary("small-circles", HoleNormals.Circles(Discs, disc => !IsLarge(disc)), OnCircles(disc => !IsLarge(disc), AtSmall), AtSmall),
                LossTerm.Boundary("edge", Box.SidesOf(0, 1), HoleNormals.AlongEdges(u, HalfWidth, HalfHeight) + u.Value - AtEdge, AtEdge),
                LossTerm.Initial(2, u, 1),
            ],
            (_, _) => { })
        {
            TimeAxis = 2,
            Holes = Discs,
        };
        ImmutableArray<ImmutableArray<double>> nodes =
            [ReferenceGrid.Spaced(-HalfWidth, HalfWidth, 32), ReferenceGrid.Spaced(-HalfHeight, HalfHeight, 48), ReferenceGrid.Spaced(0, Horizon, 20)];
        return HolesReference.With(
            problem, nodes, "spectral elements, a Runge–Kutta method of order 4", [3, 4, 5, 6, 8, 10], 1e-5, degree => Solver.Evolving(degree, nodes, Fineness, Halvings), "heat-2d-holes 1");
    }

    private static bool IsLarge(Hole disc) => disc.Radius == 1;
}
