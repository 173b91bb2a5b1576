using System.Numerics.Tensors;

namespace PinnSweep.Numerics.Matrices;

/// <summary>
/// The x of least ‖A x − b‖ by Householder reflections (Golub, Numer. Math. 7, 1965). Unlike the normal equations it does not square the
/// condition of A, so columns that are nearly dependent, as powers are, still give the least misfit, whatever their coefficients.
/// </summary>
internal static class OrthogonalFit
{
    /// <summary>Solves for x.</summary>
    /// <param name="columns">The columns of A, fewer than rows; overwritten.</param>
    /// <param name="right">b, overwritten.</param>
    public static double[] Solve(double[][] columns, double[] right)
    {
        var n = columns.Length;
        var diagonal = new double[n];
        for (var k = 0; k < n; k++)
        {
            var pivot = columns[k].AsSpan(k);
            var norm = TensorPrimitives.Norm<double>(pivot);
            diagonal[k] = pivot[0] > 0 ? -norm : norm;
            pivot[0] -= diagonal[k];
            var square = TensorPrimitives.SumOfSquares<double>(pivot);
            for (var j = k + 1; j < n && square > 0; j++)
            {
                Reflect(pivot, square, columns[j].AsSpan(k));
            }

            if (square > 0)
            {
                Reflect(pivot, square, right.AsSpan(k));
            }
        }

        var x = new double[n];
        for (var k = n - 1; k >= 0; k--)
        {
            var left = right[k];
            for (var j = k + 1; j < n; j++)
            {
                left -= columns[j][k] * x[j];
            }

            // A column that those before it make up adds nothing.
            x[k] = Math.Abs(diagonal[k]) > double.Epsilon ? left / diagonal[k] : 0;
        }

        return x;
    }

    private static void Reflect(ReadOnlySpan<double> normal, double square, Span<double> vector) =>
        TensorPrimitives.MultiplyAdd(normal, -2 * TensorPrimitives.Dot(normal, vector) / square, vector, vector);
}
