using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Solvers;

/// <summary>
/// A slab of time, or the whole box where there is none: polynomials in all coordinates whose values at the Chebyshev nodes are found at
/// once.
/// </summary>
internal sealed class BoxSlab
{
    private readonly Problem _problem;
    private readonly AffineForm _equation;
    private readonly BoxConditions _conditions;
    private readonly int[] _degrees;
    private readonly Chebyshev[] _bases;
    private readonly double[] _lower;
    private readonly double[] _extents;
    private double[] _values;
    private double[] _matrix = [];
    private double[] _scales = [];
    private Func<double[], double[]>? _solve;
    private int _slabs;

    /// <summary>Prepares the first of equally long slabs.</summary>
    public BoxSlab(Problem problem, AffineForm equation, BoxConditions conditions, int[] degrees, int slabs)
    {
        (_problem, _equation, _conditions, _degrees) = (problem, equation, conditions, degrees);
        _bases = [.. degrees.Select(degree => new Chebyshev(degree))];
        _lower = [.. problem.Axes.Select(axis => axis.Lower)];
        _extents = [.. problem.Axes.Select((axis, d) => axis.Extent / (d == problem.TimeAxis ? slabs : 1))];
        _values = new double[degrees.Aggregate(1, (product, degree) => product * (degree + 1))];
    }

    /// <summary>The last moment of the slab that is solved.</summary>
    public double End => _lower[_problem.TimeAxis!.Value] + _extents[_problem.TimeAxis.Value];

    /// <summary>Solves the next slab.</summary>
    public void Advance()
    {
        if (_slabs++ > 0)
        {
            _lower[_problem.TimeAxis!.Value] = End;
        }

        var n = _values.Length;
        var (matrix, right, scales) = (new double[n * n], new double[n], new double[n]);
        var row = new double[n];
        for (var i = 0; i < n; i++)
        {
            Array.Clear(row);
            right[i] = Row(Node(i), row);
            scales[i] = 1 / row.Max(Math.Abs);
            for (var j = 0; j < n; j++)
            {
                // Column-major, as the factors are.
                matrix[(j * n) + i] = scales[i] * row[j];
            }
        }

        if (_solve is null || !matrix.AsSpan().SequenceEqual(_matrix))
        {
            var factors = new DenseMatrix(n, n, [.. matrix]).LU();
            (_matrix, _solve) = (matrix, b => factors.Solve(Vector<double>.Build.Dense(b)).ToArray());
        }

        _scales = scales;
        _values = _solve([.. right.Select((value, i) => value * _scales[i])]);
    }

    /// <summary>The values on a grid within the slab, the last coordinate running fastest.</summary>
    public double[] On(ImmutableArray<ImmutableArray<double>> nodes)
    {
        var (values, shape) = (_values, _degrees.Select(degree => degree + 1).ToArray());
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var (lower, extent) = (_lower[axis], _extents[axis]);
            var to = _bases[axis].Interpolation([.. nodes[axis].Select(place => (place - lower) / extent)]);
            values = Along(values, shape, axis, to);
            shape[axis] = nodes[axis].Length;
        }

        return values;
    }

    /// <summary>Writes the row that stands for a node; its right side is returned.</summary>
    private double Row(int[] node, double[] row)
    {
        var condition = _conditions.For(node, _degrees);
        if (_slabs > 1 && condition is { IsStart: true })
        {
            // What the slab before ended with; nodes lie side by side from the upper end on.
            int[] end = [.. node];
            end[_problem.TimeAxis!.Value] = 0;
            row[Index(node)] = 1;
            return _values[Index(end)];
        }

        var (form, at) = condition is { } given ? (given.Form, given.At) : (_equation, node);
        double[] point = [.. at.Select((index, axis) => _lower[axis] + (_extents[axis] * _bases[axis].Nodes[index]))];
        var factors = new double[form.Leaves.Length];
        var rest = form.At(point, factors);
        for (var leaf = 0; leaf < factors.Length; leaf++)
        {
            Add(row, at, form.Leaves[leaf].Orders, factors[leaf]);
        }

        return -rest;
    }

    /// <summary>Adds a multiple of a derivative at a node.</summary>
    private void Add(double[] row, int[] at, ImmutableArray<int> orders, double factor)
    {
        List<(int Column, double Weight)> entries = [(0, factor)];
        for (var axis = 0; axis < at.Length; axis++)
        {
            var (count, basis) = (_degrees[axis] + 1, _bases[axis]);
            var matrix = orders[axis] == 1 ? basis.First : basis.Second;
            var scale = Math.Pow(_extents[axis], -orders[axis]);
            entries = [.. entries.SelectMany(entry => orders[axis] == 0
                ? [((entry.Column * count) + at[axis], entry.Weight)]
                : Enumerable.Range(0, count).Select(k => ((entry.Column * count) + k, entry.Weight * scale * matrix[at[axis], k])))];
        }

        foreach (var (column, weight) in entries)
        {
            row[column] += weight;
        }
    }

    private int Index(int[] node) => node.Zip(_degrees).Aggregate(0, (index, pair) => (index * (pair.Second + 1)) + pair.First);

    private int[] Node(int index)
    {
        var node = new int[_degrees.Length];
        for (var axis = node.Length - 1; axis >= 0; axis--)
        {
            node[axis] = index % (_degrees[axis] + 1);
            index /= _degrees[axis] + 1;
        }

        return node;
    }

    /// <summary>A matrix applied along one axis of a tensor.</summary>
    private static double[] Along(double[] values, int[] shape, int axis, double[,] matrix)
    {
        var (outer, inner, from, to) = (shape[..axis].Aggregate(1, (a, b) => a * b), shape[(axis + 1)..].Aggregate(1, (a, b) => a * b), shape[axis], matrix.GetLength(0));
        var result = new double[outer * to * inner];
        for (var o = 0; o < outer; o++)
        {
            for (var i = 0; i < to; i++)
            {
                for (var k = 0; k < from; k++)
                {
                    for (var j = 0; j < inner; j++)
                    {
                        result[(((o * to) + i) * inner) + j] += matrix[i, k] * values[(((o * from) + k) * inner) + j];
                    }
                }
            }
        }

        return result;
    }
}
