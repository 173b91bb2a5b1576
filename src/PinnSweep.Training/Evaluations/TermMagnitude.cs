using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.References;

namespace PinnSweep.Training.Evaluations;

/// <summary>What one term of a problem amounts to: see <see cref="RelativeResidual"/>.</summary>
internal sealed class TermMagnitude : IDisposable
{
    private const int NaturalPoints = 100;
    private readonly Problem _problem;
    private readonly double[] _points;
    private readonly PrescribedValue? _value;
    private readonly ImmutableArray<LossTerm> _parts = [];
    private readonly ImmutableArray<PointFormula> _natural;
    private readonly SettledValues _settled;
    private ILossPass? _pass;

    /// <summary>Prepares a term at its test points.</summary>
    /// <param name="problem">The problem that the network solves, in its ansatz where it has one.</param>
    /// <param name="stated">The same as it was stated.</param>
    /// <param name="term">The term.</param>
    /// <param name="points">Its points.</param>
    public TermMagnitude(Problem problem, Problem stated, LossTerm term, double[] points)
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

    /// <summary>Another engine has the network from now on.</summary>
    public void Use(IJetEngine engine)
    {
        _pass?.Dispose();
        _pass = _parts.IsEmpty ? null : engine.CreatePass(_problem.Compile(_parts));
        _pass?.SetPoints(_points);
    }

    /// <summary>A window of time ends: up to its last moment the parts are those at the engine's θ.</summary>
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
    public double MeanSquare(double[] sizes, double[] coefficients)
    {
        var points = _points.Chunk(_problem.Dimension).Take(NaturalPoints);
        if (_value is { } value)
        {
            return points.Average(point => Math.Pow(value.Factor(point) * sizes[value.Output], 2));
        }

        var natural = _natural
            .Select(part => points.Average(point => Square(part.At(point, leaf => Natural(leaf, point, sizes, coefficients))!.Value)))
            .DefaultIfEmpty(0)
            .Max();
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
        Expr.Derivative derivative => derivative.Orders
            .Select((order, axis) => Math.Pow(_problem.Axes[axis].Extent, -order))
            .Aggregate(sizes[derivative.Output], (size, factor) => size * factor),
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
