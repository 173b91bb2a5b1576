using System.Collections.Immutable;
using System.Numerics;
using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Solvers;

/// <summary>
/// u_t = L u + N(t, x, u, u_x, …) for outputs that are periodic in one coordinate: Fourier collocation with the upper third of the modes of N
/// left out, <see cref="EtdRk4"/> in time. Modes and time steps are doubled together until that changes nothing more; the last change is
/// the floor.
/// </summary>
internal sealed class PeriodicSolver
{
    private const int FewestModes = 64;
    private const int MostModes = 1024;
    private const int FewestSteps = 400;
    private const double Enough = 1e-10;

    private readonly EvolutionForm _evolution;
    private readonly ExplicitForm _form;
    private readonly int _space;
    private readonly int _time;
    private readonly Axis _axis;
    private readonly int[] _orders;

    private PeriodicSolver(Problem problem, EvolutionForm evolution)
    {
        (_evolution, _form, _time) = (evolution, evolution.Slopes, evolution.Time);
        _space = 1 - _time;
        _axis = problem.Axes[_space];
        _orders = [.. _form.Leaves.Select(leaf => leaf.Orders[_space])];
    }

    /// <summary>The solver, or null where it does not apply.</summary>
    public static PeriodicSolver? Of(Problem problem) => problem.Dimension == 2 && EvolutionForm.Of(problem) is { } evolution ? new(problem, evolution) : null;

    /// <summary>The solution at equally spaced values of both coordinates.</summary>
    public ReferenceGrid Solve(ImmutableArray<ImmutableArray<double>> nodes)
    {
        var (positions, times) = (nodes[_space], nodes[_time]);
        double[]? before = null;
        var distance = double.NaN;
        var steps = Math.Max(1, FewestSteps / (times.Length - 1));
        for (var modes = FewestModes; modes <= MostModes && 4L * modes * steps * times.Length * _form.Work <= OwnSolvers.MostWork; (modes, steps) = (2 * modes, 2 * steps))
        {
            var values = Trajectory(modes, steps, positions, times);
            distance = before is null ? double.NaN : ReferenceGrid.Distance(values, before);
            before = values;
            if (distance <= Enough)
            {
                break;
            }
        }

        return new(nodes, _evolution.Outputs, [.. before ?? new double[positions.Length * times.Length * _evolution.Outputs]],
            ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal).Add(ReferenceGrid.FloorName, distance));
    }

    /// <summary>The outputs at the nodes, in the order of the coordinates.</summary>
    private double[] Trajectory(int modes, int steps, ImmutableArray<double> positions, ImmutableArray<double> times)
    {
        var (half, outputs) = ((modes / 2) + 1, _evolution.Outputs);
        var unit = 2 * Math.PI / _axis.Extent;
        var fft = new RealFft(modes);
        var derivative = new Complex[half];
        var fields = _orders.Select(_ => new double[modes]).ToArray();
        var images = Enumerable.Range(0, outputs).Select(_ => new double[modes]).ToArray();
        var (leaves, highest, point) = (new double[_orders.Length], new double[outputs], new double[2]);
        Complex Symbol(int k, int order) => k == half - 1 && order % 2 == 1 ? 0 : Complex.Pow(new Complex(0, unit * k), order);
        Complex[] linear =
        [
            .. _evolution.Factors.SelectMany(factors => Enumerable.Range(0, half)
                .Select(k => _orders.Select((order, leaf) => factors[leaf] * Symbol(k, order)).Aggregate(Complex.Zero, (sum, part) => sum + part))),
        ];
        Complex[][] symbols = [.. _orders.Select(order => Enumerable.Range(0, half).Select(k => Symbol(k, order)).ToArray())];

        void Nonlinear(double time, Complex[] u, Complex[] result)
        {
            for (var leaf = 0; leaf < fields.Length; leaf++)
            {
                var from = _form.Leaves[leaf].Output * half;
                for (var k = 0; k < half; k++)
                {
                    derivative[k] = symbols[leaf][k] * u[from + k];
                }

                fft.Inverse(derivative, fields[leaf]);
            }

            point[_time] = time;
            for (var i = 0; i < modes; i++)
            {
                point[_space] = _axis.Lower + (_axis.Extent * i / modes);
                for (var leaf = 0; leaf < fields.Length; leaf++)
                {
                    leaves[leaf] = fields[leaf][i];
                }

                _form.Solve(point, leaves, highest);
                for (var output = 0; output < outputs; output++)
                {
                    double known = 0;
                    for (var leaf = 0; leaf < fields.Length; leaf++)
                    {
                        known += _evolution.Factors[output][leaf] * leaves[leaf];
                    }

                    images[output][i] = highest[output] - known;
                }
            }

            for (var output = 0; output < outputs; output++)
            {
                fft.Forward(images[output], result.AsSpan(output * half, half));
                Array.Clear(result, (output * half) + (modes / 3), half - (modes / 3));
            }
        }

        var spectrum = Start(fft, modes, times[0]);
        var step = (times[1] - times[0]) / steps;
        var integrator = new EtdRk4(linear, Nonlinear, step);
        var values = new double[positions.Length * times.Length * outputs];
        for (var j = 0; j < times.Length; j++)
        {
            for (var s = 0; j > 0 && s < steps; s++)
            {
                integrator.Step(spectrum, times[j - 1] + (s * step));
            }

            for (var i = 0; i < positions.Length * outputs; i++)
            {
                var (position, output) = (i / outputs, i % outputs);
                var node = _space == 0 ? (position * times.Length) + j : (j * positions.Length) + position;
                values[(node * outputs) + output] = At(spectrum.AsSpan(output * half, half), modes, unit * (positions[position] - _axis.Lower));
            }
        }

        return values;
    }

    private Complex[] Start(RealFft fft, int modes, double time)
    {
        var (half, point, values) = ((modes / 2) + 1, new double[2], new double[modes]);
        point[_time] = time;
        var spectrum = new Complex[half * _evolution.Outputs];
        for (var output = 0; output < _evolution.Outputs; output++)
        {
            for (var i = 0; i < modes; i++)
            {
                point[_space] = _axis.Lower + (_axis.Extent * i / modes);
                values[i] = _evolution.Start(output, point);
            }

            fft.Forward(values, spectrum.AsSpan(output * half, half));
        }

        return spectrum;
    }

    /// <summary>The trigonometric polynomial at an angle.</summary>
    private static double At(ReadOnlySpan<Complex> spectrum, int modes, double angle)
    {
        var sum = spectrum[0].Real;
        for (var k = 1; k < spectrum.Length; k++)
        {
            var (sine, cosine) = Math.SinCos(k * angle);
            sum += (k == spectrum.Length - 1 ? 1 : 2) * ((spectrum[k].Real * cosine) - (spectrum[k].Imaginary * sine));
        }

        return sum / modes;
    }
}
