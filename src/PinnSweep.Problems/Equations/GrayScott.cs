using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t = 10⁻⁵ Δu + 0.04 (1 − u) − u v², v_t = 5·10⁻⁶ Δv − 0.1 v + u v² on [−1, 1]² × [0, 200] from two Gaussians beside one another. PINNacle's
/// program states no condition on the sides; here they are periodic. The state u = 1, v = 0 fills most of the square at all times, so it
/// scores well by itself.
/// </summary>
internal static class GrayScott
{
    private const double DiffusionU = 1e-5;
    private const double DiffusionV = 5e-6;
    private const double Feed = 0.04;
    private const double Decay = 0.1;
    private const double Steepness = 80;
    private const double OffsetX = 0.05;
    private const double OffsetY = 0.02;

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "gray-scott",
            "2-D Gray–Scott reaction and diffusion of two substances, periodic, to t = 200",
            "PINNacle, Hao et al., arXiv:2306.08827",
            SoftPeriodicity.Parameters(1)),
        level => SoftPeriodicity.Apply(Create(), level, 1))
    {
        Cases = ["PINNacle GS"],
    };

    private static Problem Create()
    {
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var (u, v) = (Expr.OutputOf(0, 3), Expr.OutputOf(1, 3));
        var reaction = u * Expr.Power(v, 2);
        Expr Laplacian(OutputExpr w) => w.D(0, 0) + w.D(1, 1);
        Expr Bump(double atX, double atY) => Expr.Exp(-Steepness * (Expr.Power(x - atX, 2) + Expr.Power(y - atY, 2)));
        return TorusProblem.Create(
            "gray-scott",
            Evolution(),
            modes: 512,
            stepsPerMoment: 10,
            end: 200,
            ["u", "v"],
            [
                LossTerm.Equation(u.D(2) - (DiffusionU * Laplacian(u)) - (Feed * (1 - u.Value)) + reaction, Feed, "substance"),
                LossTerm.Equation(v.D(2) - (DiffusionV * Laplacian(v)) + (Decay * v.Value) - reaction, Feed, "catalyst"),
                LossTerm.Initial(2, u - (1 - Bump(-OffsetX, -OffsetY)), 1, "initial-u"),
                LossTerm.Initial(2, v - Bump(OffsetX, OffsetY), 1, "initial-v"),
            ],
            floorLimit: 1e-3,
            residualLimit: 1e-3) with
        {
            Equilibria = [[1, 0]],
        };
    }
    /// <summary>The same as an evolution.</summary>
    internal static TorusEvolution Evolution()
    {
        static double Bump(double dx, double dy) => Math.Exp(-Steepness * ((dx * dx) + (dy * dy)));
        return new(
            (-1, -1),
            (1, 1),
            [(x, y) => 1 - Bump(x + OffsetX, y + OffsetY), (x, y) => Bump(x - OffsetX, y - OffsetY)],
            [(k, l) => -(DiffusionU * ((k * k) + (l * l))) - Feed, (k, l) => -(DiffusionV * ((k * k) + (l * l))) - Decay],
            [new(0), new(1)],
            (_, fields, products) =>
            {
                var gain = fields[0] * fields[1] * fields[1];
                (products[0], products[1]) = (Feed - gain, gain);
            },
            2,
            [new(0, 0, TorusEvolution.Times(1)), new(1, 1, TorusEvolution.Times(1))]);
    }
}
