namespace PinnSweep.Problems.Scales;

/// <summary>
/// Round numbers as units. A size within a factor of 10^1.5 of one is left as it is, so a file whose numbers are fine stays the very same
/// problem. Powers of 1000 come first, because with them a problem in metres and the same in nanometres meet in the same own units.
/// </summary>
internal static class RoundUnits
{
    private const double FineDecades = 1.5;
    private const double FarOff = 30;

    /// <summary>Whether a quantity of this size is left as it is.</summary>
    public static bool IsFine(double size) => !(size > 0) || !double.IsFinite(size) || Math.Abs(Math.Log10(size)) <= FineDecades;

    /// <summary>The unit of a quantity of this size: 1 where that is fine, or where nothing is known of it.</summary>
    /// <param name="size">The size.</param>
    /// <param name="isThousands">
    /// Whether powers of 1000 are enough, though the size in them is as far from one as what is left as it is.
    /// </param>
    public static double SizeOf(double size, bool isThousands = false)
    {
        if (IsFine(size))
        {
            return 1;
        }

        var thousands = (int)Math.Round(Math.Log10(size) / 3);
        var left = size / Power(3 * thousands);
        return Math.Abs(thousands) > 1 && (isThousands || left is >= 0.1 and <= 10) ? Power(3 * thousands) : Power((int)Math.Round(Math.Log10(size)));
    }

    /// <summary>Whether values so far from zero are told apart badly by numbers of few digits.</summary>
    /// <param name="lower">The smallest.</param>
    /// <param name="upper">The largest.</param>
    /// <param name="half">Half the width of what they vary by.</param>
    public static bool IsFarOff(double lower, double upper, double half) => half > 0 && Math.Abs(lower + ((upper - lower) / 2)) > FarOff * half;

    /// <summary>The number with the fewest digits between two, of these the nearest to their middle.</summary>
    public static double Between(double lower, double upper)
    {
        var middle = lower + ((upper - lower) / 2);
        for (var digits = (int)Math.Ceiling(Math.Log10(Math.Max(Math.Abs(lower), Math.Abs(upper)))); digits > -300; digits--)
        {
            var step = Power(Math.Abs(digits));
            var found = digits >= 0 ? Math.Round(middle / step) * step : Math.Round(middle * step) / step;
            if (found >= lower && found <= upper)
            {
                return found;
            }
        }

        return middle;
    }

    /// <summary>Without what products of powers of ten leave in the last digits.</summary>
    public static double Rounded(double value) => double.Parse(value.ToString("G12", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A power of ten as the number that is written so, which products of tens are not beyond 10²².</summary>
    private static double Power(int exponent) => double.Parse(FormattableString.Invariant($"1e{exponent}"), System.Globalization.CultureInfo.InvariantCulture);
}
