using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Activations;

/// <summary>ln(1 + eᶻ), keeping its derivative, the logistic function.</summary>
internal readonly struct SoftplusActivation<TSimd, TVector, TScalar> : IActivation<TSimd, TVector, TScalar>
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
        return Elementary<TSimd, TVector, TScalar>.Softplus(z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        d1 = kept0;
        LogisticSeries<TSimd, TVector, TScalar>.Derive(kept0, out d2, out d3, out d4, out d5, out _);
    }
}
