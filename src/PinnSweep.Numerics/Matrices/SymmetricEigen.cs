using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Numerics.Matrices;

/// <summary>Eigenvalues and vectors of a small symmetric matrix by cyclic Jacobi rotations; its buffers are made once.</summary>
internal sealed class SymmetricEigen(int size)
{
    private const int Sweeps = 60;

    [Scratch] private readonly double[] _a = new double[size * size];
    [Scratch] private readonly double[] _v = new double[size * size];
    [Scratch] private readonly int[] _order = new int[size];

    /// <summary>
    /// y = A⁺ b with the pseudo-inverse: eigenvalues below cutoff · largest count as zero. Uses the first n rows and columns.
    /// </summary>
    public void SolvePseudoInverse(ReadOnlySpan<double> matrix, ReadOnlySpan<double> b, Span<double> y, double cutoff)
    {
        var n = b.Length;
        Decompose(matrix, n);
        var largest = 0.0;
        for (var i = 0; i < n; i++)
        {
            largest = Math.Max(largest, Math.Abs(_a[(i * n) + i]));
        }

        y.Clear();
        for (var e = 0; e < n; e++)
        {
            var eigenvalue = _a[(e * n) + e];
            if (Math.Abs(eigenvalue) <= cutoff * largest)
            {
                continue;
            }

            var component = 0.0;
            for (var i = 0; i < n; i++)
            {
                component += _v[(i * n) + e] * b[i];
            }

            for (var i = 0; i < n; i++)
            {
                y[i] += _v[(i * n) + e] * component / eigenvalue;
            }
        }
    }

    /// <summary>The eigenvectors as columns, that of the largest eigenvalue first.</summary>
    public void Vectors(ReadOnlySpan<double> matrix, Span<double> vectors)
    {
        Decompose(matrix, size);
        for (var e = 0; e < size; e++)
        {
            _order[e] = e;
        }

        // Insertion keeps equal ones in place and allocates nothing.
        for (var e = 1; e < size; e++)
        {
            for (var k = e; k > 0 && Value(_order[k]) > Value(_order[k - 1]); k--)
            {
                (_order[k], _order[k - 1]) = (_order[k - 1], _order[k]);
            }
        }

        for (var e = 0; e < size; e++)
        {
            for (var i = 0; i < size; i++)
            {
                vectors[(i * size) + e] = _v[(i * size) + _order[e]];
            }
        }
    }

    private double Value(int e) => _a[(e * size) + e];

    private void Decompose(ReadOnlySpan<double> matrix, int n)
    {
        matrix[..(n * n)].CopyTo(_a);
        Array.Clear(_v);
        for (var i = 0; i < n; i++)
        {
            _v[(i * n) + i] = 1;
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var off = 0.0;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    off += Math.Abs(_a[(p * n) + q]);
                    Rotate(p, q, n);
                }
            }

            if (off < 1e-15)
            {
                return;
            }
        }
    }

    /// <summary>The rotation that makes entry (p, q) zero.</summary>
    private void Rotate(int p, int q, int n)
    {
        var apq = _a[(p * n) + q];
        if (apq == 0)
        {
            return;
        }

        var theta = (_a[(q * n) + q] - _a[(p * n) + p]) / (2 * apq);
        var t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < n; k++)
        {
            var (x, y) = (_a[(k * n) + p], _a[(k * n) + q]);
            (_a[(k * n) + p], _a[(k * n) + q]) = ((c * x) - (s * y), (s * x) + (c * y));
            (x, y) = (_v[(k * n) + p], _v[(k * n) + q]);
            (_v[(k * n) + p], _v[(k * n) + q]) = ((c * x) - (s * y), (s * x) + (c * y));
        }

        for (var k = 0; k < n; k++)
        {
            var (x, y) = (_a[(p * n) + k], _a[(q * n) + k]);
            (_a[(p * n) + k], _a[(q * n) + k]) = ((c * x) - (s * y), (s * x) + (c * y));
        }
    }
}
