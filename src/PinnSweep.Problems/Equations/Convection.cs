using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Yardsticks;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t + β u_x = 0 on [0, 2π] × [0, 1], periodic in x. With the initial sine the solution is one sine of x − βt, so a network of sine units
/// holds the answer in a single neuron; the other initial conditions remove that trap.
/// </summary>
internal static class Convection
{
    private static readonly Parameter<double> Beta = MethodParameters.Number("beta", 30, 0.01, 1000, "speed; 30 is the classic hard case");
    private static readonly Parameter<Profile> Initial = MethodParameters.Choice(
        "initial",
        "u₀: sin x; sin x + ½ sin 3x; or the Gaussian made periodic, exp(2 (cos(x − π) − 1))",
        Profile.Sine, Profile.TwoMode, Profile.Bump);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "convection",
            "1-D convection u_t + β u_x = 0, periodic in x, u = u₀(x − βt)",
            "Krishnapriyan, Gholami, Zhe, Kirby, Mahoney, NeurIPS 2021, arXiv:2109.01050",
            [
                Beta,
                Initial,
                .. SoftPeriodicity.Parameters(0),
            ]),
        level => SoftPeriodicity.Apply(Create(level), level, 0),
        SoftPeriodicity.Variant,
        (Initial.Name, ChoiceWords.ToValue(Profile.TwoMode)),
        (Initial.Name, ChoiceWords.ToValue(Profile.Bump)));

    private static Problem Create(Level level)
    {
        var (x, t, u, beta) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2), Beta.Of(level));
        Func<Expr, Expr> profile = Initial.Of(level) switch
        {
            Profile.Sine => Expr.Sin,
            Profile.TwoMode => z => Expr.Sin(z) + (0.5 * Expr.Sin(3 * z)),
            _ => z => Expr.Exp(2 * (Expr.Cos(z - Math.PI) - 1)),
        };
        Func<double, double> start = Initial.Of(level) switch
        {
            Profile.Sine => Math.Sin,
            Profile.TwoMode => z => Math.Sin(z) + (0.5 * Math.Sin(3 * z)),
            _ => z => Math.Exp(2 * (Math.Cos(z - Math.PI) - 1)),
        };
        return Problem.WithSolution(
            [new("x", 0, 2 * Math.PI, Periodic: true), new("t", 0, 1)],
            ["u"],
            [LossTerm.Equation(u.D(1) + (beta * u.D(0)), beta), LossTerm.Initial(1, u - profile(x), 1)],
            profile(x - (beta * t))) with
        {
            Ansatz = [new(profile(x), t)],
            TimeAxis = 1,
            Solver = new LineDifferences(0, 2 * Math.PI, 1, 1, position => [start(position)], (_, _, left, here, right, h, rate) => rate[0] = -beta * (right[0] - left[0]) / (2 * h))
            {
                Speed = beta,
                IsPeriodic = true,
            }.Solver([50, 100, 200, 400, 800, 1600, 3200]),
        };
    }

    private enum Profile
    {
        Sine,
        TwoMode,
        Bump,
    }
}
