using System.Numerics.Tensors;
using PinnSweep.Numerics.Arrays;

namespace PinnSweep.Problems.References.Flow;

/// <summary>
/// A sparse system that is a sum of dense ones, solved directly (Irons, Int. J. Numer. Meth. Eng. 2, 1970; Hood 10, 1976). Unknowns that only
/// one element has go first, within it. What is left of elements is added to a front one by one; an unknown leaves the front when no later
/// element has it, with pivots from all rows and columns that are complete. A pivot that is small beside its column waits for others,
/// as pressures must for the velocities around them.
/// </summary>
internal sealed class FrontalSystem
{
    private const double Enough = 0.01;
    private readonly int[][] _unknowns;
    private readonly int[] _inner;
    private readonly int[] _last;
    private readonly double[][][] _elements;
    private readonly int[][] _order;
    private readonly List<Pivot> _pivots = [];

    // The front: rows and columns by their slot, and the slot of each unknown among them.
    private readonly List<double[]> _rows = [];
    private readonly List<int> _rowIds = [];
    private readonly List<int> _columnIds = [];
    private readonly int[] _rowOf;
    private readonly int[] _columnOf;

    /// <summary>Factors the sum of all elements' matrices.</summary>
    /// <param name="size">One more than the largest unknown.</param>
    /// <param name="unknowns">Of each element; those that no other has come first.</param>
    /// <param name="inner">How many these are.</param>
    /// <param name="matrix">The rows of an element's matrix in this order; they are overwritten.</param>
    public FrontalSystem(int size, int[][] unknowns, int[] inner, Func<int, double[][]> matrix)
    {
        (_unknowns, _inner) = (unknowns, inner);
        (_elements, _order) = (new double[unknowns.Length][][], new int[unknowns.Length][]);
        (_last, _rowOf, _columnOf) = (new int[size], new int[size], new int[size]);
        Array.Fill(_rowOf, -1);
        Array.Fill(_columnOf, -1);
        for (var e = 0; e < unknowns.Length; e++)
        {
            foreach (var unknown in unknowns[e])
            {
                _last[unknown] = e;
            }
        }

        for (var e = 0; e < unknowns.Length; e++)
        {
            _elements[e] = matrix(e);
            Condense(e);
            Add(e);
            Eliminate(e);
        }

        if (_rowIds.Count > 0)
        {
            throw new InvalidOperationException($"{_rowIds.Count} unknowns of the system have no pivot.");
        }
    }

    /// <summary>Solves for a right side, entry by entry of the unknowns.</summary>
    public double[] Solve(double[] right)
    {
        var (b, x) = ((double[])right.Clone(), new double[right.Length]);
        var locals = new double[_elements.Length][];
        for (var e = 0; e < _elements.Length; e++)
        {
            var (rows, inner, unknowns) = (_elements[e], _inner[e], _unknowns[e]);
            var local = locals[e] = new double[inner];
            for (var k = 0; k < inner; k++)
            {
                local[k] = b[unknowns[_order[e][k]]] - Vectors.Dot(rows[k].AsSpan(0, k), local);
            }

            for (var i = inner; i < rows.Length; i++)
            {
                b[unknowns[i]] -= Vectors.Dot(rows[i].AsSpan(0, inner), local);
            }
        }

        foreach (var pivot in _pivots)
        {
            var value = b[pivot.Row];
            for (var i = 0; i < pivot.Rows.Length; i++)
            {
                b[pivot.Rows[i]] -= pivot.Below[i] * value;
            }
        }

        for (var k = _pivots.Count - 1; k >= 0; k--)
        {
            var pivot = _pivots[k];
            var sum = b[pivot.Row];
            for (var j = 0; j < pivot.Columns.Length; j++)
            {
                sum -= pivot.Beside[j] * x[pivot.Columns[j]];
            }

            x[pivot.Column] = sum / pivot.Value;
        }

        for (var e = 0; e < _elements.Length; e++)
        {
            var (rows, inner, unknowns, local) = (_elements[e], _inner[e], _unknowns[e], locals[e]);
            var values = Array.ConvertAll(unknowns, unknown => x[unknown]);
            for (var k = inner - 1; k >= 0; k--)
            {
                values[k] = (local[k] - Vectors.Dot(rows[k].AsSpan(k + 1), values.AsSpan(k + 1))) / rows[k][k];
                x[unknowns[k]] = values[k];
            }
        }

        return x;
    }

