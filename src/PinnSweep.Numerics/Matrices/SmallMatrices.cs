using PinnSweep.Numerics.Arrays;
using System.Numerics.Tensors;

namespace PinnSweep.Numerics.Matrices;

/// <summary>Products and factorizations of small row-major matrices, in plain loops with a fixed order of sums.</summary>
internal static class SmallMatrices
{
    /// <summary>C = A B with A m × k and B k × n.</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n)
    {
        c[..(m * n)].Clear();
        for (var i = 0; i < m; i++)
        {
            var row = c.Slice(i * n, n);
            for (var l = 0; l < k; l++)
            {
                TensorPrimitives.MultiplyAdd(b.Slice(l * n, n), a[(i * k) + l], row, row);
            }
        }
    }

    /// <summary>C = Aᵀ B with A k × m and B k × n.</summary>
    public static void MultiplyTransposed(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n)
    {
        c[..(m * n)].Clear();
        for (var l = 0; l < k; l++)
        {
            for (var i = 0; i < m; i++)
            {
                var row = c.Slice(i * n, n);
                TensorPrimitives.MultiplyAdd(b.Slice(l * n, n), a[(l * m) + i], row, row);
            }
        }
    }

    /// <summary>C = A Bᵀ with A m × k and B n × k.</summary>
    public static void MultiplyByTransposed(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n)
    {
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                c[(i * n) + j] = Vectors.Dot(a.Slice(i * k, k), b.Slice(j * k, k));
            }
        }
    }

    /// <summary>
    /// The columns of an m × n matrix, m ≥ n, made orthonormal from left to right by Gram and Schmidt's method, twice for accuracy: the Q
    /// of QR with a positive diagonal of R. A column that is nothing beside those before it becomes the next unit vector that is
    /// independent of them.
    /// </summary>
    public static void Orthonormalise(Span<double> a, int m, int n)
    {
        for (var j = 0; j < n; j++)
        {
            var unit = 0;
            while (!TryNormalize(a, m, n, j))
            {
                for (var i = 0; i < m; i++)
                {
                    a[(i * n) + j] = i == unit ? 1 : 0;
                }

                unit++;
            }
        }
    }

    private static bool TryNormalize(Span<double> a, int m, int n, int j)
    {
        var before = ColumnNorm(a, m, n, j);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var k = 0; k < j; k++)
            {
                var dot = 0.0;
                for (var i = 0; i < m; i++)
                {
                    dot += a[(i * n) + k] * a[(i * n) + j];
                }

                for (var i = 0; i < m; i++)
                {
                    a[(i * n) + j] -= dot * a[(i * n) + k];
                }
            }
        }

        var norm = ColumnNorm(a, m, n, j);
        if (!(norm > 1e-10 * before))
        {
            return false;
        }

        for (var i = 0; i < m; i++)
        {
            a[(i * n) + j] /= norm;
        }

        return true;
    }

    private static double ColumnNorm(ReadOnlySpan<double> a, int m, int n, int j)
    {
        var sum = 0.0;
        for (var i = 0; i < m; i++)
        {
            sum += a[(i * n) + j] * a[(i * n) + j];
        }

        return Math.Sqrt(sum);
    }
}
