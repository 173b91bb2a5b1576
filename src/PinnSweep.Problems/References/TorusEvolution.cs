using System.Collections.Immutable;
using System.Numerics;
using PinnSweep.Numerics.Spectral;

namespace PinnSweep.Problems.References;

/// <summary>
/// u_t = L u + N(t, x, u) for several outputs on a rectangle that is periodic both ways, by Fourier collocation with the 2/3 rule
/// (<see cref="RealFft2"/>) and <see cref="EtdRk4"/> in time. L is diagonal in modes; N is made of products at points, which enter by
/// multipliers of their modes: i k for a flux, a projection for an incompressible flow.
/// </summary>
/// <param name="Lower">The lower ends of both coordinates.</param>
/// <param name="Upper">The upper ends, the same points as the lower ones.</param>
/// <param name="Initial">The outputs at the first moment.</param>
/// <param name="Symbols">L of each output, by wave numbers.</param>
/// <param name="Fields">What the products are made of.</param>
/// <param name="Products">Makes them.</param>
/// <param name="ProductCount">How many.</param>
/// <param name="Parts">Where they go.</param>
internal sealed record TorusEvolution(
    (double First, double Second) Lower,
    (double First, double Second) Upper,
    ImmutableArray<Func<double, double, double>> Initial,
    ImmutableArray<Func<double, double, Complex>> Symbols,
    ImmutableArray<TorusField> Fields,
    TorusProducts Products,
    int ProductCount,
    ImmutableArray<TorusPart> Parts)
{
    /// <summary>Outputs that are put out: those that evolve, and those that follow from them.</summary>
    public int Outputs => Math.Max(Initial.Length, Parts.Max(part => part.Output) + 1);

    /// <summary>−c (k₀² + k₁²), the symbol of c Δ.</summary>
    public static Func<double, double, Complex> Diffusion(double c) => (first, second) => -c * ((first * first) + (second * second));

    /// <summary>Both first derivatives of an output.</summary>
    public static ImmutableArray<TorusField> Gradient(int output) => [new(output, (first, _) => new(0, first)), new(output, (_, second) => new(0, second))];

    /// <summary>1, the multiplier of a product that enters as it is, or another constant.</summary>
    public static Func<double, double, Complex> Times(double factor) => (_, _) => factor;

    /// <summary>
    /// Solves at the given resolution and at half of it in space and time, both at once; the difference is the floor. The residual is that
    /// of the finer one, as <see cref="PeriodicEvolution.Solve"/> has it.
    /// </summary>
    /// <param name="modes">Points along each side, a power of two.</param>
    /// <param name="stepsPerOutput">Time steps between outputs, even, at least ten.</param>
    /// <param name="nodes">The values of both coordinates and of time that are put out.</param>
    public ReferenceGrid Solve(int modes, int stepsPerOutput, ImmutableArray<ImmutableArray<double>> nodes)
    {
        var probe = new EvolutionProbe((nodes[2][^1] - nodes[2][0]) / (nodes[2].Length - 1) / stepsPerOutput);
        var (fine, coarse) = (Array.Empty<double>(), Array.Empty<double>());
        Parallel.Invoke(
            () => fine = Trajectory(modes, stepsPerOutput, nodes, probe),
            () => coarse = Trajectory(modes / 2, stepsPerOutput / 2, nodes));
        return new(nodes, Outputs, [.. fine], ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal)
            .Add(ReferenceGrid.FloorName, ReferenceGrid.Distance(fine, coarse))
            .Add(PeriodicEvolution.ResidualName, probe.Worst));
    }

    /// <summary>The outputs side by side at each node, time running fastest.</summary>
    public double[] Trajectory(int modes, int stepsPerOutput, ImmutableArray<ImmutableArray<double>> nodes, EvolutionProbe? probe = null)
    {
        var (system, times) = (new TorusCollocation(this, modes), nodes[2]);
        var step = (times[^1] - times[0]) / (times.Length - 1) / stepsPerOutput;
        var integrator = new EtdRk4(system.Linear, system.Nonlinear, step);
        var u = system.Start();
        var values = new double[nodes[0].Length * nodes[1].Length * times.Length * Outputs];
        for (var j = 0; j < times.Length; j++)
        {
            for (var s = 0; j > 0 && s < stepsPerOutput; s++)
            {
                integrator.Step(u, times[j - 1] + (s * step));

                // The last nine states before the middle and the end; what lies before has the same steps.
                if (probe is not null && (j == times.Length / 2 || j == times.Length - 1) && s >= stepsPerOutput - EvolutionProbe.States)
                {
                    var middle = times[j - 1] + ((stepsPerOutput - (EvolutionProbe.States / 2)) * step);
                    probe.Take(u, system.Linear, (state, result) => system.Nonlinear(middle, state, result));
                }
            }

            system.Show(u, nodes, j, values);
        }

        return values;
    }
}
