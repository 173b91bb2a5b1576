using PinnSweep.Numerics.Spectral;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.References;

/// <summary>Computed references: floors, and other ways to the same numbers.</summary>
public sealed class EvolutionTests
{
    public static TheoryData<string> Kinds => [.. ProblemCatalog.All.Where(entry => ProblemTests.AllForms(entry.Method.Kind).Any(problem => problem.Reference is not null)).Select(entry => entry.Method.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_measure_of_a_reference_is_within_its_limit(string kind)
    {
        foreach (var reference in ProblemTests.AllForms(kind).Select(problem => problem.Reference).OfType<GridSolution>())
        {
            Assert.All(reference.Limits, limit => Assert.True(reference.Grid.Measures[limit.Key] <= limit.Value, $"{kind}: {limit.Key} {reference.Grid.Measures[limit.Key]:e2}"));
        }
    }

    [Fact]
    public void A_heat_equation_is_solved_to_rounding()
    {
        var evolution = new PeriodicEvolution(0, 2, x => Math.Sin(Math.PI * x), k => -0.1 * k * k, null, null);

        var grid = evolution.Solve(modes: 32, stepsPerOutput: 8, end: 1, outputs: 2, positions: 4);

        Assert.Equal(Math.Exp(-0.1 * Math.PI * Math.PI), grid.Values[(1 * 3) + 2], 1e-14);
        Assert.InRange(grid.Floor, 0, 1e-14);
    }

    [Fact]
    public void The_floor_tells_when_the_resolution_is_too_low()
    {
        var evolution = new PeriodicEvolution(-1, 1, x => -Math.Sin(Math.PI * x), k => -0.003 * k * k, null, u => -0.5 * u * u);

        var grid = evolution.Solve(modes: 128, stepsPerOutput: 40, end: 1, outputs: 10, positions: 32);

        Assert.InRange(grid.Floor, 1e-4, 1);
    }

    [Fact]
    public void Korteweg_de_Vries_keeps_mass_momentum_and_energy()
    {
        var grid = Grid("kdv");
        const double Dispersion = 0.022 * 0.022;

        // ∫u, ∫u² and ∫(u³/3 − δ²u_x²) do not change; trapezoid sums are exact to the spectrum's tail, and u_x is summed by modes.
        (double Mass, double Momentum, double Energy) At(int moment)
        {
            var n = grid.Nodes[0].Length - 1;
            double[] u = [.. Enumerable.Range(0, n).Select(i => grid.Values[(i * grid.Nodes[1].Length) + moment])];
            var spectrum = new System.Numerics.Complex[(n / 2) + 1];
            new RealFft(n).Forward(u, spectrum);
            var slopes = spectrum.Select((c, k) => (k == n / 2 ? 1 : 2) * Math.Pow(Math.PI * k * c.Magnitude / n, 2)).Sum();
            return (u.Average(), u.Average(v => v * v), u.Average(v => v * v * v / 3) - (Dispersion * slopes));
        }

        var (first, last) = (At(0), At(grid.Nodes[1].Length - 1));
        Assert.Equal(first.Mass, last.Mass, 1e-12);
        Assert.Equal(first.Momentum, last.Momentum, 1e-10);
        Assert.Equal(first.Energy, last.Energy, 1e-9);
    }

    [Fact]
    public void Two_solitons_that_are_apart_have_the_crest_of_a_single_one()
    {
        // At t = 3 the fast one is far ahead. Alone, a soliton of speed c is (c/2) sech²(√c z/2).
        var problem = ProblemTests.Create("kdv", ("initial", "two-soliton"));
        var value = new double[1];

        var crest = Enumerable.Range(0, 20_001).Max(i =>
        {
            problem.Exact([20.0 * i / 20_000, 3], value);
            return value[0];
        });

        Assert.Equal(3, crest, 1e-3);
    }

    [Fact]
    public void Kuramoto_Sivashinsky_agrees_with_another_integrator()
    {
        // Integrating factor and classical Runge–Kutta on 256 modes, in place of exponential differencing on 1,024.
        const double Advection = 100.0 / 16, Growth = 100.0 / 256, Damping = 100.0 / 65536;
        const int N = 256, Steps = 8000;
        const double End = 0.4, H = End / Steps;
        var fft = new RealFft(N);
        double[] values = [.. Enumerable.Range(0, N).Select(i => 2 * Math.PI * i / N).Select(x => Math.Cos(x) * (1 + Math.Sin(x)))];
        var u = new System.Numerics.Complex[(N / 2) + 1];
        fft.Forward(values, u);
        double[] half = [.. Enumerable.Range(0, u.Length).Select(k => Math.Exp(H / 2 * ((Growth * k * k) - (Damping * k * k * k * k))))];
        System.Numerics.Complex[] Slope(System.Numerics.Complex[] at)
        {
            var result = new System.Numerics.Complex[at.Length];
            fft.Inverse(at, values);
            fft.Forward([.. values.Select(v => -0.5 * Advection * v * v)], result);
            return [.. result.Select((c, k) => k == N / 2 ? 0 : System.Numerics.Complex.ImaginaryOne * k * c)];
        }

        for (var step = 0; step < Steps; step++)
        {
            var a = Slope(u);
            var b = Slope([.. u.Select((c, k) => half[k] * (c + (H / 2 * a[k])))]);
            var c1 = Slope([.. u.Select((c, k) => (half[k] * c) + (H / 2 * b[k]))]);
            var d = Slope([.. u.Select((c, k) => (half[k] * half[k] * c) + (H * half[k] * c1[k]))]);
            u = [.. u.Select((c, k) => (half[k] * half[k] * (c + (H / 6 * a[k]))) + (H / 3 * half[k] * (b[k] + c1[k])) + (H / 6 * d[k]))];
        }

        fft.Inverse(u, values);
        var grid = Grid("kuramoto-sivashinsky");
        Assert.All(Enumerable.Range(0, N), i => Assert.Equal(values[i], grid.Values[(i * grid.Nodes[1].Length) + 40], 1e-6));
    }

    [Fact]
    public void Allen_Cahn_between_fixed_ends_agrees_with_finite_differences()
    {
        // Second order in space, Crank–Nicolson for diffusion with the source by Adams–Bashforth: another discretization altogether.
        const int N = 800, Steps = 4000;
        const double Diffusivity = 1e-3, Dx = 2.0 / N, Dt = 0.5 / Steps, R = Diffusivity * Dt / (2 * Dx * Dx);
        double[] u = [.. Enumerable.Range(0, N + 1).Select(i => -1 + (Dx * i)).Select(x => x * x * Math.Cos(Math.PI * x))];
        var (source, before, right, ratio) = (new double[N + 1], Array.Empty<double>(), new double[N + 1], new double[N + 1]);
        for (var step = 0; step < Steps; step++)
        {
            source = [.. u.Select(v => 5 * (v - (v * v * v)))];
            before = step == 0 ? source : before;
            (right[0], ratio[0]) = (-1, 0);
            for (var i = 1; i < N; i++)
            {
                var value = u[i] + (R * (u[i - 1] - (2 * u[i]) + u[i + 1])) + (Dt * ((1.5 * source[i]) - (0.5 * before[i])));
                var pivot = 1 + (2 * R) - (R * ratio[i - 1]);
                (ratio[i], right[i]) = (R / pivot, (value + (R * right[i - 1])) / pivot);
            }

            for (var i = N - 1; i > 0; i--)
            {
                u[i] = right[i] + (ratio[i] * u[i + 1]);
            }

            before = source;
        }

        var grid = ProblemTests.Create("allen-cahn", ("form", "dirichlet")).Reference!.Grid;
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(u[i * N / 8], grid.Values[(i * 32 * grid.Nodes[1].Length) + 50], 1e-3));
    }

    private static ReferenceGrid Grid(string kind) => ProblemTests.Create(kind).Reference!.Grid;
}
