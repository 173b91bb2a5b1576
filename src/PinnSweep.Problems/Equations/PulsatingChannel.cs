using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Problems.References.Flow;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// Flow from rest in a channel with a pulsating inlet and a force, u_t + u·∇u = −∇p + ν Δu + f and ∇·u = 0 with ν = 0.01 on [0, 2] × [0, 1],
/// for five units of time. As published the outlet has p = 0 alone, which leaves a function free, and p = 0 at time 0 everywhere, which
/// contradicts the inlet: ∂p/∂x = −∂u/∂t = −9π sin πy there. Here v = 0 on the outlet too, and nothing is said of p at time 0.
/// </summary>
internal static class PulsatingChannel
{
    private const double Viscosity = 0.01;
    private const double End = 5;
    private const int Degree = 6;
    private const int Steps = 26;

    // Measured 7.5e-5 against degree 4 in 1,300 steps.
    private const double FloorLimit = 2e-4;
    private static readonly ImmutableArray<double> Across = FlowGrid.Midpoints(0, PulsatingFlow.Length, 40);
    private static readonly ImmutableArray<double> Up = FlowGrid.Midpoints(0, PulsatingFlow.Height, 20);
    private static readonly ImmutableArray<double> Times = FlowGrid.Midpoints(0, End, 50);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "pulsating-channel",
            "2-D unsteady Navier–Stokes in a channel with a pulsating inlet, in velocity and pressure",
            "Hao et al., PINNacle, arXiv:2306.08827, with v = 0 on the outlet beside its p = 0, and without its p = 0 at time 0, which contradicts the inlet",
            []),
        _ => Create())
    {
        Cases = ["PINNacle NS2d-LT"],
    };

    private static Problem Create()
    {
        var (x, y, t) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2));
        var (u, v, p) = (Expr.OutputOf(0, 3), Expr.OutputOf(1, 3), Expr.OutputOf(2, 3));
        var force = -(Expr.Sin(Math.PI * x) * Expr.Sin(Math.PI * y) * Expr.Sin(Math.PI * t));
        var inflow = Expr.Sin(Math.PI * y) * (Expr.Sin(Math.PI * t) + Expr.Sin(3 * Math.PI * t) + Expr.Sin(5 * Math.PI * t));
        Expr Momentum(OutputExpr w, int axis) => w.D(2) + (u * w.D(0)) + (v * w.D(1)) + p.D(axis) - (Viscosity * (w.D(0, 0) + w.D(1, 1))) - force;
        var (inlet, outlet) = (new Face(0, Upper: false), new Face(0, Upper: true));
        var reference = new GridSolution(
            FormattableString.Invariant($"pulsating-channel {Viscosity:R} {Degree} {Steps} {Across.Length} {Up.Length} {Times.Length}"),
            [Across, Up, Times],
            () => PulsatingFlow.Solve(Degree, Steps, Viscosity, Across, Up, Times),
            ImmutableSortedDictionary<string, double>.Empty.Add(ReferenceGrid.FloorName, FloorLimit));
        return new(
            [new("x", 0, PulsatingFlow.Length), new("y", 0, PulsatingFlow.Height), new("t", 0, End)],
            ["u", "v", "p"],
            [
                // The pressure drives the fluid of two lengths by 9π a unit, so accelerations are the scale.
                LossTerm.Equation(Momentum(u, 0), 9 * Math.PI, "momentum-x"),
                LossTerm.Equation(Momentum(v, 1), 9 * Math.PI, "momentum-y"),
                LossTerm.Equation(u.D(0) + v.D(1), Math.PI, "continuity"),
                LossTerm.Boundary("inlet", [inlet], u - inflow, 1),
                LossTerm.Boundary("walls", Box.SidesOf(1), u, 1),
                LossTerm.Boundary("velocity-y", Box.SidesOf(0, 1), v, 1),
                LossTerm.Boundary("outlet", [outlet], p, 9 * Math.PI),
                LossTerm.Initial(2, u.Value, 1, "initial-x"),
                LossTerm.Initial(2, v.Value, 1, "initial-y"),
            ],
            reference.At)
        {
            TimeAxis = 2,
            Reference = reference,
            FloorLimit = FloorLimit,
            SolvedBy = "computed: spectral elements of degree 6 in 2,600 semi-implicit steps of order three",
            Solver = new(
                "spectral elements (Q_N, P_N−1), exponential in the degree N, with semi-implicit steps of order three",
                [3, 4, 5, 6],
                degree => PulsatingFlow.Values(degree, 4 * degree, Viscosity, Across, Up, Times)),
        };
    }
}
