using System.Numerics.Tensors;

namespace PinnSweep.Numerics.Matrices;

/// <summary>
/// A symmetric positive definite matrix of which each row is kept from its first nonzero entry to the diagonal, and its Cholesky factor in the
/// same place (George, Liu, Computer Solution of Large Sparse Positive Definite Systems, 1981, chapter 4): for unknowns that are numbered along
/// a domain, so that each has its neighbours near.
/// </summary>
/// <param name="first">Of each row the column of its first entry.</param>
internal sealed class EnvelopeMatrix(int[] first)
{
    private readonly double[][] _rows = [.. first.Select((start, row) => new double[row - start + 1])];

    /// <summary>Number of rows.</summary>
    public int Size => first.Length;

    /// <summary>Adds to an entry of the lower triangle.</summary>
    public void Add(int row, int column, double value) => _rows[row][column - first[row]] += value;

    /// <summary>Replaces the matrix A by L with A = L Lᵀ.</summary>
    /// <exception cref="ArithmeticException">A is not positive definite.</exception>
    public void Factorize()
    {
        for (var i = 0; i < Size; i++)
        {
            var (row, start) = (_rows[i], first[i]);
            for (var j = start; j < i; j++)
            {
                var (other, otherStart) = (_rows[j], first[j]);
                var from = Math.Max(start, otherStart);
                var sum = row[j - start] - TensorPrimitives.Dot<double>(row.AsSpan(from - start, j - from), other.AsSpan(from - otherStart, j - from));
                row[j - start] = sum / other[^1];
            }

            var square = row[^1] - TensorPrimitives.SumOfSquares<double>(row.AsSpan(0, row.Length - 1));
            row[^1] = square > 0 ? Math.Sqrt(square) : throw new ArithmeticException("The matrix is not positive definite.");
        }
    }

    /// <summary>Solves L Lᵀ x = b in place.</summary>
    public void Solve(Span<double> right)
    {
        for (var i = 0; i < Size; i++)
        {
            var row = _rows[i].AsSpan();
            right[i] = (right[i] - TensorPrimitives.Dot<double>(row[..^1], right[first[i]..i])) / row[^1];
        }

        for (var i = Size - 1; i >= 0; i--)
        {
            var row = _rows[i].AsSpan();
            var value = right[i] / row[^1];
            right[i] = value;
            var above = right[first[i]..i];
            TensorPrimitives.MultiplyAdd(row[..^1], -value, above, above);
        }
    }
}
