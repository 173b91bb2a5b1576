using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Colours of numbers. The sequential scales fall evenly in lightness, so that they read in grey; the diverging one goes from orange over
/// white to blue, which readers with any colour vision can distinguish. Its squares show their numbers, because in grey both sides look
/// alike.
/// </summary>
internal static class HeatColours
{
    // Sampled by hand in CIELAB: lightness 97 to 22 in even steps over yellow-green, teal and dark blue.
    private static readonly SKColor[] Sequential =
    [
        SKColor.Parse("#FFFBE0"), SKColor.Parse("#E1EFB9"), SKColor.Parse("#A9DBB5"), SKColor.Parse("#66C1BC"), SKColor.Parse("#359DBA"), SKColor.Parse("#2B72A6"), SKColor.Parse("#2B4A85"), SKColor.Parse("#1B2A55"),
    ];

    private static readonly SKColor[] Oranges =
    [
        SKColor.Parse("#FFF8EF"), SKColor.Parse("#FDE3C3"), SKColor.Parse("#FBC08A"), SKColor.Parse("#F0954B"), SKColor.Parse("#D56A1E"), SKColor.Parse("#A5470D"), SKColor.Parse("#6E2C06"), SKColor.Parse("#3D1602"),
    ];

    private static readonly SKColor[] Diverging =
    [
        SKColor.Parse("#A34A00"), SKColor.Parse("#E0863A"), SKColor.Parse("#F8CDA4"), SKColor.Parse("#FFFFFF"), SKColor.Parse("#B4D4EA"), SKColor.Parse("#4D96C8"), SKColor.Parse("#00558F"),
    ];

    /// <summary>A colour for a share from 0 to 1 of the scale.</summary>
    public static SKColor Of(HeatScale scale, double share)
    {
        var colours = scale switch
        {
            HeatScale.Probability => Diverging,
            HeatScale.Deviation => Oranges,
            _ => Sequential,
        };
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
        HeatScale.Signed => high > 0 ? (value + high) / (2 * high) : 0.5,
        _ => high > low && value > 0 ? (Math.Log10(value) - Math.Log10(low)) / (Math.Log10(high) - Math.Log10(low)) : 0,
    };

    /// <summary>Black or white, whichever is read on the colour.</summary>
    public static SKColor InkOn(SKColor ground) =>
        (0.299 * ground.Red) + (0.587 * ground.Green) + (0.114 * ground.Blue) > 140 ? SKColor.Parse("#1A1A1A") : SKColors.White;
}
