using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Colours of numbers. The sequential scales fall evenly in lightness, so that they read in grey; the diverging one goes from orange over
/// white to blue, which readers with any colour vision can distinguish. Its squares show their numbers, because in grey both sides look
/// alike.
/// </summary>
internal static class HeatColours
{
    private const double LeastFactor = 2;

    // (L + 0.05) ÷ 0.05 = 1.05 ÷ (L + 0.05).
    private const double Even = 0.1791;

    // Sampled by hand in CIELAB: lightness 97 to 22 in even steps over yellow-green, teal and dark blue.
    private static readonly SKColor[] Sequential =
    [
        SKColor.Parse("#FFFBE0"), SKColor.Parse("#E1EFB9"), SKColor.Parse("#A9DBB5"), SKColor.Parse("#66C1BC"), SKColor.Parse("#359DBA"), SKColor.Parse("#2B72A6"), SKColor.Parse("#2B4A85"), SKColor.Parse("#1B2A55"),
    ];

    private static readonly SKColor[] Diverging =
    [
        SKColor.Parse("#A34A00"), SKColor.Parse("#E0863A"), SKColor.Parse("#F8CDA4"), SKColor.Parse("#FFFFFF"), SKColor.Parse("#B4D4EA"), SKColor.Parse("#4D96C8"), SKColor.Parse("#00558F"),
    ];

    /// <summary>A colour for a share from 0 to 1 of the scale.</summary>
    public static SKColor Of(HeatScale scale, double share)
    {
        var colours = scale == HeatScale.Probability ? Diverging : Sequential;
        var at = Math.Clamp(share, 0, 1) * (colours.Length - 1);
        var below = Math.Min((int)at, colours.Length - 2);
        var (a, b, t) = (colours[below], colours[below + 1], at - below);
        byte Mix(byte from, byte to) => (byte)Math.Round(from + (t * (to - from)));
        return new(Mix(a.Red, b.Red), Mix(a.Green, b.Green), Mix(a.Blue, b.Blue));
    }

    /// <summary>Where a value lies between the ends of its scale.</summary>
    public static double Share(HeatScale scale, double value, double low, double high) => scale switch
    {
        HeatScale.Probability or HeatScale.Share => value,
        _ => high > low && value > 0 ? (Math.Log10(value) - Math.Log10(low)) / (Math.Log10(high) - Math.Log10(low)) : 0,
    };

    /// <summary>
    /// The ends of a map's scale. Probabilities have all of theirs, and numbers at least a factor of two to each side of their middle, so that
    /// what differs little looks so.
    /// </summary>
    public static (double Low, double High) Range(HeatMap map)
    {
        double[] known = [.. map.Values.SelectMany(row => row).Where(value => double.IsFinite(value) && value > 0)];
        if (map.Scale != HeatScale.Logarithmic || known.Length == 0)
        {
            return (0, 1);
        }

        var (low, high) = (known.Min(), known.Max());
        var middle = Math.Sqrt(low) * Math.Sqrt(high);
        return (Math.Min(low, middle / LeastFactor), Math.Max(high, middle * LeastFactor));
    }

    /// <summary>Black or white, whichever has more contrast with the colour (WCAG 2, relative luminance); never less than 4.5.</summary>
    public static SKColor InkOn(SKColor ground) => Luminance(ground) > Even ? SKColors.Black : SKColors.White;

    private static double Luminance(SKColor colour) => (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue));

    private static double Linear(byte level) => level / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
}
