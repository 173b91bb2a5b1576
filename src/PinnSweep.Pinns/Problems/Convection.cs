using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>
/// u_t + β u_x = 0 on [0, 2π] × [0, 1], periodic in x. With the initial sine the solution is one sine of x − βt, so a network of sine units
/// holds the answer in a single neuron; the other initial conditions remove that trap.
/// </summary>
public static class Convection
{
    /// <summary>The catalogue's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "convection",
            "1-D convection u_t + β u_x = 0, periodic in x, u = u₀(x − βt)",
            "Krishnapriyan, Gholami, Zhe, Kirby, Mahoney, NeurIPS 2021, arXiv:2109.01050",
            [
                MethodParameters.Number("beta", 30, 0.01, 1000, "speed; 30 is the classic hard case"),
                MethodParameters.Word("initial", "u₀: sin x; sin x + ½ sin 3x; or the periodic bump exp(2 (cos(x − π) − 1))", "sine", "two-mode", "bump"),
            ]),
        Create);

    private static Problem Create(Level level)
    {
        var (x, u, beta) = (Expr.Coordinate(0), Expr.OutputOf(0, 2), level.Number("beta"));
        (Expr Start, Func<double, double> Profile) initial = level.Text("initial") switch
        {
            "sine" => (Expr.Sin(x), Math.Sin),
            "two-mode" => (Expr.Sin(x) + (0.5 * Expr.Sin(3 * x)), z => Math.Sin(z) + (0.5 * Math.Sin(3 * z))),
            _ => (Expr.Exp(2 * (Expr.Cos(x - Math.PI) - 1)), z => Math.Exp(2 * (Math.Cos(z - Math.PI) - 1))),
        };
        return new(
            [new("x", 0, 2 * Math.PI, Periodic: true), new("t", 0, 1)],
            ["u"],
            [LossTerm.Equation(u.D(1) + (beta * u.D(0)), beta), LossTerm.Initial(1, u - initial.Start, 1)],
            (point, values) => values[0] = initial.Profile(point[0] - (beta * point[1])))
        {
            Ansatz = [new(initial.Start, Expr.Coordinate(1))],
            TimeAxis = 1,
        };
    }
}
