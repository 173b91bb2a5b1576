using System.Globalization;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Texts;

/// <summary>Numbers as text, the same in every culture.</summary>
public static class NumberText
{
    /// <summary><c>1.23e-3</c>: <paramref name="digits"/> significant digits, no padding of the exponent.</summary>
    public static string Scientific(double value, int digits)
    {
        var (mantissa, exponent) = Split(value, digits);
        return exponent is null ? mantissa : $"{mantissa}e{exponent.Value.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Mantissa and exponent of the rounded number; no exponent where the number is zero or not finite.</summary>
    public static (string Mantissa, int? Exponent) Split(double value, int digits)
    {
        if (!double.IsFinite(value))
        {
            return (NonFinite(value), null);
        }

        if (value == 0)
        {
            return ("0", null);
        }

        var text = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        return (text[..at], int.Parse(text[(at + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary><paramref name="digits"/> significant digits, written out: <c>0.0123</c>, <c>12.3</c>, <c>1230</c>.</summary>
    public static string Decimal(double value, int digits)
    {
        if (!double.IsFinite(value))
        {
            return NonFinite(value);
        }

        if (value == 0)
        {
            return "0";
        }

        // Rounded first, so that 9.996 counts its digits as 10.0.
        var rounded = double.Parse(value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var decimals = Math.Max(0, digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(rounded))));
        return rounded.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The shortest text that reads back to the same bits.</summary>
    public static string RoundTrip(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : NonFinite(value);

    /// <summary>This many digits after the point: for numbers of one known scale.</summary>
    public static string Fixed(double value, int decimals) =>
        double.IsFinite(value) ? value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : NonFinite(value);

    /// <summary><c>[0.06, 0.79]</c>: both ends with this many digits after the point.</summary>
    public static string Range(Interval interval, int decimals) => $"[{Fixed(interval.Lower, decimals)}, {Fixed(interval.Upper, decimals)}]";

    /// <summary>A count, or the half between two: <c>12,800</c>.</summary>
    public static string Count(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture);

    /// <summary>A probability: three digits, and below a thousandth only that it is below.</summary>
    public static string Probability(double p) => p < 0.001 ? "<0.001" : p.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>A duration in the largest unit that keeps it above one.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 120 => $"{Decimal(seconds, 3)} s",
        < 7200 => $"{Decimal(seconds / 60, 3)} min",
        _ => $"{Decimal(seconds / 3600, 3)} h",
    };

    private static string NonFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
}
