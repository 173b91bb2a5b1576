using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Jets.Engines;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Trivial;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Training.Evaluations;

/// <summary>Compares a network with the exact solution on the test grid, in physical units.</summary>
internal sealed class TestGridError : IDisposable
{
    private const double FlatBelow = 0.1;
    private readonly Problem _problem;
    private readonly GridField _field;
    private readonly AbsentValues _absent;
    private readonly double[] _exact;
    private readonly double[] _difference;
    private readonly ErrorSpectrum? _spectrum;
    private readonly TrivialFields _trivial;
    private readonly double _exactNorm;
    private readonly double _exactVariation;

    /// <summary>Prepares the grid.</summary>
    /// <param name="problem">The problem that the network solves.</param>
    /// <param name="engine">Has the network.</param>
    /// <param name="stated">The problem as it was stated, where networks keep some of it by construction.</param>
    public TestGridError(Problem problem, IJetEngine engine, Problem? stated = null)
    {
        _problem = problem;
        var physical = problem.Physical;
        var grid = physical.TestGrid();
        var means = new SpatialMeans(physical, grid);
        _absent = new(physical, grid);
        _field = new(problem, problem.TestGrid(), means, _absent, engine);
        _exact = physical.ExactOnTestGrid();
        _difference = new double[_exact.Length];
        _spectrum = ErrorSpectrum.Of(problem);
        Prepare(_exact);
        _trivial = TrivialFields.Of((stated ?? problem).Physical, grid, _exact, Prepare);
        foreach (var output in problem.MeasuredOutputs)
        {
            var (square, variation) = Scatter(_exact, output);
            _exactNorm += square;
            _exactVariation += variation;
        }

        void Prepare(double[] values)
        {
            means.RemoveFrom(values);
            _absent.Clear(values);
        }
    }

    /// <summary>
    /// Mean of u*² over the measured outputs, from which a mean squared error follows; 1 / their number where u* is zero, as
    /// <see cref="GridError.RelativeL2"/> is then absolute.
    /// </summary>
    public double ReferenceMeanSquare => (_exactNorm > 0 ? _exactNorm : 1) / _problem.MeasuredOutputs.Sum(output => _absent.Present[output]);

    /// <summary>The relative L2 errors of trivial fields by name; null where no solution is known.</summary>
    public ImmutableSortedDictionary<string, double>? TrivialScores => _trivial.Scores;

    /// <summary>The names of the trivial fields that are apart from the solution.</summary>
    public ImmutableArray<string> TrivialNames => _trivial.Names;

    /// <summary>
    /// The first measured output at the engine's θ beside the solution, thinned; null where the problem has not two coordinates on a grid.
    /// </summary>
    public SolutionField? Field() => ThinnedField.Of(_problem, _field.Now(), _exact);

    /// <summary>The error at the engine's θ.</summary>
    public GridError Measure()
    {
        var values = _field.Now();
        var (square, largest, variation) = (0.0, 0.0, 0.0);
        var stride = _problem.Outputs.Length;
        foreach (var output in _problem.MeasuredOutputs)
        {
            variation += Scatter(values, output).Variation;
            for (var i = output; i < values.Length; i += stride)
            {
                var difference = _difference[i] = values[i] - _exact[i];
                square += difference * difference;
                largest = Math.Max(largest, Math.Abs(difference));
            }
        }

        var isFlat = _exactVariation > 0 && Math.Sqrt(variation) <= FlatBelow * Math.Sqrt(_exactVariation);
        return new(Math.Sqrt(_exactNorm > 0 ? square / _exactNorm : square), largest, isFlat, TensorPrimitives.IsFiniteAll<double>(values), _trivial.Settled(values));
    }

    /// <summary>Every output at the engine's θ, in own units, with its size at the start left open.</summary>
    public IEnumerable<OutputSize> Outputs()
    {
        var (values, exact) = (Own(_field.Now()), Own(_exact));
        return _problem.Outputs.Select((name, output) =>
        {
            var (square, variation) = Scatter(values, output);
            var (asked, askedVariation) = Scatter(exact, output);
            var (error, count) = (0.0, _absent.Present[output]);
            for (var i = output; i < values.Length; i += _problem.Outputs.Length)
            {
                error += (values[i] - exact[i]) * (values[i] - exact[i]);
            }

            return new OutputSize(
                name,
                double.NaN,
                Math.Sqrt(square / count),
                Math.Sqrt(variation / count),
                Known(Math.Sqrt(asked / count)),
                Known(Math.Sqrt(askedVariation / count)),
                asked > 0 ? Known(Math.Sqrt(error / asked)) : null);
        });

        double? Known(double value) => _problem.HasSolution && double.IsFinite(value) ? value : null;
    }

    /// <summary>A window of time ends: up to its last moment the solution is what the engine's θ says now.</summary>
    public void Settle(double until) => _field.Settle(until);

    /// <summary>Another engine has the network from now on.</summary>
    public void Use(IJetEngine engine) => _field.Use(engine);

    /// <summary>
    /// Adds the relative error of each output last measured, where there are several: one of a hundredth of the size of another hides
    /// behind it.
    /// </summary>
    public void MeasureOutputs(ImmutableSortedDictionary<string, double>.Builder metrics)
    {
        foreach (var output in double.IsFinite(_exactNorm) && _problem.MeasuredOutputs.Length > 1 ? _problem.MeasuredOutputs : [])
        {
            var (square, norm) = (Scatter(_difference, output).Square, Scatter(_exact, output).Square);
            metrics.Add($"{CurvePoint.RelativeL2Of}{_problem.Outputs[output]}", Math.Sqrt(norm > 0 ? square / norm : square));
        }
    }

    /// <summary>Adds the spectrum of the error last measured, where the problem is periodic in space and its solution known.</summary>
    public void MeasureSpectrum(ImmutableSortedDictionary<string, double>.Builder metrics)
    {
        if (double.IsFinite(_exactNorm))
        {
            _spectrum?.Measure(_difference, _exact, _problem.Outputs.Length, _problem.MeasuredOutputs, metrics);
        }
    }

    public void Dispose() => _field.Dispose();

    private double[] Own(double[] values) => _problem.Units is not { } units ? values : [.. values.Select((value, i) => units.Outputs[i % units.Outputs.Length].ToOwn(value))];

    /// <summary>Σ u² and Σ (u − mean u)² of one output.</summary>
    private (double Square, double Variation) Scatter(double[] values, int output)
    {
        var stride = _problem.Outputs.Length;
        var (sum, square, variation) = (0.0, 0.0, 0.0);
        for (var i = output; i < values.Length; i += stride)
        {
            sum += values[i];
            square += values[i] * values[i];
        }

        var mean = sum / _absent.Present[output];
        for (var i = output; i < values.Length; i += stride)
        {
            variation += _absent.Has(i) ? (values[i] - mean) * (values[i] - mean) : 0;
        }

        return (square, variation);
    }
}
