using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Activations;

/// <summary>z s(z) with the logistic function s, which is kept: the n-th derivative is z s⁽ⁿ⁾ + n s⁽ⁿ⁻¹⁾.</summary>
internal readonly struct SiluActivation<TSimd, TVector, TScalar> : IActivation<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public static int Kept => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Evaluate(TVector z, out TVector kept0, out TVector kept1)
    {
        kept0 = Elementary<TSimd, TVector, TScalar>.Sigmoid(z);
        kept1 = default;
        return TSimd.Multiply(z, kept0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        LogisticSeries<TSimd, TVector, TScalar>.Derive(kept0, out var s1, out var s2, out var s3, out var s4, out var s5);
        d1 = TSimd.MultiplyAdd(z, s1, kept0);
        d2 = TSimd.MultiplyAdd(z, s2, TSimd.Multiply(TSimd.Constant(2), s1));
        d3 = TSimd.MultiplyAdd(z, s3, TSimd.Multiply(TSimd.Constant(3), s2));
        d4 = TSimd.MultiplyAdd(z, s4, TSimd.Multiply(TSimd.Constant(4), s3));
        d5 = TSimd.MultiplyAdd(z, s5, TSimd.Multiply(TSimd.Constant(5), s4));
    }
}
