using System.Numerics;
using System.Runtime.CompilerServices;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>Arc tangent and error function of one number, by the reductions and series of the engine of CPUs.</summary>
internal static class RealInverses<T, TReal>
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    /// <summary>arctan x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Atan(T x)
    {
        var size = x < C(0) ? -x : x;
        var isLarge = size > C(1);
        var y = Half(Half(isLarge ? C(1) / size : size));
        var z = y * y;
        var p = C(-1.0 / 23);
        p = Fma(p, z, C(1.0 / 21));
        p = Fma(p, z, C(-1.0 / 19));
        p = Fma(p, z, C(1.0 / 17));
        p = Fma(p, z, C(-1.0 / 15));
        p = Fma(p, z, C(1.0 / 13));
        p = Fma(p, z, C(-1.0 / 11));
        p = Fma(p, z, C(1.0 / 9));
        p = Fma(p, z, C(-1.0 / 7));
        p = Fma(p, z, C(1.0 / 5));
        p = Fma(p, z, C(-1.0 / 3));
        p = Fma(p, z, C(1.0 / 1));
        var angle = C(4) * y * p;
        angle = isLarge ? C(1.5707963267948966) - angle : angle;
        return x < C(0) ? -angle : angle;
    }

    /// <summary>erf x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erf(T x)
    {
        var z = x * x;
        if (z >= C(0.25))
        {
            var distribution = RealFunctions<T, TReal>.NormalDistribution(x * C(1.4142135623730950488));
            return distribution + distribution - C(1);
        }

        var p = C(1.0 / 11975040000.0);
        p = Fma(p, z, C(-1.0 / 918086400));
        p = Fma(p, z, C(1.0 / 76204800));
        p = Fma(p, z, C(-1.0 / 6894720));
        p = Fma(p, z, C(1.0 / 685440));
        p = Fma(p, z, C(-1.0 / 75600));
        p = Fma(p, z, C(1.0 / 9360));
        p = Fma(p, z, C(-1.0 / 1320));
        p = Fma(p, z, C(1.0 / 216));
        p = Fma(p, z, C(-1.0 / 42));
        p = Fma(p, z, C(1.0 / 10));
        p = Fma(p, z, C(-1.0 / 3));
        p = Fma(p, z, C(1.0 / 1));
        return C(ErrorFunction.SlopeAtZero) * x * p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Half(T x) => x / (C(1) + default(TReal).Sqrt(Fma(x, x, C(1))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T C(double value) => default(TReal).Of(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Fma(T a, T b, T c) => default(TReal).MultiplyAdd(a, b, c);
}
