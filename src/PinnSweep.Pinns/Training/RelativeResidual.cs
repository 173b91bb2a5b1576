using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Pinns.HardConstraints;
using PinnSweep.Pinns.Problems;
using PinnSweep.Pinns.References;

namespace PinnSweep.Pinns.Training;

/// <summary>
/// How well a network keeps a problem whose solution nobody knows, free of units: the largest over the terms of the root mean square residual relative to what the term itself amounts to.
/// </summary>
/// <remarks>
/// An equation amounts to the larger of two sizes: the root mean square of its parts (<see cref="Summands"/>) on the network, and what the largest of its derivatives is for a function that varies by
/// S over the extents of the domain. The second keeps an equation whose parts all vanish at the solution, u_xx = 0 for instance, from being compared with nothing. A condition on a value
/// amounts to S. S of an output is the larger of two standard deviations, of the values that conditions and measurements prescribe, and of the network's values inside: both are
/// the same in other units, and with another zero. Where prescribed values are all the same, their size counts.
/// </remarks>
internal sealed class RelativeResidual : IDisposable
{
    private const int NaturalPoints = 100;
    private readonly Problem _problem;
    private readonly PrescribedSizes _prescribed;
    private readonly ImmutableArray<Term> _terms;
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
        _terms = [.. problem.Terms.Select((term, k) => new Term(problem, stated, term, points[k]))];
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
            double[] one = [.. Enumerable.Range(0, n).Select(i => values[(i * sizes.Length) + output])];
            var mean = TensorPrimitives.Sum<double>(one) / n;
            sizes[output] = Math.Max(_prescribed.Of(output), Math.Sqrt(one.Average(value => (value - mean) * (value - mean))));
        }

        var largest = 0.0;
        for (var k = 0; k < _terms.Length; k++)
        {
            if (meanSquares[k] > 0)
            {
                largest = Math.Max(largest, Math.Sqrt(meanSquares[k] / _terms[k].MeanSquareSize(sizes, coefficients)));
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

    /// <summary>What one term amounts to.</summary>
    private sealed class Term : IDisposable
    {
        private readonly Problem _problem;
        private readonly double[] _points;
        private readonly PrescribedValue? _value;
        private readonly ImmutableArray<LossTerm> _parts = [];
        private readonly ImmutableArray<PointFormula> _natural;
        private readonly SettledValues _settled;
        private ILossPass? _pass;

        public Term(Problem problem, Problem stated, LossTerm term, double[] points)
        {
            (_problem, _points) = (problem, points);
            var whole = stated.Terms.First(same => same.Name == term.Name);
            var summands = Summands.Of(whole.Residual);
            _value = PrescribedValue.Of(whole);
            var differential = whole.PairsOn is null && summands.Count > 1 ? summands.Where(Summands.HasDerivative) : summands;
            _natural = [.. differential.Select(part => new PointFormula(part))];
            _settled = new(problem, points);

            // Of a pair the parts are as large as u is far from its zero, which says nothing of the difference.
            if (_value is null && whole.PairsOn is null && summands.Count > 1)
            {
                var parts = summands.Select(part => whole with { Residual = part }).ToImmutableArray();
                _parts = problem.IsInAnsatz ? HardConstraint.Rewritten(stated, parts) : parts;
            }
        }

        private int Count => _points.Length / _problem.Dimension;

        public void Use(IJetEngine engine)
        {
            _pass?.Dispose();
            _pass = _parts.IsEmpty ? null : engine.CreatePass(_problem.Compile(_parts));
            _pass?.SetPoints(_points);
        }

        public void Settle(double until)
        {
            if (_pass is not null)
            {
                _settled.Settle(Squares(), until);
            }
        }

        /// <summary>The mean square of what the residual amounts to.</summary>
        /// <param name="sizes">S of each output.</param>
        /// <param name="coefficients">The trained coefficients.</param>
        public double MeanSquareSize(double[] sizes, double[] coefficients)
        {
            var points = _points.Chunk(_problem.Dimension).Take(NaturalPoints);
            if (_value is { } value)
            {
                return points.Average(point => Math.Pow(value.Factor(point) * sizes[value.Output], 2));
            }

            var natural = _natural.Select(part => points.Average(point => Square(part.At(point, leaf => Natural(leaf, point, sizes, coefficients))!.Value))).DefaultIfEmpty(0).Max();
            if (_pass is null)
            {
                return natural;
            }

            var squares = Squares();
            _settled.Apply(squares);
            return Math.Max(natural, TensorPrimitives.Sum<double>(squares) / Count);
        }

        public void Dispose() => _pass?.Dispose();

        private double Natural(Expr leaf, double[] point, double[] sizes, double[] coefficients) => leaf switch
        {
            Expr.Derivative derivative => derivative.Orders.Select((order, axis) => Math.Pow(_problem.Axes[axis].Extent, -order)).Aggregate(sizes[derivative.Output], (size, factor) => size * factor),
            Expr.CoefficientOf coefficient => coefficients[coefficient.Index],
            Expr.KnownFunction known => known.Function(point),
            _ => double.NaN,
        };

        private static double Square(double x) => double.IsFinite(x) ? x * x : 0;

        /// <summary>The sum of the squared parts at each point.</summary>
        private double[] Squares()
        {
            var (parts, squares) = (new double[_parts.Length * Count], new double[Count]);
            _pass!.Run([], new double[_parts.Length], new double[_parts.Length], parts, []);
            for (var i = 0; i < parts.Length; i++)
            {
                squares[i % Count] += parts[i] * parts[i];
            }

            return squares;
        }
    }
}
