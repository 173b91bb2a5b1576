using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// The complex Ginzburg–Landau equation A_t = ε ΔA + k A − k (1 + 1.5i) A |A|² with k = 10 and ε = k/2500 on [−1, 1]² × [0, 1], periodic, for
/// A = u + iv from 10 (y + ix) e^(−25 r²): spirals. The start is odd and 1.4·10⁻¹⁰ at the sides, where its periodic continuation jumps.
/// </summary>
internal static class GinzburgLandau
{
    private const double Growth = 10;
    private const double Diffusion = Growth / 2500;
    private const double Turn = 1.5;
    private const double Height = 10;
    private const double Steepness = 25;

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "ginzburg-landau",
            "2-D complex Ginzburg–Landau equation, spirals, periodic",
            "Wang, Sankaran, Perdikaris 2024, arXiv:2402.00326",
            SoftPeriodicity.Parameters(1)),
        level => SoftPeriodicity.Apply(Create(), level, 1));

    private static Problem Create()
    {
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var (u, v) = (Expr.OutputOf(0, 3), Expr.OutputOf(1, 3));
        var square = Expr.Power(u, 2) + Expr.Power(v, 2);
        var bump = Expr.Exp(-Steepness * (Expr.Power(x, 2) + Expr.Power(y, 2)));
        Expr Equation(OutputExpr w, Expr turned) => w.D(2) - (Diffusion * (w.D(0, 0) + w.D(1, 1))) - (Growth * (w - (turned * square)));
        return TorusProblem.Create(
            "ginzburg-landau",
            Evolution(),
            modes: 512,
            stepsPerMoment: 20,
            end: 1,
            ["u", "v"],
            [
                LossTerm.Equation(Equation(u, u - (Turn * v.Value)), Growth, "real"),
                LossTerm.Equation(Equation(v, v + (Turn * u.Value)), Growth, "imaginary"),
                LossTerm.Initial(2, u - (Height * y * bump), 1, "initial-u"),
                LossTerm.Initial(2, v - (Height * x * bump), 1, "initial-v"),
            ],
            floorLimit: 1e-5,
            residualLimit: 1e-6) with
        {
            Equilibria = [[0, 0]],
        };
    }
    /// <summary>The same as an evolution.</summary>
    internal static TorusEvolution Evolution()
    {
        static double Bump(double x, double y) => Height * Math.Exp(-Steepness * ((x * x) + (y * y)));
        return new(
            (-1, -1),
            (1, 1),
            [(x, y) => y * Bump(x, y), (x, y) => x * Bump(x, y)],
            [(k, l) => Growth - (Diffusion * ((k * k) + (l * l))), (k, l) => Growth - (Diffusion * ((k * k) + (l * l)))],
            [new(0), new(1)],
            (_, fields, products) =>
            {
                var factor = -Growth * ((fields[0] * fields[0]) + (fields[1] * fields[1]));
                (products[0], products[1]) = (factor * (fields[0] - (Turn * fields[1])), factor * (fields[1] + (Turn * fields[0])));
            },
            2,
            [new(0, 0, TorusEvolution.Times(1)), new(1, 1, TorusEvolution.Times(1))]);
    }
}
