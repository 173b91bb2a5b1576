using System.Runtime.CompilerServices;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>max(0, z), with derivative 0 at 0.</summary>
internal readonly struct ReluActivation<TSimd, TVector, TScalar> : IActivation<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public static int Kept => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Evaluate(TVector z, out TVector kept0, out TVector kept1)
    {
        kept0 = kept1 = default;
        return TSimd.Max(TSimd.Constant(0), z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        d1 = TSimd.And(TSimd.LessThan(TSimd.Constant(0), z), TSimd.Constant(1));
        d2 = d3 = d4 = d5 = TSimd.Constant(0);
    }
}

/// <summary>max(0, z)³.</summary>
internal readonly struct CubicReluActivation<TSimd, TVector, TScalar> : IActivation<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public static int Kept => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Evaluate(TVector z, out TVector kept0, out TVector kept1)
    {
        kept0 = kept1 = default;
        var positive = TSimd.Max(TSimd.Constant(0), z);
        return TSimd.Multiply(TSimd.Multiply(positive, positive), positive);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        var positive = TSimd.Max(TSimd.Constant(0), z);
        d1 = TSimd.Multiply(TSimd.Multiply(TSimd.Constant(3), positive), positive);
        d2 = TSimd.Multiply(TSimd.Constant(6), positive);
        d3 = TSimd.And(TSimd.LessThan(TSimd.Constant(0), z), TSimd.Constant(6));
        d4 = d5 = TSimd.Constant(0);
    }
}
