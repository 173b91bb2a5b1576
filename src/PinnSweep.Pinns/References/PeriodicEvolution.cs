using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace PinnSweep.Pinns;

/// <summary>
/// u_t = L u + N(u) on a periodic interval, by Fourier collocation in space and <see cref="EtdRk4"/> in time.
/// </summary>
/// <param name="Name">What the cache calls it; changes whenever the equation or its parameters do.</param>
/// <param name="Lower">Left end of the interval.</param>
/// <param name="Upper">Right end, the same point as the left one.</param>
/// <param name="Initial">u at time zero.</param>
/// <param name="Symbol">The symbol of L for wave number k (in 1/length): ∂x is i k.</param>
/// <param name="Source">The pointwise part of N: N(u) = Source(u) + ∂x Flux(u).</param>
/// <param name="Flux">What N takes the derivative of; null for none.</param>
public sealed record PeriodicEvolution(
    string Name,
    double Lower,
    double Upper,
    Func<double, double> Initial,
    Func<double, Complex> Symbol,
    Func<double, double>? Source,
    Func<double, double>? Flux)
{
    /// <summary>
    /// Solves at the given resolution and at half of it in space and time; the difference is the floor.
    /// </summary>
    /// <param name="modes">Points in space, a multiple of twice <paramref name="positions"/>.</param>
    /// <param name="stepsPerOutput">Time steps between outputs, even.</param>
    /// <param name="end">The last time.</param>
    /// <param name="outputs">Number of outputs after the initial one, equally spaced.</param>
    /// <param name="positions">Number of positions put out, equally spaced from the left end; the right end is added.</param>
    public ReferenceGrid Solve(int modes, int stepsPerOutput, double end, int outputs, int positions)
    {
        var fine = Trajectory(modes, stepsPerOutput, end, outputs, positions);
        var coarse = Trajectory(modes / 2, stepsPerOutput / 2, end, outputs, positions);
        double difference = 0, norm = 0;
        for (var i = 0; i < fine.Length; i++)
        {
            difference += (fine[i] - coarse[i]) * (fine[i] - coarse[i]);
            norm += fine[i] * fine[i];
        }

        return new(
            [.. Enumerable.Range(0, outputs + 1).Select(j => end * j / outputs)],
            [.. Enumerable.Range(0, positions + 1).Select(i => Lower + ((Upper - Lower) * i / positions))],
            [.. fine],
            Math.Sqrt(difference / norm));
    }

    private double[] Trajectory(int modes, int stepsPerOutput, double end, int outputs, int positions)
    {
        var wave = new double[modes];
        var linear = new Complex[modes];
        for (var i = 0; i < modes; i++)
        {
            // The Nyquist mode has no sign; its odd derivatives vanish.
            var index = i < modes / 2 ? i : i == modes / 2 ? 0 : i - modes;
            wave[i] = 2 * Math.PI * index / (Upper - Lower);
            linear[i] = Symbol(2 * Math.PI * (i <= modes / 2 ? i : i - modes) / (Upper - Lower));
        }

        linear[modes / 2] = linear[modes / 2].Real;
        var work = new Complex[modes];
        var flux = new Complex[modes];
        void Nonlinear(Complex[] u, Complex[] result)
        {
            Array.Copy(u, work, modes);
            Fourier.Inverse(work, FourierOptions.AsymmetricScaling);
            if (Flux is not null)
            {
                for (var i = 0; i < modes; i++)
                {
                    flux[i] = Flux(work[i].Real);
                }

                Fourier.Forward(flux, FourierOptions.AsymmetricScaling);
            }

            for (var i = 0; i < modes; i++)
            {
                result[i] = Source?.Invoke(work[i].Real) ?? 0;
            }

            if (Source is not null)
            {
                Fourier.Forward(result, FourierOptions.AsymmetricScaling);
            }

            for (var i = 0; i < modes && Flux is not null; i++)
            {
                result[i] += Complex.ImaginaryOne * wave[i] * flux[i];
            }
        }

        var u = new Complex[modes];
        for (var i = 0; i < modes; i++)
        {
            u[i] = Initial(Lower + ((Upper - Lower) * i / modes));
        }

        Fourier.Forward(u, FourierOptions.AsymmetricScaling);
        var integrator = new EtdRk4(linear, Nonlinear, end / outputs / stepsPerOutput);
        var values = new double[(outputs + 1) * (positions + 1)];
        var physical = new Complex[modes];
        for (var j = 0; j <= outputs; j++)
        {
            for (var s = 0; j > 0 && s < stepsPerOutput; s++)
            {
                integrator.Step(u);
            }

            Array.Copy(u, physical, modes);
            Fourier.Inverse(physical, FourierOptions.AsymmetricScaling);
            for (var i = 0; i <= positions; i++)
            {
                values[(j * (positions + 1)) + i] = physical[i * (modes / positions) % modes].Real;
            }
        }

        return values;
    }
}
