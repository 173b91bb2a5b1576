using System.Collections.Immutable;
using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Evaluations;

/// <summary>
/// The relative error of a problem that is periodic in space, split by wave number along that coordinate into three bands of equal width on
/// a logarithmic scale: up to K^⅓, up to K^⅔, and up to K, half the points of a period. By Parseval's identity the squares of the bands
/// add up to the square of the relative error on the grid without its repeated edge.
/// </summary>
internal sealed class ErrorSpectrum
{
    private static readonly string[] Bands = ["spectrum/low", "spectrum/middle", "spectrum/high"];
    private readonly int _points;
    private readonly int _stride;
    private readonly int _outer;

    private ErrorSpectrum(ImmutableArray<int> shape, int axis)
    {
        _points = shape[axis] - 1;
        _stride = shape.Skip(axis + 1).Aggregate(1, (product, n) => product * n);
        _outer = shape.Take(axis).Aggregate(1, (product, n) => product * n);
    }

    /// <summary>
    /// For the first coordinate of space that is periodic; null where none is, and where there are no whole
    /// lines: with holes or another shape, and at points of a reference.
    /// </summary>
    public static ErrorSpectrum? Of(Problem problem)
    {
        var axis = Enumerable.Range(0, problem.Dimension).FirstOrDefault(i => i != problem.TimeAxis && IsPeriodic(problem, i), -1);
        return axis < 0 || !problem.IsWholeBox || !problem.HasTestGrid ? null : new(problem.TestGridShape, axis);
    }

    /// <summary>Whether the solution has a period, built into networks or compared in the loss.</summary>
    private static bool IsPeriodic(Problem problem, int axis) =>
        problem.Axes[axis].Periodic || (problem.Axes[axis].Repeats && problem.Terms.Any(term => term.PairsOn == axis));

    /// <summary>Adds the three bands.</summary>
    /// <param name="difference">Error: entry point · outputs + output.</param>
    /// <param name="exact">The solution, likewise.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="measured">Those that count.</param>
    /// <param name="metrics">Takes the bands.</param>
    public void Measure(double[] difference, double[] exact, int outputs, ImmutableArray<int> measured, ImmutableSortedDictionary<string, double>.Builder metrics)
    {
        var line = new Complex[_points];
        var energies = new double[Bands.Length];
        var norm = 0.0;
        foreach (var output in measured)
        {
            for (var start = 0; start < _outer * _stride; start++)
            {
                var first = (start / _stride * (_points + 1) * _stride) + (start % _stride);
                for (var i = 0; i < _points; i++)
                {
                    var index = ((first + (i * _stride)) * outputs) + output;
                    line[i] = difference[index];
                    norm += exact[index] * exact[index];
                }

                Fourier.Forward(line, FourierOptions.NoScaling);
                for (var k = 0; k < _points; k++)
                {
                    energies[Band(Math.Min(k, _points - k))] += ((line[k].Real * line[k].Real) + (line[k].Imaginary * line[k].Imaginary)) / _points;
                }
            }
        }

        for (var band = 0; band < Bands.Length; band++)
        {
            metrics.Add(Bands[band], Math.Sqrt(norm > 0 ? energies[band] / norm : energies[band]));
        }
    }

    private int Band(int wave)
    {
        var highest = _points / 2.0;
        return wave <= Math.Cbrt(highest) ? 0 : wave <= Math.Cbrt(highest * highest) ? 1 : 2;
    }
}
