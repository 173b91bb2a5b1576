using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Numerics.Matrices;

/// <summary>
/// The normal equations of a least-squares problem, built from blocks of rows, and their Cholesky factor UᵀU. Both need one kernel, the
/// upper triangle of ±RᵀR for a block of rows R, on which nearly all time goes: rows are packed into panels of 32 columns, and 4 × 32
/// entries at a time are accumulated in registers.
/// </summary>
internal sealed class NormalMatrix
{
    private const int Panel = 32;
    private const int Tile = 4;
    private const int Chunk = 128;

    private readonly int _size;
    private readonly int _stride;
    [Scratch] private readonly double[] _matrix;
    [Scratch] private readonly double[] _factor;
    [Scratch] private readonly double[] _packed;

    /// <param name="size">P; memory is two P × P matrices.</param>
    public NormalMatrix(int size)
    {
        _size = size;
        _stride = (size + Panel - 1) / Panel * Panel;
        _matrix = new double[(long)_stride * _stride];
        _factor = new double[(long)_stride * _stride];
        _packed = new double[_stride * Chunk];
    }

    /// <summary>Begins with zero.</summary>
    public void Clear() => Array.Clear(_matrix);

    /// <summary>Adds RᵀR.</summary>
    /// <param name="rows">R, row after row of P.</param>
    /// <param name="count">Number of rows.</param>
    public void Add(ReadOnlySpan<double> rows, int count)
    {
        for (var start = 0; start < count; start += Chunk)
        {
            var here = Math.Min(Chunk, count - start);
            for (var r = 0; r < here; r++)
            {
                Pack(rows.Slice((start + r) * _size, _size), r, here, 0);
            }

            Accumulate(_matrix, here, 0, 1);
        }
    }

    /// <summary>Entry (i, i).</summary>
    public double Diagonal(int i) => _matrix[((long)i * _stride) + i];

    /// <summary>Entry (i, j) with i ≤ j.</summary>
    public double this[int i, int j] => _matrix[((long)i * _stride) + j];

    /// <summary>Factors the matrix + shift · I; the matrix itself stays.</summary>
    /// <returns>Whether it is positive definite in this arithmetic; otherwise there is no factor.</returns>
    public bool TryFactor(double shift)
    {
        Array.Copy(_matrix, _factor, _matrix.LongLength);
        for (var i = 0; i < _stride; i++)
        {
            _factor[((long)i * _stride) + i] += i < _size ? shift : 1;
        }

        for (var first = 0; first < _size; first += Chunk)
        {
            var end = Math.Min(first + Chunk, _stride);
            if (!TryFactorRows(first, end))
            {
                return false;
            }

            if (end < _stride)
            {
                for (var i = first; i < end; i++)
                {
                    Pack(Row(i)[end..], i - first, end - first, end);
                }

                Accumulate(_factor, end - first, end, -1);
            }
        }

        return true;
    }

    /// <summary>x ← (UᵀU)⁻¹ x.</summary>
    public void Solve(Span<double> x)
    {
        for (var i = 0; i < _size; i++)
        {
            var row = Row(i)[..x.Length];
            x[i] /= row[i];
            TensorPrimitives.MultiplyAdd(row[(i + 1)..], -x[i], x[(i + 1)..], x[(i + 1)..]);
        }

        for (var i = _size - 1; i >= 0; i--)
        {
            var row = Row(i)[..x.Length];
            x[i] = (x[i] - Vectors.Dot(row[(i + 1)..], x[(i + 1)..])) / row[i];
        }
    }

    private Span<double> Row(int i) => MemoryMarshal.CreateSpan(ref _factor[(long)i * _stride], _stride);

