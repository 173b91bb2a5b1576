using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PinnSweep.Numerics.Arrays;

/// <summary>
/// Sums over vectors in one fixed order. Those of <c>TensorPrimitives</c> follow the alignment of their operands, which differs from
/// process to process, and with it the last digit; a resumed training must meet the same bits.
/// </summary>
internal static class Vectors
{
    /// <summary>Σ aᵢ bᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        var (s0, s1) = (Vector512<double>.Zero, Vector512<double>.Zero);
        nuint i = 0;
        var length = (nuint)Math.Min(a.Length, b.Length);
        for (; i + 16 <= length; i += 16)
        {
            s0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref pa, i), Vector512.LoadUnsafe(ref pb, i), s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref pa, i + 8), Vector512.LoadUnsafe(ref pb, i + 8), s1);
        }

        var sum = Vector512.Sum(s0 + s1);
        for (; i < length; i++)
        {
            sum = Math.FusedMultiplyAdd(a[(int)i], b[(int)i], sum);
        }

        return sum;
    }

    /// <summary>√Σ aᵢ².</summary>
    public static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    /// <summary>max |aᵢ|.</summary>
    public static double Largest(ReadOnlySpan<double> a)
    {
        var largest = 0.0;
        foreach (var value in a)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
