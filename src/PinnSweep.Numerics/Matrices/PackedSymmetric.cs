using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PinnSweep.Numerics.Matrices;

/// <summary>
/// A dense symmetric matrix by the rows of its lower triangle, one after another: half the memory, and what a quasi-Newton step takes of
/// time is reading and writing it once. A pass handles entry (i, j) for both halves of the product, so the matrix is symmetric by
/// construction.
/// </summary>
internal sealed class PackedSymmetric(int size)
{
    private readonly double[] _rows = new double[(long)size * (size + 1) / 2];

    /// <summary>The entries, row after row of the lower triangle.</summary>
    public Span<double> Entries => _rows;

    /// <summary>scale · I.</summary>
    public void SetIdentity(double scale)
    {
        Array.Clear(_rows);
        for (long i = 0; i < size; i++)
        {
            _rows[(i * (i + 3)) / 2] = scale;
        }
    }

    /// <summary>y = H x.</summary>
    public void Multiply(ReadOnlySpan<double> x, Span<double> y)
    {
        y.Clear();
        long start = 0;
        for (var i = 0; i < size; i++)
        {
            y[i] += MultiplyRow(ref _rows[start], i, x, y);
            start += i + 1;
        }
    }

    /// <summary>H ← scale H + a u uᵀ + b (s uᵀ + u sᵀ) + c s sᵀ and y = H x with the new H, in one pass.</summary>
    public void UpdateAndMultiply(in RankTwo update, ReadOnlySpan<double> u, ReadOnlySpan<double> s, ReadOnlySpan<double> x, Span<double> y)
    {
        y.Clear();
        long start = 0;
        for (var i = 0; i < size; i++)
        {
            var p = (update.OnU * u[i]) + (update.OnBoth * s[i]);
            var q = (update.OnBoth * u[i]) + (update.OnS * s[i]);
            y[i] += UpdateRow(ref _rows[start], i, update.Scale, p, q, u, s, x, y);
            start += i + 1;
        }
    }

    // Row i against x, and its transpose onto y before i; returns the row's own sum with the diagonal.
    private static double MultiplyRow(ref double row, int i, ReadOnlySpan<double> x, Span<double> y)
    {
        ref var px = ref MemoryMarshal.GetReference(x);
        ref var py = ref MemoryMarshal.GetReference(y);
        var xi = Vector512.Create(x[i]);
        var (s0, s1) = (Vector512<double>.Zero, Vector512<double>.Zero);
        nuint j = 0;
        var length = (nuint)i;
        for (; j + 16 <= length; j += 16)
        {
            var h0 = Vector512.LoadUnsafe(ref row, j);
            var h1 = Vector512.LoadUnsafe(ref row, j + 8);
            s0 = Vector512.FusedMultiplyAdd(h0, Vector512.LoadUnsafe(ref px, j), s0);
            s1 = Vector512.FusedMultiplyAdd(h1, Vector512.LoadUnsafe(ref px, j + 8), s1);
            Vector512.FusedMultiplyAdd(h0, xi, Vector512.LoadUnsafe(ref py, j)).StoreUnsafe(ref py, j);
            Vector512.FusedMultiplyAdd(h1, xi, Vector512.LoadUnsafe(ref py, j + 8)).StoreUnsafe(ref py, j + 8);
        }

        var sum = Vector512.Sum(s0 + s1);
        for (; j < length; j++)
        {
            var h = Unsafe.Add(ref row, j);
            sum = Math.FusedMultiplyAdd(h, x[(int)j], sum);
            y[(int)j] = Math.FusedMultiplyAdd(h, x[i], y[(int)j]);
        }

        return Math.FusedMultiplyAdd(Unsafe.Add(ref row, length), x[i], sum);
    }

    private static double UpdateRow(
        ref double row, int i, double scale, double p, double q, ReadOnlySpan<double> u, ReadOnlySpan<double> s, ReadOnlySpan<double> x, Span<double> y)
    {
        ref var pu = ref MemoryMarshal.GetReference(u);
        ref var ps = ref MemoryMarshal.GetReference(s);
        ref var px = ref MemoryMarshal.GetReference(x);
        ref var py = ref MemoryMarshal.GetReference(y);
        var (xi, scales, pp, qq) = (Vector512.Create(x[i]), Vector512.Create(scale), Vector512.Create(p), Vector512.Create(q));
        var (s0, s1) = (Vector512<double>.Zero, Vector512<double>.Zero);
        nuint j = 0;
        var length = (nuint)i;
        for (; j + 16 <= length; j += 16)
        {
            var h0 = Vector512.LoadUnsafe(ref row, j) * scales;
            var h1 = Vector512.LoadUnsafe(ref row, j + 8) * scales;
            h0 = Vector512.FusedMultiplyAdd(pp, Vector512.LoadUnsafe(ref pu, j), h0);
            h1 = Vector512.FusedMultiplyAdd(pp, Vector512.LoadUnsafe(ref pu, j + 8), h1);
            h0 = Vector512.FusedMultiplyAdd(qq, Vector512.LoadUnsafe(ref ps, j), h0);
            h1 = Vector512.FusedMultiplyAdd(qq, Vector512.LoadUnsafe(ref ps, j + 8), h1);
            h0.StoreUnsafe(ref row, j);
            h1.StoreUnsafe(ref row, j + 8);
            s0 = Vector512.FusedMultiplyAdd(h0, Vector512.LoadUnsafe(ref px, j), s0);
            s1 = Vector512.FusedMultiplyAdd(h1, Vector512.LoadUnsafe(ref px, j + 8), s1);
            Vector512.FusedMultiplyAdd(h0, xi, Vector512.LoadUnsafe(ref py, j)).StoreUnsafe(ref py, j);
            Vector512.FusedMultiplyAdd(h1, xi, Vector512.LoadUnsafe(ref py, j + 8)).StoreUnsafe(ref py, j + 8);
        }

        var sum = Vector512.Sum(s0 + s1);
        for (; j < length; j++)
        {
            ref var h = ref Unsafe.Add(ref row, j);
            h = Math.FusedMultiplyAdd(q, s[(int)j], Math.FusedMultiplyAdd(p, u[(int)j], h * scale));
            sum = Math.FusedMultiplyAdd(h, x[(int)j], sum);
            y[(int)j] = Math.FusedMultiplyAdd(h, x[i], y[(int)j]);
        }

        ref var diagonal = ref Unsafe.Add(ref row, length);
        diagonal = Math.FusedMultiplyAdd(q, s[i], Math.FusedMultiplyAdd(p, u[i], diagonal * scale));
        return Math.FusedMultiplyAdd(diagonal, x[i], sum);
    }
}

/// <summary>The coefficients of a symmetric update of rank two over vectors u and s.</summary>
/// <param name="Scale">On the matrix.</param>
/// <param name="OnU">On u uᵀ.</param>
/// <param name="OnBoth">On s uᵀ + u sᵀ.</param>
/// <param name="OnS">On s sᵀ.</param>
internal readonly record struct RankTwo(double Scale, double OnU, double OnBoth, double OnS);