    /// <summary>Rows of U: each is made from those above it in the block, along its whole length.</summary>
    private bool TryFactorRows(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            var row = Row(i)[i..];
            for (var k = first; k < i; k++)
            {
                var above = Row(k)[i..];
                TensorPrimitives.MultiplyAdd(above, -above[0], row, row);
            }

            if (!(row[0] > 0) || !double.IsFinite(row[0]))
            {
                return false;
            }

            TensorPrimitives.Divide(row, Math.Sqrt(row[0]), row);
        }

        return true;
    }

    /// <summary>Row r of a block into panels from column <paramref name="from"/> on: panel p holds its 32 columns row after row.</summary>
    private void Pack(ReadOnlySpan<double> row, int r, int count, int from)
    {
        for (int column = 0, panel = from / Panel; column < row.Length; column += Panel, panel++)
        {
            var target = _packed.AsSpan((panel * Panel * count) + (r * Panel), Panel);
            var part = row.Slice(column, Math.Min(Panel, row.Length - column));
            part.CopyTo(target);
            target[part.Length..].Clear();
        }
    }

    /// <summary>Adds sign · RᵀR of the packed rows to the upper triangle from row and column <paramref name="from"/> on.</summary>
    private void Accumulate(double[] target, int count, int from, double sign)
    {
        ref var packed = ref MemoryMarshal.GetArrayDataReference(_packed);
        for (var i = from; i < _stride; i += Panel)
        {
            ref var left = ref Unsafe.Add(ref packed, i * count);
            for (var j = i; j < _stride; j += Panel)
            {
                ref var right = ref Unsafe.Add(ref packed, j * count);
                for (var t = 0; t < Panel; t += Tile)
                {
                    AddTile(ref target[((long)(i + t) * _stride) + j], _stride, ref Unsafe.Add(ref left, t), ref right, count, sign);
                }
            }
        }
    }

    private static void AddTile(ref double target, int stride, ref double left, ref double right, int count, double sign)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            for (var column = 0; column < Panel; column += 8)
            {
                AddNarrowTile(ref Unsafe.Add(ref target, column), stride, ref left, ref Unsafe.Add(ref right, column), count, sign);
            }

            return;
        }

        Vector512<double> a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3;
        a0 = a1 = a2 = a3 = b0 = b1 = b2 = b3 = c0 = c1 = c2 = c3 = d0 = d1 = d2 = d3 = Vector512<double>.Zero;
        for (var r = 0; r < count; r++)
        {
            var (v0, v1, v2, v3) = (Vector512.LoadUnsafe(ref right), Vector512.LoadUnsafe(ref right, 8), Vector512.LoadUnsafe(ref right, 16), Vector512.LoadUnsafe(ref right, 24));
            var w = Vector512.Create(left);
            a0 = Vector512.FusedMultiplyAdd(w, v0, a0);
            a1 = Vector512.FusedMultiplyAdd(w, v1, a1);
            a2 = Vector512.FusedMultiplyAdd(w, v2, a2);
            a3 = Vector512.FusedMultiplyAdd(w, v3, a3);
            w = Vector512.Create(Unsafe.Add(ref left, 1));
            b0 = Vector512.FusedMultiplyAdd(w, v0, b0);
            b1 = Vector512.FusedMultiplyAdd(w, v1, b1);
            b2 = Vector512.FusedMultiplyAdd(w, v2, b2);
            b3 = Vector512.FusedMultiplyAdd(w, v3, b3);
            w = Vector512.Create(Unsafe.Add(ref left, 2));
            c0 = Vector512.FusedMultiplyAdd(w, v0, c0);
            c1 = Vector512.FusedMultiplyAdd(w, v1, c1);
            c2 = Vector512.FusedMultiplyAdd(w, v2, c2);
            c3 = Vector512.FusedMultiplyAdd(w, v3, c3);
            w = Vector512.Create(Unsafe.Add(ref left, 3));
            d0 = Vector512.FusedMultiplyAdd(w, v0, d0);
            d1 = Vector512.FusedMultiplyAdd(w, v1, d1);
            d2 = Vector512.FusedMultiplyAdd(w, v2, d2);
            d3 = Vector512.FusedMultiplyAdd(w, v3, d3);
            left = ref Unsafe.Add(ref left, Panel);
            right = ref Unsafe.Add(ref right, Panel);
        }

        var signs = Vector512.Create(sign);
        Put(ref target, signs, a0, a1, a2, a3);
        Put(ref Unsafe.Add(ref target, stride), signs, b0, b1, b2, b3);
        Put(ref Unsafe.Add(ref target, 2 * stride), signs, c0, c1, c2, c3);
        Put(ref Unsafe.Add(ref target, 3 * stride), signs, d0, d1, d2, d3);
    }

    /// <summary>The same for 8 columns with registers of 256 bits, of which there are 16: a 4 × 32 tile would not stay in them.</summary>
    private static void AddNarrowTile(ref double target, int stride, ref double left, ref double right, int count, double sign)
    {
        Vector256<double> a0, a1, b0, b1, c0, c1, d0, d1;
        a0 = a1 = b0 = b1 = c0 = c1 = d0 = d1 = Vector256<double>.Zero;
        for (var r = 0; r < count; r++)
        {
            var v0 = Vector256.LoadUnsafe(ref right);
            var v1 = Vector256.LoadUnsafe(ref right, 4);
            var w = Vector256.Create(left);
            a0 = Vector256.FusedMultiplyAdd(w, v0, a0);
            a1 = Vector256.FusedMultiplyAdd(w, v1, a1);
            w = Vector256.Create(Unsafe.Add(ref left, 1));
            b0 = Vector256.FusedMultiplyAdd(w, v0, b0);
            b1 = Vector256.FusedMultiplyAdd(w, v1, b1);
            w = Vector256.Create(Unsafe.Add(ref left, 2));
            c0 = Vector256.FusedMultiplyAdd(w, v0, c0);
            c1 = Vector256.FusedMultiplyAdd(w, v1, c1);
            w = Vector256.Create(Unsafe.Add(ref left, 3));
            d0 = Vector256.FusedMultiplyAdd(w, v0, d0);
            d1 = Vector256.FusedMultiplyAdd(w, v1, d1);
            left = ref Unsafe.Add(ref left, Panel);
            right = ref Unsafe.Add(ref right, Panel);
        }

        var signs = Vector256.Create(sign);
        PutNarrow(ref target, signs, a0, a1);
        PutNarrow(ref Unsafe.Add(ref target, stride), signs, b0, b1);
        PutNarrow(ref Unsafe.Add(ref target, 2 * stride), signs, c0, c1);
        PutNarrow(ref Unsafe.Add(ref target, 3 * stride), signs, d0, d1);
    }

    private static void PutNarrow(ref double target, Vector256<double> sign, Vector256<double> v0, Vector256<double> v1)
    {
        Vector256.FusedMultiplyAdd(sign, v0, Vector256.LoadUnsafe(ref target)).StoreUnsafe(ref target);
        Vector256.FusedMultiplyAdd(sign, v1, Vector256.LoadUnsafe(ref target, 4)).StoreUnsafe(ref target, 4);
    }

    private static void Put(ref double target, Vector512<double> sign, Vector512<double> v0, Vector512<double> v1, Vector512<double> v2, Vector512<double> v3)
    {
        Vector512.FusedMultiplyAdd(sign, v0, Vector512.LoadUnsafe(ref target)).StoreUnsafe(ref target);
        Vector512.FusedMultiplyAdd(sign, v1, Vector512.LoadUnsafe(ref target, 8)).StoreUnsafe(ref target, 8);
        Vector512.FusedMultiplyAdd(sign, v2, Vector512.LoadUnsafe(ref target, 16)).StoreUnsafe(ref target, 16);
        Vector512.FusedMultiplyAdd(sign, v3, Vector512.LoadUnsafe(ref target, 24)).StoreUnsafe(ref target, 24);
    }
}
