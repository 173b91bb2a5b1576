using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Activations;

/// <summary>tanh z. With a = tanh z every derivative is 1 − a² times a polynomial in a.</summary>
internal readonly struct TanhActivation<TSimd, TVector, TScalar> : IActivation<TSimd, TVector, TScalar>
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
        return Elementary<TSimd, TVector, TScalar>.Tanh(z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        var square = TSimd.Multiply(value, value);
        d1 = TSimd.NegatedMultiplyAdd(value, value, TSimd.Constant(1));
        var slope = TSimd.Multiply(value, d1);
        d2 = TSimd.Multiply(TSimd.Constant(-2), slope);
        d3 = TSimd.Multiply(d1, TSimd.MultiplyAdd(TSimd.Constant(6), square, TSimd.Constant(-2)));
        d4 = TSimd.Multiply(slope, TSimd.MultiplyAdd(TSimd.Constant(-24), square, TSimd.Constant(16)));
        var quartic = TSimd.MultiplyAdd(TSimd.MultiplyAdd(TSimd.Constant(120), square, TSimd.Constant(-120)), square, TSimd.Constant(16));
        d5 = TSimd.Multiply(d1, quartic);
    }

    /// <summary>σ′ = 1 − σ².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void DeriveOfOutput(TVector value, out TVector slope, out TVector first, out TVector second)
    {
        slope = TSimd.NegatedMultiplyAdd(value, value, TSimd.Constant(1));
        first = TSimd.Multiply(TSimd.Constant(-2), value);
        second = TSimd.Constant(-2);
    }
}