    /// <summary>Eliminates what only this element has; multipliers stay below the pivots.</summary>
    private void Condense(int e)
    {
        var (rows, inner) = (_elements[e], _inner[e]);
        var order = _order[e] = [.. Enumerable.Range(0, inner)];
        for (var k = 0; k < inner; k++)
        {
            var best = k;
            for (var i = k + 1; i < inner; i++)
            {
                best = Math.Abs(rows[i][k]) > Math.Abs(rows[best][k]) ? i : best;
            }

            (rows[k], rows[best], order[k], order[best]) = (rows[best], rows[k], order[best], order[k]);
            var pivot = rows[k];
            for (var i = k + 1; i < rows.Length; i++)
            {
                var row = rows[i];
                if (row[k] != 0)
                {
                    row[k] /= pivot[k];
                    TensorPrimitives.MultiplyAdd(pivot.AsSpan(k + 1), -row[k], row.AsSpan(k + 1), row.AsSpan(k + 1));
                }
            }
        }
    }

    private void Add(int e)
    {
        var (rows, inner, unknowns) = (_elements[e], _inner[e], _unknowns[e]);
        for (var i = inner; i < rows.Length; i++)
        {
            if (_rowOf[unknowns[i]] < 0)
            {
                (_rowOf[unknowns[i]], _columnOf[unknowns[i]]) = (_rowIds.Count, _columnIds.Count);
                _rowIds.Add(unknowns[i]);
                _columnIds.Add(unknowns[i]);
                _rows.Add(new double[Math.Max(256, 2 * _columnIds.Count)]);
            }
        }

        for (var slot = 0; slot < _rows.Count; slot++)
        {
            var row = _rows[slot];
            Array.Resize(ref row, Math.Max(row.Length, _columnIds.Count));
            _rows[slot] = row;
        }

        for (var i = inner; i < rows.Length; i++)
        {
            var row = _rows[_rowOf[unknowns[i]]];
            for (var j = inner; j < rows.Length; j++)
            {
                row[_columnOf[unknowns[j]]] += rows[i][j];
            }

            // The rest of the row has been spent.
            Array.Resize(ref rows[i], inner);
        }
    }

    private void Eliminate(int e)
    {
        while (true)
        {
            int[] rows = [.. Enumerable.Range(0, _rowIds.Count).Where(slot => _last[_rowIds[slot]] <= e)];
            int[] columns = [.. Enumerable.Range(0, _columnIds.Count).Where(slot => _last[_columnIds[slot]] <= e)];
            if (Choose(rows, columns) is not var (row, column))
            {
                return;
            }

            Take(row, column);
        }
    }

    /// <summary>The largest entry of complete rows and columns, if it is not small beside the rest of its column.</summary>
    private (int Row, int Column)? Choose(int[] rows, int[] columns)
    {
        var (largest, best) = (0.0, ((int Row, int Column)?)null);
        foreach (var column in columns)
        {
            var (value, at, all) = (0.0, -1, 0.0);
            foreach (var row in rows)
            {
                var size = Math.Abs(_rows[row][column]);
                (value, at) = size > value ? (size, row) : (value, at);
            }

            if (value <= largest)
            {
                continue;
            }

            foreach (var row in _rows)
            {
                all = Math.Max(all, Math.Abs(row[column]));
            }

            (largest, best) = value >= Enough * all ? (value, (at, column)) : (largest, best);
        }

        return best;
    }

    private void Take(int row, int column)
    {
        var (pivotRow, width) = (_rows[row], _columnIds.Count);
        var value = pivotRow[column];
        var below = new double[_rows.Count - 1];
        var (rowId, columnId) = (_rowIds[row], _columnIds[column]);

        // The last row takes the free slot, and so does the last column.
        (_rows[row], _rowIds[row]) = (_rows[^1], _rowIds[^1]);
        _rowOf[_rowIds[row]] = row;
        _rows.RemoveAt(_rows.Count - 1);
        _rowIds.RemoveAt(_rowIds.Count - 1);
        pivotRow[column] = pivotRow[width - 1];
        for (var i = 0; i < _rows.Count; i++)
        {
            var other = _rows[i];
            below[i] = other[column] / value;
            other[column] = other[width - 1];
            other[width - 1] = 0;
            TensorPrimitives.MultiplyAdd(pivotRow.AsSpan(0, width - 1), -below[i], other.AsSpan(0, width - 1), other.AsSpan(0, width - 1));
        }

        _columnIds[column] = _columnIds[^1];
        _columnOf[_columnIds[column]] = column;
        _columnIds.RemoveAt(width - 1);
        _pivots.Add(new(rowId, columnId, value, [.. _rowIds], below, [.. _columnIds], pivotRow[..(width - 1)]));
    }

    private sealed record Pivot(int Row, int Column, double Value, int[] Rows, double[] Below, int[] Columns, double[] Beside);
}
