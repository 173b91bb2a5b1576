using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t = ∇·(a ∇u) + f on [−1, 1]² × [0, 1] with a(x, y) unknown inside and known on the edge, from measurements of u = e^(−t) sin πx sin πy with
/// noise; a = 2 + sin πx sin πy is a second output.
/// </summary>
/// <remarks>
/// The published program hides t from the part of its network that makes a. Here any network does: that a does not depend on t is an equation
/// of its own, a_t = 0. Its 2,500 points come from a file; here they are uniform, and the noise is the same for every trial.
/// </remarks>
internal static class HeatInverse
{
    private static readonly Parameter<int> Count = MethodParameters.Count("measurements", 2500, "points where u is measured", maximum: 100_000);
    private static readonly Parameter<double> Deviation = Measurements.Deviation(0.1);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "heat-inverse",
            "2-D heat equation u_t = ∇·(a∇u) + f with an unknown field a that does not change, from measurements of u with noise",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827",
            [Count, Deviation]),
        Create)
    {
        Cases = ["PINNacle HInv"],
    };

    private static Problem Create(Level level)
    {
        var (x, y, t, u, a) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2), Expr.OutputOf(0, 3), Expr.OutputOf(1, 3));
        var (squared, deviation) = (Math.PI * Math.PI, Deviation.Of(level));
        var (sx, sy, cx, cy) = (Expr.Sin(Math.PI * x), Expr.Sin(Math.PI * y), Expr.Cos(Math.PI * x), Expr.Cos(Math.PI * y));
        var (decay, shape) = (Expr.Exp(-1 * t), sx * sy);

        // u_t − a Δu − ∇a·∇u with Δu = −2π² u and a = 2 + sin πx sin πy.
        var slopes = (cx * cx * sy * sy) + (sx * sx * cy * cy);
        var source = decay * ((((4 * squared) - 1) * shape) + (squared * ((2 * shape * shape) - slopes)));
        var flux = (a * (u.D(0, 0) + u.D(1, 1))) + (a.D(0) * u.D(0)) + (a.D(1) * u.D(1));
        var problem = Problem.WithSolution([new("x", -1, 1), new("y", -1, 1), new("t", 0, 1)], ["u", "a"], [], decay * shape, 2 + shape);
        return problem with
        {
            Terms =
            [
                LossTerm.Equation(u.D(2) - flux - source, 6 * squared),
                LossTerm.Equation(a.D(2), 1, "steady"),
                LossTerm.Boundary("coefficient", Box.SidesOf(0, 1), a - 2 - shape, 1),
                Measurements.Term(problem, Measurements.Points(problem, Count.Of(level)), _ => deviation),
            ],
            TimeAxis = 2,
            TestPointsPerAxis = 32,
        };
    }
}
