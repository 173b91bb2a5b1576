using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Activations;

/// <summary>sin z, keeping cos z.</summary>
internal readonly struct SineActivation<TSimd, TVector, TScalar> : IActivation<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public static int Kept => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Evaluate(TVector z, out TVector kept0, out TVector kept1)
    {
        (var sine, kept0) = Elementary<TSimd, TVector, TScalar>.SinCos(z);
        kept1 = default;
        return sine;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        d1 = kept0;
        d2 = TSimd.Negate(value);
        d3 = TSimd.Negate(kept0);
        d4 = value;
        d5 = kept0;
    }
}

/// <summary>cos z, keeping sin z.</summary>
internal readonly struct CosineActivation<TSimd, TVector, TScalar> : IActivation<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public static int Kept => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Evaluate(TVector z, out TVector kept0, out TVector kept1)
    {
        (kept0, var cosine) = Elementary<TSimd, TVector, TScalar>.SinCos(z);
        kept1 = default;
        return cosine;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        d1 = TSimd.Negate(kept0);
        d2 = TSimd.Negate(value);
        d3 = kept0;
        d4 = value;
        d5 = TSimd.Negate(kept0);
    }
}
