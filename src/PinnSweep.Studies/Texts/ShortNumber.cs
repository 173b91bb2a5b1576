using System.Globalization;

namespace PinnSweep.Studies.Texts;

/// <summary>Numbers as a person writes them: <c>1e-5</c>, not <c>1E-05</c>, and long ones shortened. For people, never for keys.</summary>
public static class ShortNumber
{
    /// <summary>Digits that a long number keeps.</summary>
    public const int Digits = 4;

    /// <summary>As many digits as any number has: nothing is shortened.</summary>
    public const int All = 17;

    // To save a digit or two is not worth an approximation.
    private const int Longest = 5;

    /// <summary>
    /// The number, with <paramref name="digits"/> significant digits where it has more than five: 1.7320508 is 1.732. Whole numbers stay
    /// whole, and a number that would look rounder than it is (0.999999 is not 1) keeps the digits up to the first that makes the
    /// difference.
    /// </summary>
    public static string Of(double value, int digits = Digits)
    {
        var exact = Written(value);
        var own = Significant(exact);
        if (!double.IsFinite(value) || own <= Math.Max(Longest, digits) || (Math.Abs(value) < 1e15 && Math.Floor(value) == value))
        {
            return exact;
        }

        for (; digits < own; digits++)
        {
            var rounded = Written(double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
            if (Significant(rounded) == digits)
            {
                return rounded;
            }
        }

        return exact;
    }

    /// <summary>At most so many significant digits, without zeros at the end: <c>0.25</c>, <c>1.5e-7</c>.</summary>
    public static string Rounded(double value, int digits) => Written(double.IsFinite(value) ? double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0 : value);

    private static string Written(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        return parts.Length == 1 ? parts[0] : string.Create(CultureInfo.InvariantCulture, $"{parts[0]}e{int.Parse(parts[1], CultureInfo.InvariantCulture)}");
    }

    private static int Significant(string number) => number.Split('e')[0].Replace(".", "", StringComparison.Ordinal).Trim('-').Trim('0').Length;
}
