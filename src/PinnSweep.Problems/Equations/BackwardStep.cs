using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;
using PinnSweep.Problems.References;
using PinnSweep.Problems.References.Flow;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// Steady flow over a backward-facing step, u·∇u = −∇p + ν Δu and ∇·u = 0 with ν = 0.01 on [0, 4] × [0, 2] without [0, 2] × [1, 2].
/// As published the outlet has p = 0 alone, which leaves a function free: each v on it belongs to another flow. Here v = 0 on it too, and with
/// it u_x = −v_y = 0. The test grid are the midpoints of squares of 1/32, since the pressure is unbounded at the corner.
/// </summary>
internal static class BackwardStep
{
    private const double Viscosity = 0.01;
    private const int Degree = 10;

    // Measured 1.8e-5.
    private const double FloorLimit = 5e-5;
    private static readonly ImmutableArray<double> Across = FlowGrid.Midpoints(0, BackStepFlow.Length, 128);
    private static readonly ImmutableArray<double> Up = FlowGrid.Midpoints(0, BackStepFlow.Height, 64);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "backward-step",
            "2-D steady Navier–Stokes behind a backward-facing step, Re 100, in velocity and pressure",
            "Hao et al., PINNacle, arXiv:2306.08827, with v = 0 on the outlet beside its p = 0, which leaves the flow open",
            []),
        _ => Create())
    {
        Cases = ["PINNacle NS2d-CG"],
    };

    private static Problem Create()
    {
        var y = Expr.Coordinate(1);
        var (u, v, p) = (Expr.OutputOf(0, 2), Expr.OutputOf(1, 2), Expr.OutputOf(2, 2));
        Expr Momentum(OutputExpr w, int axis) => (u * w.D(0)) + (v * w.D(1)) + p.D(axis) - (Viscosity * (w.D(0, 0) + w.D(1, 1)));
        var plane = PlaneDomain.Of(
            new Polygon("", [new(0, 0), new(4, 0), new(4, 2), new(2, 2), new(2, 1), new(0, 1)], [.. Enumerable.Range(1, 6).Select(i => FormattableString.Invariant($"edge-{i}"))]),
            0,
            1);
        Face Side(int number) => new(plane.AxisX, Upper: false) { Piece = number };
        ImmutableArray<Face> walls = [Side(1), Side(3), Side(4), Side(5)];
        var (inlet, outlet) = (Side(6), Side(2));
        static bool IsIn(double[] point) => BackStepFlow.Contains(point[0], point[1]);
        var reference = new GridSolution(
            FormattableString.Invariant($"backward-step {Viscosity:R} {Degree} {Across.Length} {Up.Length}"),
            [Across, Up],
            () => BackStepFlow.Solve(Degree, Viscosity, Across, Up),
            ImmutableSortedDictionary<string, double>.Empty.Add(ReferenceGrid.FloorName, FloorLimit),
            IsIn);
        return new(
            [new("x", 0, BackStepFlow.Length), new("y", 0, BackStepFlow.Height)],
            ["u", "v", "p"],
            [
                LossTerm.Equation(Momentum(u, 0), 1, "momentum-x"),
                LossTerm.Equation(Momentum(v, 1), 1, "momentum-y"),
                LossTerm.Equation(u.D(0) + v.D(1), 1, "continuity"),
                LossTerm.Boundary("inlet", [inlet], u - (4 * y * (1 - y)), 1),
                LossTerm.Boundary("walls", walls, u, 1),
                LossTerm.Boundary("velocity-y", [.. walls, inlet, outlet], v, 1),
                LossTerm.Boundary("outlet", [outlet], p, 1),
            ],
            reference.At)
        {
            Plane = plane,
            Reference = reference,
            FloorLimit = FloorLimit,
            SolvedBy = "computed: spectral elements of degree 10, shrinking towards the corner, with Newton's method",
            Solver = new("spectral elements (Q_N, P_N−1) with Newton's method, exponential in the degree N", [3, 4, 6, 8], Solve),
        };

        double[] Solve(int degree)
        {
            var (values, all) = (BackStepFlow.Values(degree, Viscosity, Across, Up).Chunk(FlowGrid.Outputs), Across.SelectMany(_ => Up, (x, up) => BackStepFlow.Contains(x, up)));
            return [.. values.Zip(all).Where(node => node.Second).SelectMany(node => node.First)];
        }
    }
}
