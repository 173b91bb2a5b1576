using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Activations;

/// <summary>
/// Derivatives of the logistic function s: with p = s (1 − s) and u = 1 − 2s they are polynomials in p, times u where the order is even.
/// </summary>
internal static class LogisticSeries<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(TVector s, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        var one = TSimd.Constant(1);
        d1 = TSimd.NegatedMultiplyAdd(s, s, s);
        var odd = TSimd.Multiply(d1, TSimd.NegatedMultiplyAdd(TSimd.Constant(2), s, one));
        d2 = odd;
        d3 = TSimd.Multiply(d1, TSimd.NegatedMultiplyAdd(TSimd.Constant(6), d1, one));
        d4 = TSimd.Multiply(odd, TSimd.NegatedMultiplyAdd(TSimd.Constant(12), d1, one));
        var quadratic = TSimd.MultiplyAdd(TSimd.MultiplyAdd(TSimd.Constant(120), d1, TSimd.Constant(-30)), d1, one);
        d5 = TSimd.Multiply(d1, quadratic);
    }
}
