using System.Collections.Immutable;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.Scales;

namespace PinnSweep.Training.Solutions;

/// <summary>
/// Expressions of a solution at any points: a forward pass of the engine with the expressions as its residuals, so that derivatives are
/// exact, in the problem's own coordinates, and conditions that are kept by construction hold in them too. Not thread-safe.
/// </summary>
public sealed class SolutionValues : IDisposable
{
    private readonly Problem _problem;
    private readonly ImmutableArray<double?> _until;
    private readonly ImmutableArray<ILossPass> _passes;
    private readonly double[] _losses;
    private readonly Unit[] _physical = [];
    private double[] _own = [];
    private double[] _points = [];
    private double[] _values = [];
    private int[] _places = [];

    internal SolutionValues(Problem problem, ImmutableArray<double?> until, ImmutableArray<IJetEngine> engines, ImmutableArray<Expr> wanted)
    {
        (_problem, _until, Count) = (problem, until, wanted.Length);
        ImmutableArray<LossTerm> terms = [.. wanted.Select((expression, i) => LossTerm.Equation(expression, 1, FormattableString.Invariant($"wanted {i}")))];
        if (problem.Units is { } units)
        {
            // Numbers of any size stay outside the engine.
            var parts = terms.Select(term => InOwnUnits.Split(units, term.Residual)).ToList();
            terms = [.. terms.Zip(parts, (term, part) => term with { Residual = part.Inner })];
            _physical = [.. parts.Select(part => new Unit(part.Constant, part.Factor))];
        }

        var program = problem.Compile(problem.IsInAnsatz ? HardConstraint.Rewritten(problem, terms) : terms);
        _passes = [.. engines.Select(engine => engine.CreatePass(program))];
        _losses = new double[2 * Count];
    }

    /// <summary>Number of expressions.</summary>
    public int Count { get; }

    /// <summary>The values at some points.</summary>
    /// <param name="points">Row-major n × dimension, in physical units.</param>
    /// <param name="values">Takes them, expression-major: entry j·n + i.</param>
    public void At(ReadOnlySpan<double> points, Span<double> values)
    {
        var n = points.Length / _problem.Dimension;
        if (_problem.Units is { } units)
        {
            _own = _own.Length < points.Length ? new double[points.Length] : _own;
            units.ToOwn(points, _own);
            points = _own.AsSpan(0, points.Length);
        }

        if (_passes.Length == 1)
        {
            Run(_passes[0], points, values[..(Count * n)]);
            return;
        }

        if (_places.Length < n)
        {
            (_places, _points, _values) = (new int[n], new double[n * _problem.Dimension], new double[n * Count]);
        }

        for (var part = 0; part < _passes.Length; part++)
        {
            PartOf(part, points, values);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pass in _passes)
        {
            pass.Dispose();
        }
    }

    /// <summary>A window answers up to its last moment for what no earlier one answers for.</summary>
    private int PartAt(double time)
    {
        var part = 0;
        while (part < _until.Length - 1 && !(time <= _until[part]))
        {
            part++;
        }

        return part;
    }

    private void PartOf(int part, ReadOnlySpan<double> points, Span<double> values)
    {
        var (dimension, time, count) = (_problem.Dimension, _problem.TimeAxis!.Value, 0);
        var n = points.Length / dimension;
        for (var i = 0; i < n; i++)
        {
            if (PartAt(points[(i * dimension) + time]) == part)
            {
                points.Slice(i * dimension, dimension).CopyTo(_points.AsSpan(count * dimension));
                _places[count++] = i;
            }
        }

        if (count == 0)
        {
            return;
        }

        Run(_passes[part], _points.AsSpan(0, count * dimension), _values.AsSpan(0, count * Count));
        for (var j = 0; j < Count; j++)
        {
            for (var k = 0; k < count; k++)
            {
                values[(j * n) + _places[k]] = _values[(j * count) + k];
            }
        }
    }

    private void Run(ILossPass pass, ReadOnlySpan<double> points, Span<double> values)
    {
        pass.SetPoints(points);
        pass.Run([], _losses.AsSpan(0, Count), _losses.AsSpan(Count), values, []);
        var n = values.Length / Count;
        for (var i = 0; i < values.Length && _physical.Length > 0; i++)
        {
            values[i] = _physical[i / n].ToPhysical(values[i]);
        }
    }
}
