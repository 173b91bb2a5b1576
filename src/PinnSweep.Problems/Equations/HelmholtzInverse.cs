using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_xx + u_yy + λ u = q on [−1, 1]² with u = 0 on the edge and λ = k² unknown: the source is known, and u at some points. The solution is
/// that of <see cref="Helmholtz"/>.
/// </summary>
internal static class HelmholtzInverse
{
    private static readonly Parameter<double> K = MethodParameters.Number("k", 1, 0.01, 1000, "the wave number to be found");

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "helmholtz-inverse",
            "2-D Helmholtz equation with unknown squared wave number, from measurements with noise",
            "Bischof, Kraus, Comput. Methods Appl. Mech. Eng. 439, 2025, arXiv:2110.09813",
            [
                Helmholtz.A1,
                Helmholtz.A2,
                K,
                .. Measurements.Parameters(500),
            ]),
        Create);

    private static Problem Create(Level level)
    {
        var (ax, ay, squared) = (Helmholtz.A1.Of(level) * Math.PI, Helmholtz.A2.Of(level) * Math.PI, Math.Pow(K.Of(level), 2));
        var (x, y, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2));
        var solution = Expr.Sin(ax * x) * Expr.Sin(ay * y);
        var amplitude = squared - (ax * ax) - (ay * ay);
        var problem = Problem.WithSolution([new("x", -1, 1), new("y", -1, 1)], ["u"], [], solution) with { Unknowns = [new("k-squared", 0, squared)] };
        return problem with
        {
            Terms =
            [
                LossTerm.Equation(u.D(0, 0) + u.D(1, 1) + (Expr.Coefficient(0) * u.Value) - (amplitude * solution), Math.Abs(amplitude)),
                LossTerm.Boundary("boundary", Box.SidesOf(0, 1), u, 1),
                Measurements.Term(problem, level),
            ],
        };
    }
}
