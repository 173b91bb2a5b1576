using System.Collections.Immutable;
using System.Numerics;
using PinnSweep.Numerics.Spectral;

namespace PinnSweep.Problems.References;

/// <summary>
/// u_t = L u + N(u) on a periodic interval, by Fourier collocation in space and <see cref="EtdRk4"/> in time. The initial values enter by
/// their Fourier coefficients, taken from a much finer grid: where the periodic continuation has a kink (x² cos πx at ±1), sampling at
/// the collocation points alone folds the missing modes onto the kept ones, an error that never decays.
/// </summary>
/// <param name="Lower">Left end of the interval.</param>
/// <param name="Upper">Right end, the same point as the left one.</param>
/// <param name="Initial">u at time zero.</param>
/// <param name="Symbol">The symbol of L for wave number k (in 1/length): ∂x is i k.</param>
/// <param name="Source">The pointwise part of N: N(u) = Source(u) + ∂x Flux(u).</param>
/// <param name="Flux">What N takes the derivative of; null for none.</param>
internal sealed record PeriodicEvolution(
    double Lower,
    double Upper,
    Func<double, double> Initial,
    Func<double, Complex> Symbol,
    Func<double, double>? Source,
    Func<double, double>? Flux)
{
    /// <summary>The measure that says how well the solution satisfies its equation.</summary>
    public const string ResidualName = "residual";

    private const int InitialSamples = 1 << 18;
    private const int SamplesOfMode = 8;

    /// <summary>
    /// Positions are put out up to here; less than <see cref="Upper"/> where the interval is a continuation of the domain.
    /// </summary>
    public double ShownUpTo { get; init; } = Upper;

    /// <summary>Added to u before it is put out.</summary>
    public double Offset { get; init; }

    /// <summary>The nodes that <see cref="Solve"/> puts out: positions with both ends, then times.</summary>
    public ImmutableArray<ImmutableArray<double>> Nodes(double end, int outputs, int positions) =>
        [ReferenceGrid.Spaced(Lower, ShownUpTo, positions), ReferenceGrid.Spaced(0, end, outputs)];

    /// <summary>
    /// Solves at the given resolution and at half of it in space and time, both at once; the difference is the floor. The residual is that
    /// of the finer one: ‖u_t − L u − N(u)‖ / ‖u_t‖, with u_t from differences of order eight over nine time steps, at its worst.
    /// </summary>
    /// <param name="modes">Points in space, a power of two.</param>
    /// <param name="stepsPerOutput">Time steps between outputs, even, at least eight.</param>
    /// <param name="end">The last time.</param>
    /// <param name="outputs">Number of outputs after the initial one, equally spaced.</param>
    /// <param name="positions">Number of positions put out, equally spaced from the left end; the right end is added.</param>
    /// <param name="later">A name and a time: the floor from that time on is measured under that name too.</param>
    public ReferenceGrid Solve(int modes, int stepsPerOutput, double end, int outputs, int positions, (string Name, double From)? later = null)
    {
        var step = end / outputs / stepsPerOutput;
        var probe = new EvolutionProbe(step);
        var (fine, coarse) = (Array.Empty<double>(), Array.Empty<double>());
        Parallel.Invoke(
            () => fine = Trajectory(modes, stepsPerOutput, step, outputs, positions, probe),
            () => coarse = Trajectory(modes / 2, stepsPerOutput / 2, 2 * step, outputs, positions, null));
        var measures = ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal)
            .Add(ReferenceGrid.FloorName, ReferenceGrid.Distance(fine, coarse))
            .Add(ResidualName, probe.Worst);
        if (later is { } part)
        {
            measures = measures.Add(part.Name, ReferenceGrid.Distance(fine, coarse, i => end * (i % (outputs + 1)) / outputs >= part.From));
        }

        return new(Nodes(end, outputs, positions), 1, [.. fine], measures);
    }

    /// <summary>
    /// The same values at any resolution, also with fewer modes than positions, between which the trigonometric polynomial interpolates; alone
    /// on one core. Nothing is kept and nothing measured.
    /// </summary>
    /// <param name="modes">Points in space, a power of two.</param>
    /// <param name="stepsPerOutput">Time steps between outputs.</param>
    /// <param name="end">The last time.</param>
    /// <param name="outputs">Number of outputs after the initial one.</param>
    /// <param name="positions">Number of positions put out, the right end added; with its whole period a power of two.</param>
    public double[] Values(int modes, int stepsPerOutput, double end, int outputs, int positions)
    {
        var system = new Collocation(this, modes);
        var integrator = new EtdRk4(system.Linear, system.Nonlinear, end / outputs / stepsPerOutput);
        var whole = (int)Math.Round(positions * (Upper - Lower) / (ShownUpTo - Lower));
        var shown = Math.Max(modes, whole);
        var (fft, padded, physical) = (new RealFft(shown), new Complex[(shown / 2) + 1], new double[shown]);
        var u = system.Start(SamplesOfMode * modes);
        var values = new double[(positions + 1) * (outputs + 1)];
        for (var j = 0; j <= outputs; j++)
        {
            for (var s = 0; j > 0 && s < stepsPerOutput; s++)
            {
                integrator.Step(u);
            }

            // The last mode stands for both signs, which are two modes of a longer sequence.
            var scale = (double)shown / modes;
            for (var k = 0; k < u.Length; k++)
            {
                padded[k] = (k == modes / 2 && shown > modes ? 0.5 * scale : scale) * u[k];
            }

            fft.Inverse(padded, physical);
            for (var i = 0; i <= positions; i++)
            {
                var value = j == 0 ? Initial(Lower + ((Upper - Lower) * i / whole)) : physical[i * (shown / whole) % shown];
                values[(i * (outputs + 1)) + j] = value + Offset;
            }
        }

        return values;
    }

    /// <summary>u at positions × times.</summary>
    private double[] Trajectory(int modes, int stepsPerOutput, double step, int outputs, int positions, EvolutionProbe? probe)
    {
        var system = new Collocation(this, modes);
        var integrator = new EtdRk4(system.Linear, system.Nonlinear, step);
        var u = system.Start();
        var values = new double[(positions + 1) * (outputs + 1)];
        var physical = new double[modes];
        var spacing = (int)Math.Round((ShownUpTo - Lower) / (Upper - Lower) * modes) / positions;
        for (var j = 0; j <= outputs; j++)
        {
            for (var s = 0; j > 0 && s < stepsPerOutput; s++)
            {
                integrator.Step(u);

                // The last nine states before every eighth of the way.
                if (probe is not null && j % Math.Max(1, outputs / 8) == 0 && s >= stepsPerOutput - EvolutionProbe.States)
                {
                    probe.Take(u, system.Linear, system.Nonlinear);
                }
            }

            system.ToValues(u, physical);
            for (var i = 0; i <= positions; i++)
            {
                // The first moment is known; its truncated series would be worst at a kink.
                var value = j == 0 ? Initial(Lower + ((Upper - Lower) * i * spacing / modes)) : physical[i * spacing % modes];
                values[(i * (outputs + 1)) + j] = value + Offset;
            }
        }

        return values;
    }

    /// <summary>The equation at one resolution, on half spectra.</summary>
    private sealed class Collocation
    {
        private readonly PeriodicEvolution _equation;
        private readonly RealFft _fft;
        private readonly double[] _wave;
        private readonly double[] _values;
        private readonly double[] _image;
        private readonly Complex[] _flux;

        public Collocation(PeriodicEvolution equation, int modes)
        {
            (_equation, _fft) = (equation, new(modes));
            (_values, _image, _flux) = (new double[modes], new double[modes], new Complex[(modes / 2) + 1]);
            var unit = 2 * Math.PI / (equation.Upper - equation.Lower);

            // The last mode has no sign; its odd derivatives vanish.
            _wave = [.. Enumerable.Range(0, (modes / 2) + 1).Select(k => k == modes / 2 ? 0 : unit * k)];
            Linear = [.. Enumerable.Range(0, (modes / 2) + 1).Select(k => equation.Symbol(unit * k))];
            Linear[^1] = Linear[^1].Real;
        }

        public Complex[] Linear { get; }

        public Complex[] Start() => Start(Math.Max(InitialSamples, _values.Length));

        public Complex[] Start(int samples)
        {
            var (lower, extent) = (_equation.Lower, _equation.Upper - _equation.Lower);
            double[] initial = [.. Enumerable.Range(0, samples).Select(i => _equation.Initial(lower + (extent * i / samples)))];
            var spectrum = new Complex[(samples / 2) + 1];
            new RealFft(samples).Forward(initial, spectrum);
            var scale = (double)_values.Length / samples;
            return [.. spectrum.Take(Linear.Length).Select(coefficient => scale * coefficient)];
        }

        public void ToValues(Complex[] u, double[] values) => _fft.Inverse(u, values);

        public void Nonlinear(Complex[] u, Complex[] result)
        {
            _fft.Inverse(u, _values);
            if (_equation.Source is { } source)
            {
                Map(source);
                _fft.Forward(_image, result);
            }
            else
            {
                Array.Clear(result);
            }

            if (_equation.Flux is { } flux)
            {
                Map(flux);
                _fft.Forward(_image, _flux);
                for (var k = 0; k < result.Length; k++)
                {
                    result[k] += new Complex(-_wave[k] * _flux[k].Imaginary, _wave[k] * _flux[k].Real);
                }
            }
        }

        private void Map(Func<double, double> function)
        {
            for (var i = 0; i < _values.Length; i++)
            {
                _image[i] = function(_values[i]);
            }
        }
    }
}
