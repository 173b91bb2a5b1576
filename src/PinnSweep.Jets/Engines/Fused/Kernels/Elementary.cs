using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Kernels;

/// <summary>
/// Elementary functions a vector at a time, without branches except for arguments that no network has. The polynomials are Taylor series
/// cut where the remainder is below half a unit in the last place on the reduced range. Measured against the exact function, in units in
/// the last place: at most 3 in single precision, 2 in double.
/// </summary>
internal static class Elementary<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(TScalar) == typeof(float);
    }

    private static int MantissaBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsSingle ? 23 : 52;
    }

    private static int Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsSingle ? 32 : 64;
    }

    // 1.5 · 2^mantissa: adding it rounds to an integer and leaves that integer in the low bits.
    private static double Magic
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsSingle ? 12582912.0 : 6755399441055744.0;
    }

    /// <summary>tanh x = t / (t + 2) with t = e²ˣ − 1, which is accurate relative to tanh near 0 as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        // Beyond the bound tanh rounds to ±1. The order of arguments lets what is not a number through.
        var bound = IsSingle ? 9.1 : 19.1;
        x = TSimd.Max(TSimd.Constant(-bound), TSimd.Min(TSimd.Constant(bound), x));
        var (fraction, biased) = ReducedExponential(TSimd.Add(x, x));
        var scale = PowerOfTwo(biased);
        var t = TSimd.MultiplyAdd(scale, fraction, TSimd.Subtract(scale, TSimd.Constant(1)));
        return TSimd.Divide(t, TSimd.Add(t, TSimd.Constant(2)));
    }

    /// <summary>eˣ, 0 and ∞ beyond the range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        var bound = IsSingle ? 104.0 : 746.0;
        x = TSimd.Max(TSimd.Constant(-bound), TSimd.Min(TSimd.Constant(bound), x));
        var (fraction, biased) = ReducedExponential(x);

        // Two factors, so that results near the ends of the range neither overflow early nor lose their denormals.
        var n = TSimd.Subtract(biased, TSimd.Constant(Magic));
        var half = TSimd.MultiplyAdd(n, TSimd.Constant(0.5), TSimd.Constant(Magic));
        var rest = TSimd.Add(TSimd.Subtract(n, TSimd.Subtract(half, TSimd.Constant(Magic))), TSimd.Constant(Magic));
        var y = TSimd.Add(fraction, TSimd.Constant(1));
        return TSimd.Multiply(TSimd.Multiply(y, PowerOfTwo(half)), PowerOfTwo(rest));
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector x) =>
        TSimd.Divide(TSimd.Constant(1), TSimd.Add(TSimd.Constant(1), Exp(TSimd.Negate(x))));

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), the logarithm by 2 artanh(e / (2 + e)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Softplus(TVector x)
    {
        var e = Exp(TSimd.Negate(TSimd.Abs(x)));
        var s = TSimd.Divide(e, TSimd.Add(e, TSimd.Constant(2)));
        var series = ArtanhSeries(TSimd.Multiply(s, s), wide: true);
        var twice = TSimd.Add(s, s);
        var logarithm = TSimd.MultiplyAdd(TSimd.Multiply(twice, TSimd.Multiply(s, s)), series, twice);
        return TSimd.Add(TSimd.Max(TSimd.Constant(0), x), logarithm);
    }

    /// <summary>ln x; −∞ at 0 and not a number below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log(TVector x)
    {
        // Denormals are scaled into the normal range first.
        var tiny = IsSingle ? 1.17549435e-38 : 2.2250738585072014e-308;
        var lift = IsSingle ? 8388608.0 : 4503599627370496.0;
        var small = TSimd.LessThan(x, TSimd.Constant(tiny));
        var y = TSimd.Select(small, TSimd.Multiply(x, TSimd.Constant(lift)), x);

        // x = 2ᵏ m with m in [√½, √2).
        var offset = TSimd.SubtractBits(y, TSimd.Constant(0.70710678118654752));
        var exponent = TSimd.ShiftRightArithmetic(offset, MantissaBits);
        var m = TSimd.SubtractBits(y, TSimd.ShiftLeft(exponent, MantissaBits));
        var k = TSimd.Subtract(TSimd.AddBits(TSimd.Constant(Magic), exponent), TSimd.Constant(Magic));
        k = TSimd.Subtract(k, TSimd.And(small, TSimd.Constant(MantissaBits)));

        // ln(1 + f) = f − (f²/2 − s (f²/2 + R)) with s = f / (2 + f) and R = 2 s² (1/3 + s²/5 + …), so that f stays exact.
        var f = TSimd.Subtract(m, TSimd.Constant(1));
        var s = TSimd.Divide(f, TSimd.Add(f, TSimd.Constant(2)));
        var z = TSimd.Multiply(s, s);
        var r = TSimd.Multiply(TSimd.Add(z, z), ArtanhSeries(z, wide: false));
        var halfSquare = TSimd.Multiply(TSimd.Multiply(f, f), TSimd.Constant(0.5));
        var high = IsSingle ? 0.693145751953125 : 0.693147180369123816490;
        var low = IsSingle ? 1.42860682030941723212e-6 : 1.90821492927058770002e-10;
        var tail = TSimd.Subtract(TSimd.MultiplyAdd(s, TSimd.Add(halfSquare, r), TSimd.Multiply(k, TSimd.Constant(low))), halfSquare);
        var result = TSimd.MultiplyAdd(k, TSimd.Constant(high), TSimd.Add(f, tail));

        var zero = TSimd.Constant(0);
        result = TSimd.Select(TSimd.LessThan(TSimd.Constant(IsSingle ? float.MaxValue : double.MaxValue), x), x, result);
        result = TSimd.Select(TSimd.LessThan(zero, x), result, TSimd.Constant(double.NaN));
        return TSimd.Select(TSimd.LessThan(zero, TSimd.Abs(x)), result, TSimd.Select(TSimd.LessThan(TSimd.Abs(x), TSimd.Constant(1)), TSimd.Constant(double.NegativeInfinity), x));
    }

    /// <summary>Sine and cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Sine, TVector Cosine) SinCos(TVector x)
    {
        // Up to the bound k · (π/2 in three parts) is subtracted exactly enough; beyond it lanes are taken one by one.
        var bound = IsSingle ? 8192.0 : 1048576.0;
        return TSimd.AllLess(TSimd.Abs(x), TSimd.Constant(bound)) ? ReducedSinCos(x) : SinCosByLane(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Sine, TVector Cosine) ReducedSinCos(TVector x)
    {
        var biased = TSimd.MultiplyAdd(x, TSimd.Constant(0.63661977236758134308), TSimd.Constant(Magic));
        var k = TSimd.Subtract(biased, TSimd.Constant(Magic));

        // π/2 = high + middle + low, each rounded to the precision in turn.
        var high = IsSingle ? (double)1.57079637f : 1.5707963267948966;
        var middle = IsSingle ? (double)-4.37113883e-8f : 6.123233995736766e-17;
        var low = IsSingle ? (double)-1.71512489e-15f : -1.4973849048591833e-33;
        var r = TSimd.NegatedMultiplyAdd(k, TSimd.Constant(high), x);
        r = TSimd.NegatedMultiplyAdd(k, TSimd.Constant(middle), r);
        r = TSimd.NegatedMultiplyAdd(k, TSimd.Constant(low), r);

        var z = TSimd.Multiply(r, r);
        var one = TSimd.Constant(1);
        TVector p, q;
        if (IsSingle)
        {
            p = TSimd.Constant(1.0 / 362880);
            q = TSimd.Constant(-1.0 / 3628800);
        }
        else
        {
            p = TSimd.Constant(1.0 / 355687428096000);
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 1307674368000));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 6227020800));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 39916800));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 362880));
            q = TSimd.Constant(1.0 / 20922789888000);
            q = TSimd.MultiplyAdd(q, z, TSimd.Constant(-1.0 / 87178291200));
            q = TSimd.MultiplyAdd(q, z, TSimd.Constant(1.0 / 479001600));
            q = TSimd.MultiplyAdd(q, z, TSimd.Constant(-1.0 / 3628800));
        }

        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 5040));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(1.0 / 120));
        p = TSimd.MultiplyAdd(p, z, TSimd.Constant(-1.0 / 6));
        q = TSimd.MultiplyAdd(q, z, TSimd.Constant(1.0 / 40320));
        q = TSimd.MultiplyAdd(q, z, TSimd.Constant(-1.0 / 720));
        q = TSimd.MultiplyAdd(q, z, TSimd.Constant(1.0 / 24));
        var sine = TSimd.MultiplyAdd(TSimd.Multiply(p, z), r, r);

        // 1 − z/2 + z² q, with the rounding of 1 − z/2 carried along.
        var lead = TSimd.NegatedMultiplyAdd(z, TSimd.Constant(0.5), one);
        var lost = TSimd.NegatedMultiplyAdd(z, TSimd.Constant(0.5), TSimd.Subtract(one, lead));
        var cosine = TSimd.Add(lead, TSimd.MultiplyAdd(TSimd.Multiply(z, z), q, lost));

        var swap = TSimd.ShiftRightArithmetic(TSimd.ShiftLeft(biased, Size - 1), Size - 1);
        var signMask = TSimd.Bits(IsSingle ? int.MinValue : long.MinValue);
        var next = TSimd.AddBits(biased, TSimd.Bits(1));
        var sineSign = TSimd.And(TSimd.ShiftLeft(biased, Size - 2), signMask);
        var cosineSign = TSimd.And(TSimd.ShiftLeft(next, Size - 2), signMask);
        return (TSimd.Xor(TSimd.Select(swap, cosine, sine), sineSign), TSimd.Xor(TSimd.Select(swap, sine, cosine), cosineSign));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe (TVector Sine, TVector Cosine) SinCosByLane(TVector x)
    {
        TVector sine = default, cosine = default;
        var from = (TScalar*)&x;
        var sines = (TScalar*)&sine;
        var cosines = (TScalar*)&cosine;
        for (var lane = 0; lane < TSimd.Lanes; lane++)
        {
            var (s, c) = Math.SinCos(Scalar.ToDouble(from[lane]));
            sines[lane] = Scalar.From<TScalar>(s);
            cosines[lane] = Scalar.From<TScalar>(c);
        }

        return (sine, cosine);
    }

    /// <summary>The normal distribution: Φ(z) and its density φ(z), which share one exponential.</summary>
    /// <remarks>Φ(−z) = ½ e^(−z²/2) erfcx(z/√2) for z ≥ 0; (1 + 2x) erfcx(x) is a polynomial in (x − 3.75)/(x + 3.75) (Shepherd and
    /// Laframboise 1981), fitted at 50 digits.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Distribution, TVector Density) Normal(TVector z)
    {
        var one = TSimd.Constant(1);
        var x = TSimd.Multiply(TSimd.Abs(z), TSimd.Constant(0.70710678118654752440));
        var e = Exp(TSimd.Multiply(TSimd.Multiply(z, z), TSimd.Constant(-0.5)));
        var t = TSimd.Divide(TSimd.Subtract(x, TSimd.Constant(3.75)), TSimd.Add(x, TSimd.Constant(3.75)));
        TVector p;
        if (IsSingle)
        {
            p = TSimd.Constant(-0.00022411674674416021152);
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.00039630761298936272219));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.0016759122179811311845));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-0.0098444948596749509554));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.028409252364127258028));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-0.058646858735546142856));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.092290769591303782833));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-0.10881427014905069487));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.082278419983470466632));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.0035862703940246181059));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-0.14024065832138641091));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(1.2375126192676998937));
        }
        else
        {
            p = TSimd.Constant(3.1114333716327804461e-10);
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-2.6231073477575594172e-9));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-3.744210075917283013e-9));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(3.1979266719958717467e-8));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(2.326350869710893148e-8));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-2.4857126248761619795e-7));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-5.7218230587751192569e-8));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(1.7419821586319484365e-6));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-9.7355989674945398479e-7));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-0.000011438048033354311905));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.00002238423915508893769));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.000051646529741777867192));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-0.00029015408054084401261));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.00029371437804495685064));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.0017556258528952958582));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-0.0097465796832652619988));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.02836227741895640422));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-0.05869339857664933843));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.092304321160377477765));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-0.10880393014244461271));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.082276738490145207683));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(0.0035854154854790256378));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(-0.14024059858554696245));
            p = TSimd.MultiplyAdd(p, t, TSimd.Constant(1.2375126308378275289));
        }

        var scaled = TSimd.Divide(p, TSimd.MultiplyAdd(x, TSimd.Constant(2), one));
        var tail = TSimd.Multiply(TSimd.Multiply(e, TSimd.Constant(0.5)), scaled);
        var distribution = TSimd.Select(TSimd.LessThan(z, TSimd.Constant(0)), tail, TSimd.Subtract(one, tail));
        return (distribution, TSimd.Multiply(e, TSimd.Constant(0.39894228040143267794)));
    }

    /// <summary>x = n ln 2 + r with |r| ≤ ln 2 / 2: eʳ − 1, and n added to <see cref="Magic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Fraction, TVector Biased) ReducedExponential(TVector x)
    {
        var biased = TSimd.MultiplyAdd(x, TSimd.Constant(1.4426950408889634074), TSimd.Constant(Magic));
        var n = TSimd.Subtract(biased, TSimd.Constant(Magic));
        var high = IsSingle ? 0.693145751953125 : 0.693147180369123816490;
        var low = IsSingle ? 1.42860682030941723212e-6 : 1.90821492927058770002e-10;
        var r = TSimd.NegatedMultiplyAdd(n, TSimd.Constant(high), x);
        r = TSimd.NegatedMultiplyAdd(n, TSimd.Constant(low), r);
        TVector p;
        if (IsSingle)
        {
            p = TSimd.Constant(1.0 / 5040);
        }
        else
        {
            p = TSimd.Constant(1.0 / 87178291200);
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 6227020800));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 479001600));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 39916800));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 3628800));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 362880));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 40320));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 5040));
        }

        p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 720));
        p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 120));
        p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 24));
        p = TSimd.MultiplyAdd(p, r, TSimd.Constant(1.0 / 6));
        p = TSimd.MultiplyAdd(p, r, TSimd.Constant(0.5));
        return (TSimd.MultiplyAdd(TSimd.Multiply(p, r), r, r), biased);
    }

    /// <summary>2ⁿ from n + <see cref="Magic"/>, n within the normal exponents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PowerOfTwo(TVector biased)
    {
        // The low bits hold n; the bits of Magic above them are shifted out.
        var bias = TSimd.Bits(IsSingle ? 127 : 1023);
        return TSimd.ShiftLeft(TSimd.AddBits(biased, bias), MantissaBits);
    }

    /// <summary>1/3 + z/5 + z²/7 + …: 5 or 11 terms for z ≤ 0.03, 8 or 16 for z ≤ 1/9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ArtanhSeries(TVector z, bool wide)
    {
        TVector sum;
        if (IsSingle)
        {
            sum = TSimd.Constant(1.0 / 11);
            if (wide)
            {
                sum = TSimd.Constant(1.0 / 17);
                sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 15));
                sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 13));
                sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 11));
            }
        }
        else
        {
            sum = TSimd.Constant(1.0 / 23);
            if (wide)
            {
                sum = TSimd.Constant(1.0 / 33);
                sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 31));
                sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 29));
                sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 27));
                sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 25));
                sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 23));
            }

            sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 21));
            sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 19));
            sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 17));
            sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 15));
            sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 13));
            sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 11));
        }

        sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 9));
        sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 7));
        sum = TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 5));
        return TSimd.MultiplyAdd(sum, z, TSimd.Constant(1.0 / 3));
    }
}
