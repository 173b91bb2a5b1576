using System.Collections.Immutable;
using System.Numerics;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Solvers;

/// <summary>
/// u_t = L u + N(x, u, u_x, …) for one output that is periodic in one coordinate: Fourier collocation with the upper third of the modes of N
/// left out, <see cref="EtdRk4"/> in time. L is what stands in the equation with constant factors; the highest derivative by x has to.
/// Modes and time steps are doubled together until that changes nothing more; the last change is the floor.
/// </summary>
internal sealed class PeriodicSolver
{
    private const int FewestModes = 64;
    private const int MostModes = 1024;
    private const int FewestSteps = 400;
    private const double Enough = 1e-10;

    private readonly ExplicitForm _form;
    private readonly int _space;
    private readonly int _time;
    private readonly Axis _axis;
    private readonly PointFormula _start;
    private readonly double[] _factors;
    private readonly int[] _orders;

    private PeriodicSolver(Problem problem, ExplicitForm form, LossTerm start, double[] factors)
    {
        (_form, _time, _factors) = (form, problem.TimeAxis!.Value, factors);
        _space = 1 - _time;
        _axis = problem.Axes[_space];
        _start = new(start.Residual);
        _orders = [.. form.Leaves.Select(leaf => leaf.Orders[_space])];
    }

    /// <summary>The solver, or null where it does not apply.</summary>
    public static PeriodicSolver? Of(Problem problem)
    {
        if (problem is not { Dimension: 2, TimeAxis: { } time, Outputs.Length: 1 } || !problem.Axes[1 - time].Periodic || ExplicitForm.Of(problem, time) is not { Orders: [1] } form)
        {
            return null;
        }

        LossTerm[] conditions = [.. problem.Terms.Where(term => term.Role is TermRole.Initial or TermRole.Boundary)];
        var equation = problem.Terms.Single(term => term.Role == TermRole.Residual).Residual;
        if (conditions is not [{ Role: TermRole.Initial, Faces: [var face] } start] || face != new Face(time, Upper: false) || ExprGraph.Order(start.Residual).OfType<Expr.Derivative>().Any(leaf => leaf.Orders.Sum() > 0) ||
            ExprGraph.Order(equation).OfType<Expr.CoordinateOf>().Any(coordinate => coordinate.Index == time) || form.Leaves.Any(leaf => leaf.Orders[time] > 0))
        {
            return null;
        }

        var factors = Factors(problem, form);
        var orders = form.Leaves.Select(leaf => leaf.Orders[1 - time]).ToList();
        var highest = orders.DefaultIfEmpty(0).Max();
        return highest > 1 && factors[orders.IndexOf(highest)] == 0 ? null : new(problem, form, start, factors);
    }

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

        return new(nodes, 1, [.. before ?? new double[positions.Length * times.Length]], ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal).Add(ReferenceGrid.FloorName, distance));
    }

    /// <summary>The factor of each derivative that stands in the equation with a constant one; 0 of the others.</summary>
    private static double[] Factors(Problem problem, ExplicitForm form)
    {
        var found = new double[form.Leaves.Length];
        var highest = new double[1];
        for (var leaf = 0; leaf < found.Length; leaf++)
        {
            var slopes = new List<double>();
            for (var state = 0; state < 5; state++)
            {
                double[] point = [.. problem.Axes.Select(axis => axis.Lower + (axis.Extent * (0.17 + (0.15 * state))))];
                double[] values = [.. Enumerable.Range(0, found.Length).Select(i => Math.Sin(1 + (3 * i) + (5 * state)))];
                double At(double moved)
                {
                    double[] there = [.. values];
                    there[leaf] += moved;
                    form.Solve(point, there, highest);
                    return highest[0];
                }

                var here = At(0);
                slopes.AddRange([At(1) - here, (At(-2) - here) / -2]);
            }

            var (least, most) = (slopes.Min(), slopes.Max());
            found[leaf] = most - least <= 1e-10 * Math.Max(1, Math.Abs(most)) ? slopes[0] : 0;
        }

        return found;
    }

    /// <summary>u at the nodes, in the order of the coordinates.</summary>
    private double[] Trajectory(int modes, int steps, ImmutableArray<double> positions, ImmutableArray<double> times)
    {
        var half = (modes / 2) + 1;
        var unit = 2 * Math.PI / _axis.Extent;
        var fft = new RealFft(modes);
        var derivative = new Complex[half];
        var fields = _orders.Select(_ => new double[modes]).ToArray();
        var (image, leaves, highest) = (new double[modes], new double[_orders.Length], new double[1]);
        var point = new double[2];
        Complex Symbol(int k, int order) => k == half - 1 && order % 2 == 1 ? 0 : Complex.Pow(new Complex(0, unit * k), order);
        Complex[] linear = [.. Enumerable.Range(0, half).Select(k => _orders.Select((order, leaf) => _factors[leaf] * Symbol(k, order)).Aggregate(Complex.Zero, (sum, part) => sum + part))];
        Complex[][] symbols = [.. _orders.Select(order => Enumerable.Range(0, half).Select(k => Symbol(k, order)).ToArray())];

        void Nonlinear(Complex[] u, Complex[] result)
        {
            for (var leaf = 0; leaf < fields.Length; leaf++)
            {
                for (var k = 0; k < half; k++)
                {
                    derivative[k] = symbols[leaf][k] * u[k];
                }

                fft.Inverse(derivative, fields[leaf]);
            }

            for (var i = 0; i < modes; i++)
            {
                point[_space] = _axis.Lower + (_axis.Extent * i / modes);
                double known = 0;
                for (var leaf = 0; leaf < fields.Length; leaf++)
                {
                    leaves[leaf] = fields[leaf][i];
                    known += _factors[leaf] * leaves[leaf];
                }

                _form.Solve(point, leaves, highest);
                image[i] = highest[0] - known;
            }

            fft.Forward(image, result);
            Array.Clear(result, modes / 3, half - (modes / 3));
        }

        var spectrum = Start(fft, modes, times[0]);
        var integrator = new EtdRk4(linear, Nonlinear, (times[1] - times[0]) / steps);
        var values = new double[positions.Length * times.Length];
        for (var j = 0; j < times.Length; j++)
        {
            for (var s = 0; j > 0 && s < steps; s++)
            {
                integrator.Step(spectrum);
            }

            for (var i = 0; i < positions.Length; i++)
            {
                values[_space == 0 ? (i * times.Length) + j : (j * positions.Length) + i] = At(spectrum, modes, unit * (positions[i] - _axis.Lower));
            }
        }

        return values;
    }

    private Complex[] Start(RealFft fft, int modes, double time)
    {
        var point = new double[2];
        point[_time] = time;
        var values = new double[modes];
        for (var i = 0; i < modes; i++)
        {
            point[_space] = _axis.Lower + (_axis.Extent * i / modes);
            var (without, with) = (_start.At(point, _ => 0)!.Value, _start.At(point, _ => 1)!.Value);
            var value = -without / (with - without);
            values[i] = Math.Abs(_start.At(point, _ => value)!.Value) <= 1e-9 * (1 + Math.Abs(without)) ? value : double.NaN;
        }

        var spectrum = new Complex[(modes / 2) + 1];
        fft.Forward(values, spectrum);
        return spectrum;
    }

    /// <summary>The trigonometric polynomial at an angle.</summary>
    private static double At(Complex[] spectrum, int modes, double angle)
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
