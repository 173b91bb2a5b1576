using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t + u u_x + v u_y = ν Δu and the same for v, with ν = 10⁻³ on [0, 4]² × [0, 1], periodic. PINNacle starts from a random field in a file of
/// its own; this starts from a sum of a few waves that is stated here, and which steepens without a shock until t = 1, because a shock of
/// this ν would be a thousandth of the domain wide. Errors are therefore not comparable with those that PINNacle published.
/// </summary>
internal static class Burgers2D
{
    private const double Viscosity = 1e-3;
    private const double Side = 4;
    private const double Unit = 2 * Math.PI / Side;

    // Amplitude, wave numbers by x and y in units of 2π/4, phase.
    private static readonly (double Amplitude, int X, int Y, double Phase)[] WavesOfU =
        [(0.30, 1, 0, 0), (0.15, 0, 1, 1), (0.10, 1, -2, 2)];

    private static readonly (double Amplitude, int X, int Y, double Phase)[] WavesOfV =
        [(0.25, 0, 1, 0.5), (0.15, 1, 1, 3), (0.10, 2, 1, 1.5)];

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "burgers-2d",
            "2-D Burgers equations of two velocities, periodic, from a stated sum of waves in place of PINNacle's file",
            "after PINNacle, Hao et al., arXiv:2306.08827",
            SoftPeriodicity.Parameters(1)),
        level => SoftPeriodicity.Apply(Create(), level, 1))
    {
        Cases = ["PINNacle Burgers2d-C"],
    };

    private static Problem Create()
    {
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var (u, v) = (Expr.OutputOf(0, 3), Expr.OutputOf(1, 3));
        Expr Equation(OutputExpr w) => w.D(2) + (u * w.D(0)) + (v * w.D(1)) - (Viscosity * (w.D(0, 0) + w.D(1, 1)));
        Expr Start((double Amplitude, int X, int Y, double Phase)[] waves) => waves
            .Select(wave => wave.Amplitude * Expr.Sin((Unit * wave.X * x) + (Unit * wave.Y * y) + wave.Phase))
            .Aggregate((sum, wave) => sum + wave);
        return TorusProblem.Create(
            "burgers-2d",
            Evolution(),
            modes: 512,
            stepsPerMoment: 10,
            end: 1,
            ["u", "v"],
            [
                LossTerm.Equation(Equation(u), 0.5, "velocity-x"),
                LossTerm.Equation(Equation(v), 0.5, "velocity-y"),
                LossTerm.Initial(2, u - Start(WavesOfU), 0.5, "initial-u"),
                LossTerm.Initial(2, v - Start(WavesOfV), 0.5, "initial-v"),
            ],
            floorLimit: 1e-4,
            residualLimit: 1e-5);
    }
    /// <summary>The same as an evolution.</summary>
    internal static TorusEvolution Evolution()
    {
        static Func<double, double, double> Start((double Amplitude, int X, int Y, double Phase)[] waves) =>
            (x, y) => waves.Sum(wave => wave.Amplitude * Math.Sin((Unit * ((wave.X * x) + (wave.Y * y))) + wave.Phase));
        return new(
            (0, 0),
            (Side, Side),
            [Start(WavesOfU), Start(WavesOfV)],
            [TorusEvolution.Diffusion(Viscosity), TorusEvolution.Diffusion(Viscosity)],
            [new(0), new(1), .. TorusEvolution.Gradient(0), .. TorusEvolution.Gradient(1)],
            (_, fields, products) =>
            {
                products[0] = -((fields[0] * fields[2]) + (fields[1] * fields[3]));
                products[1] = -((fields[0] * fields[4]) + (fields[1] * fields[5]));
            },
            2,
            [new(0, 0, TorusEvolution.Times(1)), new(1, 1, TorusEvolution.Times(1))]);
    }
}
