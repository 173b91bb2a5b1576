namespace PinnSweep.Numerics.Arithmetic;

/// <summary>
/// A number as the unevaluated sum of two doubles, some 31 digits: what closed forms are held against. Sums and products are error-free
/// transformations (Dekker, Numer. Math. 18, 1971, with fused multiply-add); elementary functions are reduced arguments and power series.
/// </summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    private static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);
    private static readonly DoubleDouble HalfPi = new(1.5707963267948966, 6.123233995736766e-17);

    /// <summary>The next digits of π/2, for arguments of many periods.</summary>
    private const double HalfPiRest = -1.4973849048591833e-33;

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static explicit operator double(DoubleDouble value) => value.High + value.Low;

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var (sum, error) = TwoSum(a.High, b.High);
        var (low, lowError) = TwoSum(a.Low, b.Low);
        (sum, error) = QuickTwoSum(sum, error + low);
        return Of(QuickTwoSum(sum, error + lowError));
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = a.High * b.High;
        var error = Math.FusedMultiplyAdd(a.High, b.High, -product);
        return Of(QuickTwoSum(product, error + (a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var first = a.High / b.High;
        var rest = a - (b * first);
        var second = rest.High / b.High;
        rest -= b * second;
        return (DoubleDouble)first + second + (rest.High / b.High);
    }

    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        if (x.High <= 0)
        {
            return Math.Sqrt(x.High);
        }

        DoubleDouble root = Math.Sqrt(x.High);
        return (root + (x / root)) * 0.5;
    }

    public static DoubleDouble Exp(DoubleDouble x)
    {
        if (x.High is > 709 or < -700)
        {
            return Math.Exp(x.High);
        }

        var k = Math.Round(x.High / Ln2.High);
        var r = (x - (Ln2 * k)) * (1.0 / 16);
        DoubleDouble sum = 1, term = 1;
        for (var n = 1; n < 24; n++)
        {
            term = term * r / n;
            sum += term;
        }

        for (var n = 0; n < 4; n++)
        {
            sum *= sum;
        }

        return sum * Math.ScaleB(1, (int)k);
    }

    public static DoubleDouble Log(DoubleDouble x)
    {
        DoubleDouble y = Math.Log(x.High);
        return y + (x * Exp(-y)) - 1;
    }

    public static DoubleDouble Tanh(DoubleDouble x)
    {
        if (Math.Abs(x.High) > 40)
        {
            return Math.Sign(x.High);
        }

        var e = Exp(x * -2);
        return (1 - e) / (1 + e);
    }

    public static DoubleDouble Sin(DoubleDouble x) => SinOfQuarter(x, 0);

    public static DoubleDouble Cos(DoubleDouble x) => SinOfQuarter(x, 1);

    /// <summary>One step of Newton from the nearest double: arctan x − y = arctan((x − tan y) / (1 + x tan y)), which is tiny.</summary>
    public static DoubleDouble Atan(DoubleDouble x)
    {
        DoubleDouble y = Math.Atan(x.High);
        if (!double.IsFinite(x.High))
        {
            return y;
        }

        var (sine, cosine) = (Sin(y), Cos(y));
        return y + (((x * cosine) - sine) / (cosine + (x * sine)));
    }

    /// <summary>erf x = 2/√π e^(−x²) Σ 2^k x^(2k+1) / (2k+1)!! (DLMF 7.6.2), a series without cancellation.</summary>
    public static DoubleDouble Erf(DoubleDouble x)
    {
        // erfc(9) = 4·10⁻³⁷ is lost in 1.
        if (!(Math.Abs(x.High) < 9))
        {
            return double.IsNaN(x.High) ? x : Math.Sign(x.High);
        }

        var (sum, term, square) = (x, x, x * x * 2);
        for (var k = 1; Math.Abs(term.High) > Math.Abs(sum.High) * 1e-34; k++)
        {
            term = term * square / ((2 * k) + 1);
            sum += term;
        }

        return sum * 2 * Exp(-(x * x)) / Sqrt(HalfPi * 2);
    }

    public static DoubleDouble Power(DoubleDouble x, double exponent)
    {
        if (exponent != Math.Round(exponent) || Math.Abs(exponent) > 64)
        {
            return Exp(Log(x) * exponent);
        }

        DoubleDouble power = 1;
        for (var n = Math.Abs(exponent); n > 0; n--)
        {
            power *= x;
        }

        return exponent < 0 ? 1 / power : power;
    }

    /// <summary>sin(x + quarters · π/2).</summary>
    private static DoubleDouble SinOfQuarter(DoubleDouble x, int quarters)
    {
        var k = Math.Round(x.High / HalfPi.High);
        var r = x - (HalfPi * k) - (HalfPiRest * k);
        var quadrant = (int)((((k + quarters) % 4) + 4) % 4);
        var square = r * r;
        var isCosine = quadrant % 2 == 1;
        var term = isCosine ? 1 : r;
        var sum = term;
        for (var n = isCosine ? 1 : 2; n < 32; n += 2)
        {
            term = -(term * square) / (n * (n + 1.0));
            sum += term;
        }

        return quadrant >= 2 ? -sum : sum;
    }

    private static DoubleDouble Of((double High, double Low) pair) => new(pair.High, pair.Low);

    private static (double Sum, double Error) TwoSum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return (sum, a - (sum - part) + (b - part));
    }

    private static (double Sum, double Error) QuickTwoSum(double a, double b)
    {
        var sum = a + b;
        return (sum, b - (sum - a));
    }
}
