using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Activations;

/// <summary>z Φ(z), keeping Φ and φ: from the second derivative on, φ times a polynomial in z.</summary>
internal readonly struct GeluActivation<TSimd, TVector, TScalar> : IActivation<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public static int Kept => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Evaluate(TVector z, out TVector kept0, out TVector kept1)
    {
        (kept0, kept1) = Elementary<TSimd, TVector, TScalar>.Normal(z);
        return TSimd.Multiply(z, kept0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        var square = TSimd.Multiply(z, z);
        var odd = TSimd.Multiply(z, kept1);
        d1 = TSimd.MultiplyAdd(z, kept1, kept0);
        d2 = TSimd.Multiply(kept1, TSimd.Subtract(TSimd.Constant(2), square));
        d3 = TSimd.Multiply(odd, TSimd.Add(square, TSimd.Constant(-4)));
        d4 = TSimd.Multiply(kept1, TSimd.MultiplyAdd(TSimd.Subtract(TSimd.Constant(7), square), square, TSimd.Constant(-4)));
        d5 = TSimd.Multiply(odd, TSimd.MultiplyAdd(TSimd.Add(square, TSimd.Constant(-11)), square, TSimd.Constant(18)));
    }
}
