using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Fused.Kernels;

/// <summary>Arc tangent and error function a vector at a time, by Taylor series on a reduced range.</summary>
internal static class ElementaryInverses<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    /// <summary>
    /// arctan x: beyond 1 by that of 1/x, then twice by arctan x = 2 arctan(x / (1 + √(1 + x²))), which leaves |x| ≤ tan(π/16) ≈ 0.2 to
    /// twelve terms of the series.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Atan(TVector x)
    {
        var one = TSimd.Constant(1);
        var size = TSimd.Abs(x);
        var isLarge = TSimd.LessThan(one, size);
        var y = TSimd.Select(isLarge, TSimd.Divide(one, size), size);
        y = Half(Half(y));
        var z = TSimd.Multiply(y, y);
        var p = TSimd.Constant(-1.0 / 23);
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 21));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 19));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 17));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 15));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 13));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 11));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 9));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 7));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 5));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 3));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 1));
        var angle = TSimd.Multiply(TSimd.Multiply(TSimd.Constant(4), y), p);
        angle = TSimd.Select(isLarge, TSimd.Subtract(TSimd.Constant(Math.PI / 2), angle), angle);
        return TSimd.Select(TSimd.LessThan(x, TSimd.Constant(0)), TSimd.Negate(angle), angle);
    }

    /// <summary>
    /// erf x: the series up to ½, where 1 − erfc x would lose digits, and 2 Φ(√2 x) − 1 beyond
    /// (<see cref="Elementary{TSimd, TVector, TScalar}.Normal"/>).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Erf(TVector x)
    {
        var z = TSimd.Multiply(x, x);
        var p = TSimd.Constant(1.0 / 11975040000.0);
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 918086400));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 76204800));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 6894720));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 685440));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 75600));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 9360));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 1320));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 216));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 42));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 10));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 3));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 1));
        var near = TSimd.Multiply(TSimd.Multiply(TSimd.Constant(ErrorFunction.SlopeAtZero), x), p);
        var distribution = Elementary<TSimd, TVector, TScalar>.Normal(TSimd.Multiply(x, TSimd.Constant(1.4142135623730950488))).Distribution;
        var far = TSimd.Subtract(TSimd.Add(distribution, distribution), TSimd.Constant(1));
        return TSimd.Select(TSimd.LessThan(TSimd.Abs(x), TSimd.Constant(0.5)), near, far);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Half(TVector x) =>
        TSimd.Divide(x, TSimd.Add(TSimd.Constant(1), TSimd.Sqrt(TSimd.MultiplyAdd(x, x, TSimd.Constant(1)))));
}
