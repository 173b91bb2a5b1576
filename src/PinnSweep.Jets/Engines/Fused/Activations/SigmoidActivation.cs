using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Activations;

/// <summary>1 / (1 + e⁻ᶻ).</summary>
internal readonly struct SigmoidActivation<TSimd, TVector, TScalar> : IActivation<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public static int Kept => 0;

    public static bool IsOfOutput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Evaluate(TVector z, out TVector kept0, out TVector kept1)
    {
        kept0 = kept1 = default;
        return Elementary<TSimd, TVector, TScalar>.Sigmoid(z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        LogisticSeries<TSimd, TVector, TScalar>.Derive(value, out d1, out d2, out d3, out d4, out d5);
    }

    /// <summary>σ′ = σ − σ².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void DeriveOfOutput(TVector value, out TVector slope, out TVector first, out TVector second)
    {
        slope = TSimd.NegatedMultiplyAdd(value, value, value);
        first = TSimd.MultiplyAdd(TSimd.Constant(-2), value, TSimd.Constant(1));
        second = TSimd.Constant(-2);
    }
}
