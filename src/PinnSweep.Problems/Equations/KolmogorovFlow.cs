using System.Numerics;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// Flow under Kolmogorov's force: u_t + u·∇u = −∇p + ν Δu + (2 sin 4πy, 0), ∇·u = 0 with ν = 5·10⁻⁴ on [0, 1]² × [0, 1], periodic. The example of
/// jaxpi2 starts from a random field in a file and runs to t = 4; this starts from a stated sum of waves of the stream function, u = ψ_y and
/// v = −ψ_x, and ends at t = 1. The equations leave the pressure open by a function of time.
/// </summary>
internal static class KolmogorovFlow
{
    private const double Viscosity = 5e-4;
    private const double Force = 2;
    private const double ForceWave = 4 * Math.PI;
    private const double Unit = 2 * Math.PI;

    // 2π ψ: amplitude, wave numbers by x and y in units of 2π, phase.
    private static readonly (double Amplitude, int X, int Y, double Phase)[] Waves =
        [(0.5, 1, 0, 0), (0.4, 1, 1, 1), (0.2, 1, -2, 2), (0.15, 2, 1, 0.5)];

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "kolmogorov-flow",
            "2-D Kolmogorov flow, unsteady Navier–Stokes with a force, periodic, from a stated sum of waves",
            "after Wang, Sankaran, Perdikaris 2024, arXiv:2402.00326",
            SoftPeriodicity.Parameters(1)),
        level => SoftPeriodicity.Apply(Create(), level, 1));

    private static Problem Create()
    {
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var (u, v, p) = (Expr.OutputOf(0, 3), Expr.OutputOf(1, 3), Expr.OutputOf(2, 3));
        Expr Momentum(OutputExpr w, int axis) => w.D(2) + (u * w.D(0)) + (v * w.D(1)) + p.D(axis) - (Viscosity * (w.D(0, 0) + w.D(1, 1)));
        return TorusProblem.Create(
            "kolmogorov-flow",
            Evolution(),
            modes: 256,
            stepsPerMoment: 40,
            end: 1,
            ["u", "v", "p"],
            [
                LossTerm.Equation(Momentum(u, 0) - (Force * Expr.Sin(ForceWave * y)), 5, "momentum-x"),
                LossTerm.Equation(Momentum(v, 1), 5, "momentum-y"),
                LossTerm.Equation(u.D(0) + v.D(1), 5, "continuity"),
                LossTerm.Initial(2, u - Start(wave => wave.Y), 1, "velocity-x"),
                LossTerm.Initial(2, v - Start(wave => -wave.X), 1, "velocity-y"),
            ],
            floorLimit: 5e-5,
            residualLimit: 1e-6) with
        {
            FreeOfMean = [2],
        };

        Expr Start(Func<(double Amplitude, int X, int Y, double Phase), int> factor) => Waves
            .Where(wave => factor(wave) != 0)
            .Select(wave => wave.Amplitude * factor(wave) * Expr.Cos((Unit * wave.X * x) + (Unit * wave.Y * y) + wave.Phase))
            .Aggregate((sum, wave) => sum + wave);
    }

    /// <summary>
    /// Velocities without pressure: −∇·(u uᵀ) loses what is a gradient, which leaves no divergence, and the pressure follows from it. The force
    /// is −∂y of (2/4π) cos 4πy and stands in the product u v; a function of y alone there is nothing to the other component or the pressure.
    /// </summary>
    internal static TorusEvolution Evolution()
    {
        static double Start(double x, double y, Func<(double Amplitude, int X, int Y, double Phase), int> factor) =>
            Waves.Sum(wave => wave.Amplitude * factor(wave) * Math.Cos((Unit * ((wave.X * x) + (wave.Y * y))) + wave.Phase));

        // The slope of component c from the product of components a and b: −i k_b (δ_ac − k_a k_c / k²).
        static Func<double, double, Complex> Projected(int component, int a, int b) => (k, l) =>
        {
            double Wave(int axis) => axis == 0 ? k : l;
            var square = (k * k) + (l * l);
            return square == 0 ? 0 : new Complex(0, -Wave(b) * ((a == component ? 1 : 0) - (Wave(a) * Wave(component) / square)));
        };
        static Func<double, double, Complex> Both(int component) => (k, l) => Projected(component, 0, 1)(k, l) + Projected(component, 1, 0)(k, l);
        static Func<double, double, Complex> Pressure(Func<double, double, double> square) => (k, l) => k == 0 && l == 0 ? 0 : -square(k, l) / ((k * k) + (l * l));
        return new(
            (0, 0),
            (1, 1),
            [(x, y) => Start(x, y, wave => wave.Y), (x, y) => Start(x, y, wave => -wave.X)],
            [TorusEvolution.Diffusion(Viscosity), TorusEvolution.Diffusion(Viscosity)],
            [new(0), new(1)],
            (point, fields, products) => (products[0], products[1], products[2]) = (
                fields[0] * fields[0],
                (fields[0] * fields[1]) + (Force / ForceWave * Math.Cos(ForceWave * point[1])),
                fields[1] * fields[1]),
            3,
            [
                new(0, 0, Projected(0, 0, 0)), new(0, 1, Both(0)), new(0, 2, Projected(0, 1, 1)),
                new(1, 0, Projected(1, 0, 0)), new(1, 1, Both(1)), new(1, 2, Projected(1, 1, 1)),
                new(2, 0, Pressure((k, _) => k * k)), new(2, 1, Pressure((k, l) => 2 * k * l)), new(2, 2, Pressure((_, l) => l * l)),
            ]);
    }
}
