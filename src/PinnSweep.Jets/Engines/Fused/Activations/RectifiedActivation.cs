using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Activations;

/// <summary>max(0, z)ᵏ; the j-th derivative is k (k − 1) … (k − j + 1) max(0, z)ᵏ⁻ʲ, a step for j = k with 0 at 0.</summary>
internal readonly struct RectifiedActivation<TSimd, TVector, TScalar, TPower> : IActivation<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
    where TPower : struct, ICount
{
    public static int Kept => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Evaluate(TVector z, out TVector kept0, out TVector kept1)
    {
        kept0 = kept1 = default;
        return Power(TSimd.Max(TSimd.Constant(0), z), TPower.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5)
    {
        var positive = TSimd.Max(TSimd.Constant(0), z);
        d1 = Derivative(z, positive, 1, TPower.Value);
        d2 = Derivative(z, positive, 2, TPower.Value * (TPower.Value - 1));
        d3 = Derivative(z, positive, 3, TPower.Value * (TPower.Value - 1) * (TPower.Value - 2));
        d4 = Derivative(z, positive, 4, TPower.Value * (TPower.Value - 1) * (TPower.Value - 2) * (TPower.Value - 3));
        d5 = Derivative(z, positive, 5, TPower.Value * (TPower.Value - 1) * (TPower.Value - 2) * (TPower.Value - 3) * (TPower.Value - 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Derivative(TVector z, TVector positive, int order, int factor) =>
        order > TPower.Value ? TSimd.Constant(0)
        : order == TPower.Value ? TSimd.And(TSimd.LessThan(TSimd.Constant(0), z), TSimd.Constant(factor))
        : TSimd.Multiply(TSimd.Constant(factor), Power(positive, TPower.Value - order));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Power(TVector positive, int exponent)
    {
        var result = positive;
        for (var i = 1; i < exponent; i++)
        {
            result = TSimd.Multiply(result, positive);
        }

        return result;
    }
}
