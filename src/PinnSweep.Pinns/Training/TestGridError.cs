using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Pinns.HardConstraints;
using PinnSweep.Pinns.Problems;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Pinns.Training;

/// <summary>Compares a network with the exact solution on the test grid.</summary>
internal sealed class TestGridError : IDisposable
{
    private const double FlatBelow = 0.1;
    private readonly Problem _problem;
    private readonly AnsatzField? _ansatz;
    private readonly double[] _grid;
    private readonly SettledValues _settled;
    private readonly double[] _jets;
    private readonly double[] _exact;
    private readonly double[] _difference;
    private readonly ErrorSpectrum? _spectrum;
    private readonly TrivialFields _trivial;
    private readonly int[] _moments;
    private readonly double _exactNorm;
    private readonly double _exactVariation;
    private IJetTape _tape;

    /// <summary>Prepares the grid.</summary>
    /// <param name="problem">The problem that the network solves.</param>
    /// <param name="engine">Has the network.</param>
    /// <param name="stated">The problem as it was stated, where networks keep some of it by construction.</param>
    public TestGridError(Problem problem, IJetEngine engine, Problem? stated = null)
    {
        _problem = problem;
        var grid = _grid = problem.TestGrid();
        var outputs = problem.Outputs.Length;
        var count = grid.Length / problem.Dimension;
        _tape = Tape(engine);
        _settled = new(problem, grid);
        _ansatz = AnsatzField.Of(problem, grid);
        _jets = new double[count * outputs];
        _exact = new double[count * outputs];
        for (var i = 0; i < count; i++)
        {
            problem.Exact(grid.AsSpan(i * problem.Dimension, problem.Dimension), _exact.AsSpan(i * outputs, outputs));
        }

        _difference = new double[_exact.Length];
        _spectrum = ErrorSpectrum.Of(problem);
        _moments = Moments(problem, grid);
        RemoveMeans(_exact);
        _trivial = TrivialFields.Of(stated ?? problem, grid, _exact, RemoveMeans);
        foreach (var output in problem.MeasuredOutputs)
        {
            var (square, variation) = Scatter(_exact, output);
            _exactNorm += square;
            _exactVariation += variation;
        }
    }

    /// <summary>Mean of u*² over the measured outputs, from which a mean squared error follows; 1 / their number where u* is zero, as <see cref="GridError.RelativeL2"/> is then absolute.</summary>
    public double ReferenceMeanSquare => (_exactNorm > 0 ? _exactNorm : 1) / (_exact.Length / _problem.Outputs.Length * _problem.MeasuredOutputs.Length);

    /// <summary>The relative L2 errors of trivial fields by name; null where no solution is known.</summary>
    public ImmutableSortedDictionary<string, double>? TrivialScores => _trivial.Scores;

    /// <summary>The names of the trivial fields that are apart from the solution.</summary>
    public ImmutableArray<string> TrivialNames => _trivial.Names;

    /// <summary>The first measured output at the engine's θ beside the solution, thinned; null where the problem has not two coordinates on a grid.</summary>
    public SolutionField? Field()
    {
        Evaluate();
        return ThinnedField.Of(_problem, _jets, _exact);
    }

    /// <summary>The error at the engine's θ.</summary>
    public GridError Measure()
    {
        Evaluate();
        var (square, largest, variation) = (0.0, 0.0, 0.0);
        var stride = _problem.Outputs.Length;
        foreach (var output in _problem.MeasuredOutputs)
        {
            variation += Scatter(_jets, output).Variation;
            for (var i = output; i < _jets.Length; i += stride)
            {
                var difference = _difference[i] = _jets[i] - _exact[i];
                square += difference * difference;
                largest = Math.Max(largest, Math.Abs(difference));
            }
        }

        var isFlat = _exactVariation > 0 && Math.Sqrt(variation) <= FlatBelow * Math.Sqrt(_exactVariation);
        return new(Math.Sqrt(_exactNorm > 0 ? square / _exactNorm : square), largest, isFlat, TensorPrimitives.IsFiniteAll<double>(_jets), _trivial.Settled(_jets));
    }

    /// <summary>Every output at the engine's θ, with its size at the start left open.</summary>
    public IEnumerable<OutputSize> Outputs()
    {
        Evaluate();
        var count = _exact.Length / _problem.Outputs.Length;
        return _problem.Outputs.Select((name, output) =>
        {
            var (square, variation) = Scatter(_jets, output);
            var (asked, askedVariation) = Scatter(_exact, output);
            var error = 0.0;
            for (var i = output; i < _jets.Length; i += _problem.Outputs.Length)
            {
                error += (_jets[i] - _exact[i]) * (_jets[i] - _exact[i]);
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
    public void Settle(double until)
    {
        Forward();
        _settled.Settle(_jets, until);
    }

    /// <summary>Another engine has the network from now on.</summary>
    public void Use(IJetEngine engine)
    {
        _tape.Dispose();
        _tape = Tape(engine);
    }

    /// <summary>Adds the relative error of each output last measured, where there are several: one of a hundredth of the size of another hides behind it.</summary>
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

    public void Dispose() => _tape.Dispose();

    private IJetTape Tape(IJetEngine engine)
    {
        var tape = engine.CreateTape(JetLayout.ValuesOnly(_problem.Dimension));
        tape.SetPoints(_grid);
        return tape;
    }

    private void Evaluate()
    {
        Forward();
        _settled.Apply(_jets);
        RemoveMeans(_jets);
    }

    private void Forward()
    {
        _tape.Forward(_jets);
        _ansatz?.Apply(_jets);
    }

    /// <summary>The number of the moment of time that each point belongs to; all zero without time.</summary>
    private static int[] Moments(Problem problem, double[] grid)
    {
        var numbers = new Dictionary<double, int>();
        var moments = new int[grid.Length / problem.Dimension];
        for (var i = 0; i < moments.Length && problem.TimeAxis is not null; i++)
        {
            var time = grid[(i * problem.Dimension) + problem.TimeAxis.Value];
            numbers.TryAdd(time, numbers.Count);
            moments[i] = numbers[time];
        }

        return moments;
    }

    /// <summary>Takes the mean over space, at each moment, from outputs that the equations fix but for a constant.</summary>
    private void RemoveMeans(double[] values)
    {
        var stride = _problem.Outputs.Length;
        foreach (var output in _problem.FreeOfMean)
        {
            var (sums, counts) = (new double[_moments.Max() + 1], new int[_moments.Max() + 1]);
            for (var i = 0; i < _moments.Length; i++)
            {
                sums[_moments[i]] += values[(i * stride) + output];
                counts[_moments[i]]++;
            }

            for (var i = 0; i < _moments.Length; i++)
            {
                values[(i * stride) + output] -= sums[_moments[i]] / counts[_moments[i]];
            }
        }
    }

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

        var mean = sum / (values.Length / stride);
        for (var i = output; i < values.Length; i += stride)
        {
            variation += (values[i] - mean) * (values[i] - mean);
        }

        return (square, variation);
    }
}
