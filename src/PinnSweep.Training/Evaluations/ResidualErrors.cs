using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Jets.Engines;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Training.Evaluations;

/// <summary>
/// How well a network satisfies its problem, whether or not the solution is known, at uniform points that no training point is taken from:
/// weights of terms and points never enter. Of each condition, <c>constraint/TERM</c>: the root mean square of its residual relative to its
/// scale, which for a condition on u itself is the relative error of u there. Of the whole problem, <c>residual_l2</c>: √Σ (mean r² /
/// scale²) over all terms, those with measured values included. A sum, not a mean: a term that a network keeps by construction adds
/// nothing, so networks with and without it compare. Where no solution is known, <c>residual_relative</c>: the
/// <see cref="RelativeResidual"/>, which the outcome goes by because no choice of units or scales changes it.
/// </summary>
internal sealed class ResidualErrors : IDisposable
{
    private readonly ImmutableArray<TermErrors> _terms;
    private readonly double[] _residuals;
    private readonly RelativeResidual? _relative;

    /// <summary>Prepares the terms at their test points.</summary>
    /// <param name="problem">The problem that the network solves.</param>
    /// <param name="engine">Has the network.</param>
    /// <param name="stated">The problem as it was stated, where networks keep some of it by construction.</param>
    public ResidualErrors(Problem problem, IJetEngine engine, Problem? stated = null)
    {
        var points = TestPoints.Of(problem);
        _terms = [.. problem.Terms.Select((term, k) => new TermErrors(problem, term, points[k]))];
        _residuals = new double[_terms.Max(term => term.Count)];
        _relative = problem.HasSolution ? null : new(problem, stated ?? problem, points);
        Use(engine);
    }

    /// <summary>Another engine has the network from now on.</summary>
    public void Use(IJetEngine engine)
    {
        foreach (var term in _terms)
        {
            term.Use(engine);
        }

        _relative?.Use(engine);
    }

    /// <summary>A window of time ends: up to its last moment the residuals are those at the engine's θ.</summary>
    public void Settle(double until)
    {
        foreach (var term in _terms)
        {
            term.Settle(_residuals, until);
        }

        _relative?.Settle(until);
    }

    /// <summary>Adds the measures, at the engine's θ.</summary>
    /// <param name="metrics">Takes them.</param>
    /// <param name="coefficients">The trained coefficients, where there are any.</param>
    public void Measure(ImmutableSortedDictionary<string, double>.Builder metrics, double[]? coefficients = null)
    {
        var sum = 0.0;
        var squares = new double[_terms.Length];
        for (var k = 0; k < _terms.Length; k++)
        {
            var term = _terms[k];
            squares[k] = term.MeanSquare(_residuals);
            var error = Math.Sqrt(squares[k]) / term.Term.Scale;
            sum += error * error;
            if (term.Term.Role is TermRole.Boundary or TermRole.Initial)
            {
                metrics.Add($"constraint/{term.Term.Name}", error);
            }
        }

        metrics.Add(CurvePoint.ResidualL2, Math.Sqrt(sum));
        if (_relative is not null)
        {
            metrics.Add(CurvePoint.ResidualRelative, _relative.Measure(squares, coefficients ?? []));
        }
    }

    public void Dispose()
    {
        foreach (var term in _terms)
        {
            term.Dispose();
        }

        _relative?.Dispose();
    }

    /// <summary>One term at points of its own.</summary>
    private sealed class TermErrors(Problem problem, LossTerm term, double[] points) : IDisposable
    {
        private readonly SettledValues _settled = new(problem, points);
        private ILossPass? _pass;

        public LossTerm Term => term;

        public int Count => points.Length / problem.Dimension;

        public void Use(IJetEngine engine)
        {
            _pass?.Dispose();
            _pass = engine.CreatePass(problem.Compile([term]));
            _pass.SetPoints(points);
        }

        public void Settle(Span<double> residuals, double until)
        {
            Run(residuals);
            _settled.Settle(residuals[..Count], until);
        }

        public double MeanSquare(Span<double> residuals)
        {
            var loss = Run(residuals);
            if (!_settled.Any)
            {
                return loss;
            }

            _settled.Apply(residuals[..Count]);
            return TensorPrimitives.SumOfSquares<double>(residuals[..Count]) / Count;
        }

        public void Dispose() => _pass?.Dispose();

        private double Run(Span<double> residuals)
        {
            Span<double> losses = stackalloc double[2];
            _pass!.Run([], losses[..1], losses[1..], residuals[..Count], []);
            return losses[0];
        }
    }
}
