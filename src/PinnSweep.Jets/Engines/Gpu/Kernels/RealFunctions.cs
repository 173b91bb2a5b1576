using System.Numerics;
using System.Runtime.CompilerServices;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// Elementary functions of one number, by the reductions and series of the engine of CPUs (<see cref="Fused.Kernels"/>), so that both agree
/// to a rounding. A card has no others in double precision without the libraries of a toolkit, and its own in single precision are rounded
/// more coarsely.
/// </summary>
internal static class RealFunctions<T, TReal>
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    /// <summary>tanh x = t / (t + 2) with t = e²ˣ − 1, which is accurate relative to tanh near 0 as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh(T x)
    {
        // Beyond the bound tanh rounds to ±1; what is not a number is let through.
        var bound = C(default(TReal).IsSingle ? 9.1 : 19.1);
        x = Clamp(x, bound);
        var biased = Biased(x + x);
        var scale = default(TReal).PowerOfTwo(biased);
        var t = Fma(scale, Fraction(x + x, biased), scale - C(1));
        return t / (t + C(2));
    }

    /// <summary>eˣ, 0 and ∞ beyond the range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp(T x)
    {
        x = Clamp(x, C(default(TReal).IsSingle ? 104.0 : 746.0));
        var biased = Biased(x);

        // Two factors, so that results near the ends of the range neither overflow early nor lose their denormals.
        var n = biased - Magic;
        var half = Fma(n, C(0.5), Magic);
        var rest = n - (half - Magic) + Magic;
        return (Fraction(x, biased) + C(1)) * default(TReal).PowerOfTwo(half) * default(TReal).PowerOfTwo(rest);
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid(T x) => C(1) / (C(1) + Exp(-x));

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), the logarithm by 2 artanh(e / (2 + e)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Softplus(T x)
    {
        var e = Exp(x > C(0) ? -x : x);
        var s = e / (e + C(2));
        var z = s * s;
        return (x < C(0) ? C(0) : x) + Fma((s + s) * z, ArtanhSeries(z, wide: true), s + s);
    }

    /// <summary>ln x; −∞ at 0 and not a number below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log(T x)
    {
        var single = default(TReal).IsSingle;
        var infinity = C(single ? float.PositiveInfinity : double.PositiveInfinity);
        if (!(x > C(0)) || x >= infinity)
        {
            return x == C(0) ? -infinity : x >= infinity ? x : (x - x) / (x - x);
        }

        // Denormals are scaled into the normal range first.
        var small = x < C(single ? 1.17549435e-38 : 2.2250738585072014e-308);
        var y = small ? x * C(single ? 8388608.0 : 4503599627370496.0) : x;
        var exponent = default(TReal).Exponent(y);
        var k = default(TReal).OfInt(exponent - (small ? (single ? 23 : 52) : 0));

        // ln(1 + f) = f − (f²/2 − s (f²/2 + R)) with s = f / (2 + f) and R = 2 s² (1/3 + s²/5 + …), so that f stays exact.
        var f = default(TReal).Lower(y, exponent) - C(1);
        var s = f / (f + C(2));
        var z = s * s;
        var r = (z + z) * ArtanhSeries(z, wide: false);
        var halfSquare = f * f * C(0.5);
        var tail = Fma(s, halfSquare + r, k * C(Low2)) - halfSquare;
        return Fma(k, C(High2), f + tail);
    }

    /// <summary>xᶜ: by multiplication for whole c up to 16, else by the exponential of c ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Power(T x, T exponent)
    {
        var size = exponent < C(0) ? -exponent : exponent;
        var whole = size < C(1e6) && default(TReal).OfInt(default(TReal).ToInt(size)) == size;
        var n = whole ? default(TReal).ToInt(size) : 0;
        if (whole && n <= 16)
        {
            var product = C(1);
            for (var i = 0; i < n; i++)
            {
                product *= x;
            }

            return exponent < C(0) ? C(1) / product : product;
        }

        var sign = x < C(0) && whole && (n & 1) == 1 ? C(-1) : C(1);
        return sign * Exp(exponent * Log(whole && x < C(0) ? -x : x));
    }

    /// <summary>sin x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sin(T x) => Wave(x, 0);

    /// <summary>cos x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cos(T x) => Wave(x, 1);

    /// <summary>The density of the normal distribution.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalDensity(T z) => Exp(z * z * C(-0.5)) * C(0.39894228040143267794);

    /// <summary>The normal distribution Φ(z).</summary>
    /// <remarks>Φ(−z) = ½ e^(−z²/2) erfcx(z/√2) for z ≥ 0; (1 + 2x) erfcx(x) is a polynomial in (x − 3.75)/(x + 3.75) (Shepherd and
    /// Laframboise 1981), fitted at 50 digits.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalDistribution(T z)
    {
        var x = (z < C(0) ? -z : z) * C(0.70710678118654752440);
        var t = (x - C(3.75)) / (x + C(3.75));
        var tail = Exp(z * z * C(-0.5)) * C(0.5) * (ErfcxSeries(t) / Fma(x, C(2), C(1)));
        return z < C(0) ? tail : C(1) - tail;
    }

    private static double High2 => default(TReal).IsSingle ? 0.693145751953125 : 0.693147180369123816490;

    private static double Low2 => default(TReal).IsSingle ? 1.42860682030941723212e-6 : 1.90821492927058770002e-10;

    // 1.5 · 2^mantissa: adding it rounds to an integer and leaves that integer in the low bits.
    private static T Magic => C(default(TReal).IsSingle ? 12582912.0 : 6755399441055744.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T C(double value) => default(TReal).Of(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Fma(T a, T b, T c) => default(TReal).MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Clamp(T x, T bound) => x > bound ? bound : x < -bound ? -bound : x;

    // x = n ln 2 + r with |r| ≤ ln 2 / 2: n + Magic.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Biased(T x) => Fma(x, C(1.4426950408889634074), Magic);

    // eʳ − 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Fraction(T x, T biased)
    {
        var n = biased - Magic;
        var r = Fma(n, C(-Low2), Fma(n, C(-High2), x));
        T p;
        if (default(TReal).IsSingle)
        {
            p = C(1.0 / 5040);
        }
        else
        {
            p = C(1.0 / 87178291200);
            p = Fma(p, r, C(1.0 / 6227020800));
            p = Fma(p, r, C(1.0 / 479001600));
            p = Fma(p, r, C(1.0 / 39916800));
            p = Fma(p, r, C(1.0 / 3628800));
            p = Fma(p, r, C(1.0 / 362880));
            p = Fma(p, r, C(1.0 / 40320));
            p = Fma(p, r, C(1.0 / 5040));
        }

        p = Fma(p, r, C(1.0 / 720));
        p = Fma(p, r, C(1.0 / 120));
        p = Fma(p, r, C(1.0 / 24));
        p = Fma(p, r, C(1.0 / 6));
        p = Fma(p, r, C(0.5));
        return Fma(p * r, r, r);
    }

    /// <summary>sin(x + quarters π/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Wave(T x, int quarters)
    {
        // Up to the bound k · (π/2 in three parts) is subtracted exactly enough; neighbours beyond it are so far apart that no network
        // which has not diverged comes there, and any value in [−1, 1] will do.
        x = Clamp(x, C(default(TReal).IsSingle ? 4194304.0 : 1125899906842624.0));
        var biased = Fma(x, C(0.63661977236758134308), Magic);
        var k = biased - Magic;
        var single = default(TReal).IsSingle;
        var r = Fma(k, C(single ? -(double)1.57079637f : -1.5707963267948966), x);
        r = Fma(k, C(single ? (double)4.37113883e-8f : -6.123233995736766e-17), r);
        r = Fma(k, C(single ? (double)1.71512489e-15f : 1.4973849048591833e-33), r);
        var z = r * r;
        var quadrant = (default(TReal).Quadrant(biased) + quarters) & 3;
        var value = (quadrant & 1) == 0 ? Fma(SineSeries(z) * z, r, r) : CosineNear(z);
        return (quadrant & 2) == 0 ? value : -value;
    }

    // 1 − z/2 + z² q, with the rounding of 1 − z/2 carried along.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CosineNear(T z)
    {
        var lead = Fma(z, C(-0.5), C(1));
        var lost = Fma(z, C(-0.5), C(1) - lead);
        return lead + Fma(z * z, CosineSeries(z), lost);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SineSeries(T z)
    {
        T p;
        if (default(TReal).IsSingle)
        {
            p = C(1.0 / 362880);
        }
        else
        {
            p = C(1.0 / 355687428096000);
            p = Fma(p, z, C(-1.0 / 1307674368000));
            p = Fma(p, z, C(1.0 / 6227020800));
            p = Fma(p, z, C(-1.0 / 39916800));
            p = Fma(p, z, C(1.0 / 362880));
        }

        p = Fma(p, z, C(-1.0 / 5040));
        p = Fma(p, z, C(1.0 / 120));
        return Fma(p, z, C(-1.0 / 6));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CosineSeries(T z)
    {
        T q;
        if (default(TReal).IsSingle)
        {
            q = C(-1.0 / 3628800);
        }
        else
        {
            q = C(1.0 / 20922789888000);
            q = Fma(q, z, C(-1.0 / 87178291200));
            q = Fma(q, z, C(1.0 / 479001600));
            q = Fma(q, z, C(-1.0 / 3628800));
        }

        q = Fma(q, z, C(1.0 / 40320));
        q = Fma(q, z, C(-1.0 / 720));
        return Fma(q, z, C(1.0 / 24));
    }

    // 1/3 + z/5 + z²/7 + …: 5 or 11 terms for z ≤ 0.03, 8 or 16 for z ≤ 1/9.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ArtanhSeries(T z, bool wide)
    {
        var sum = C(0);
        if (!default(TReal).IsSingle && wide)
        {
            sum = C(1.0 / 33);
            sum = Fma(sum, z, C(1.0 / 31));
            sum = Fma(sum, z, C(1.0 / 29));
            sum = Fma(sum, z, C(1.0 / 27));
            sum = Fma(sum, z, C(1.0 / 25));
        }

        if (!default(TReal).IsSingle)
        {
            sum = Fma(sum, z, C(1.0 / 23));
            sum = Fma(sum, z, C(1.0 / 21));
            sum = Fma(sum, z, C(1.0 / 19));
        }

        if (!default(TReal).IsSingle || wide)
        {
            sum = Fma(sum, z, C(1.0 / 17));
            sum = Fma(sum, z, C(1.0 / 15));
            sum = Fma(sum, z, C(1.0 / 13));
        }

        sum = Fma(sum, z, C(1.0 / 11));
        sum = Fma(sum, z, C(1.0 / 9));
        sum = Fma(sum, z, C(1.0 / 7));
        sum = Fma(sum, z, C(1.0 / 5));
        return Fma(sum, z, C(1.0 / 3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ErfcxSeries(T t)
    {
        T p;
        if (default(TReal).IsSingle)
        {
            p = C(-0.00022411674674416021152);
            p = Fma(p, t, C(0.00039630761298936272219));
            p = Fma(p, t, C(0.0016759122179811311845));
            p = Fma(p, t, C(-0.0098444948596749509554));
            p = Fma(p, t, C(0.028409252364127258028));
            p = Fma(p, t, C(-0.058646858735546142856));
            p = Fma(p, t, C(0.092290769591303782833));
            p = Fma(p, t, C(-0.10881427014905069487));
            p = Fma(p, t, C(0.082278419983470466632));
            p = Fma(p, t, C(0.0035862703940246181059));
            p = Fma(p, t, C(-0.14024065832138641091));
            p = Fma(p, t, C(1.2375126192676998937));
            return p;
        }

        p = C(3.1114333716327804461e-10);
        p = Fma(p, t, C(-2.6231073477575594172e-9));
        p = Fma(p, t, C(-3.744210075917283013e-9));
        p = Fma(p, t, C(3.1979266719958717467e-8));
        p = Fma(p, t, C(2.326350869710893148e-8));
        p = Fma(p, t, C(-2.4857126248761619795e-7));
        p = Fma(p, t, C(-5.7218230587751192569e-8));
        p = Fma(p, t, C(1.7419821586319484365e-6));
        p = Fma(p, t, C(-9.7355989674945398479e-7));
        p = Fma(p, t, C(-0.000011438048033354311905));
        p = Fma(p, t, C(0.00002238423915508893769));
        p = Fma(p, t, C(0.000051646529741777867192));
        p = Fma(p, t, C(-0.00029015408054084401261));
        p = Fma(p, t, C(0.00029371437804495685064));
        p = Fma(p, t, C(0.0017556258528952958582));
        p = Fma(p, t, C(-0.0097465796832652619988));
        p = Fma(p, t, C(0.02836227741895640422));
        p = Fma(p, t, C(-0.05869339857664933843));
        p = Fma(p, t, C(0.092304321160377477765));
        p = Fma(p, t, C(-0.10880393014244461271));
        p = Fma(p, t, C(0.082276738490145207683));
        p = Fma(p, t, C(0.0035854154854790256378));
        p = Fma(p, t, C(-0.14024059858554696245));
        p = Fma(p, t, C(1.2375126308378275289));
        return p;
    }
}
