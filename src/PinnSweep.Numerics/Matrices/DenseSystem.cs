using System.Numerics.Tensors;

namespace PinnSweep.Numerics.Matrices;

/// <summary>Gaussian elimination with partial pivoting on rows scaled to a largest entry of one; rows of large ones are eliminated in parallel.</summary>
internal static class DenseSystem
{
    // Handing work to others takes longer than the rows of a small system.
    private const int Few = 64;

    /// <summary>Solves A x = b. A and b are overwritten.</summary>
    public static double[] Solve(double[][] rows, double[] right)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            var scale = 1 / Math.Abs(TensorPrimitives.MaxMagnitude<double>(rows[i]));
            TensorPrimitives.Multiply(rows[i], scale, rows[i]);
            right[i] *= scale;
        }

        for (var k = 0; k < n; k++)
        {
            var pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(rows[i][k]));
            (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
            (right[k], right[pivot]) = (right[pivot], right[k]);
            var (row, value, column) = (rows[k], right[k], k);
            if (n < Few)
            {
                for (var i = k + 1; i < n; i++)
                {
                    Eliminate(i);
                }
            }
            else
            {
                Parallel.For(k + 1, n, Eliminate);
            }

            void Eliminate(int i)
            {
                var factor = -rows[i][column] / row[column];
                TensorPrimitives.MultiplyAdd(row.AsSpan(column), factor, rows[i].AsSpan(column), rows[i].AsSpan(column));
                right[i] += factor * value;
            }
        }

        for (var k = n - 1; k >= 0; k--)
        {
            right[k] = (right[k] - TensorPrimitives.Dot<double>(rows[k].AsSpan(k + 1), right.AsSpan(k + 1))) / rows[k][k];
        }

        return right;
    }
}
