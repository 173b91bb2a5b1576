using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;

namespace PinnSweep.Training.Evaluations;

/// <summary>
/// How well a network keeps a problem whose solution nobody knows, free of units: the largest over the terms of the root mean square
/// residual relative to what the term itself amounts to.
/// </summary>
/// <remarks>
/// An equation amounts to the larger of two sizes: the root mean square of its parts (<see cref="Summands"/>) on the network, and what the
/// largest of its derivatives is for a function that varies by S over the extents of the domain. The second keeps an equation whose parts
/// all vanish at the solution, u_xx = 0 for instance, from being compared with nothing. A condition on a value amounts to S. S of an output
/// is the larger of two standard deviations, of the values that conditions and measurements prescribe, and of the network's values inside:
/// both are the same in other units, and with another zero. Where prescribed values are all the same, their size counts.
/// </remarks>
internal sealed class RelativeResidual : IDisposable
{
    private readonly Problem _problem;
    private readonly PrescribedSizes _prescribed;
    private readonly ImmutableArray<TermMagnitude> _terms;
    private readonly double[] _domain;
    private readonly double[] _values;
    private readonly ImmutableArray<LossTerm> _outputs;
    private readonly SettledValues _settled;
    private ILossPass? _pass;

    /// <summary>Prepares the terms of a problem at their test points.</summary>
    /// <param name="problem">The problem that the network solves, in its ansatz where it has one.</param>
    /// <param name="stated">The same as it was stated.</param>
    /// <param name="points">Test points of each term of <paramref name="problem"/>.</param>
    public RelativeResidual(Problem problem, Problem stated, ImmutableArray<double[]> points)
    {
        _problem = problem;
        _prescribed = new(stated);
        _terms = [.. problem.Terms.Select((term, k) => new TermMagnitude(problem, stated, term, points[k]))];
        _domain = points[problem.Terms.IndexOf(problem.Terms.First(term => term.Faces.IsEmpty && term.MeasuredAt.IsEmpty))];
        var values = problem.Outputs.Select((name, output) => LossTerm.Equation(Expr.OutputOf(output, problem.Dimension).Value, 1, name)).ToImmutableArray();
        _outputs = problem.IsInAnsatz ? HardConstraint.Rewritten(stated, values) : values;
        _values = new double[_domain.Length / problem.Dimension * problem.Outputs.Length];
        _settled = new(problem, _domain);
    }

    /// <summary>Another engine has the network from now on.</summary>
    public void Use(IJetEngine engine)
    {
        _pass?.Dispose();
        _pass = engine.CreatePass(_problem.Compile(_outputs));
        _pass.SetPoints(_domain);
        foreach (var term in _terms)
        {
            term.Use(engine);
        }
    }

    /// <summary>A window of time ends: up to its last moment sizes are those at the engine's θ.</summary>
    public void Settle(double until)
    {
        _settled.Settle(Values(), until);
        foreach (var term in _terms)
        {
            term.Settle(until);
        }
    }

    /// <summary>The largest relative residual at the engine's θ.</summary>
    /// <param name="meanSquares">Mean square residual of each term.</param>
    /// <param name="coefficients">The end of θ.</param>
    public double Measure(ReadOnlySpan<double> meanSquares, double[] coefficients)
    {
        var values = Values();
        _settled.Apply(values);
        var n = values.Length / _problem.Outputs.Length;
        var sizes = new double[_problem.Outputs.Length];
        for (var output = 0; output < sizes.Length; output++)
        {
            double[] one = [.. Enumerable.Range(0, n).Where(i => _problem.Has(output, _domain.AsSpan(i * _problem.Dimension, _problem.Dimension))).Select(i => values[(i * sizes.Length) + output])];
            var mean = TensorPrimitives.Sum<double>(one) / one.Length;
            sizes[output] = Math.Max(_prescribed.Of(output), Math.Sqrt(one.Average(value => (value - mean) * (value - mean))));
        }

        var largest = 0.0;
        for (var k = 0; k < _terms.Length; k++)
        {
            if (meanSquares[k] > 0)
            {
                largest = Math.Max(largest, Math.Sqrt(meanSquares[k] / _terms[k].MeanSquare(sizes, coefficients)));
            }
        }

        return largest;
    }

    public void Dispose()
    {
        _pass?.Dispose();
        foreach (var term in _terms)
        {
            term.Dispose();
        }
    }

    /// <summary>Outputs at the points of the domain, those of one point together.</summary>
    private double[] Values()
    {
        var (outputs, n) = (_problem.Outputs.Length, _values.Length / _problem.Outputs.Length);
        var byOutput = new double[_values.Length];
        _pass!.Run([], new double[outputs], new double[outputs], byOutput, []);
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = byOutput[(i % outputs * n) + (i / outputs)];
        }

        return _values;
    }
}
