using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// The colours of fields. Between colours given by hand the maps are straight in OKLab (Ottosson 2020), where equal distances look equal,
/// with so many levels that no eye sees a step. Signed values go from blue over nearly white to red, as dark on one side as on the other,
/// which readers with any colour vision can distinguish; values of one sign have viridis, and errors magma the other way round (van der
/// Walt and Smith 2015, in the public domain by CC0).
/// </summary>
internal static class FieldColours
{
    /// <summary>Levels of a map. With three further colours they make a palette of 256.</summary>
    public const int Levels = 253;

    /// <summary>The first of the further colours of a palette: light stripes.</summary>
    public const int LightStripe = Levels;

    /// <summary>Dark stripes.</summary>
    public const int DarkStripe = Levels + 1;

    /// <summary>No value.</summary>
    public const int Missing = Levels + 2;

    // The middle is not grey to the last digit, so that no page on dark ground takes it for paper.
    private static readonly Lazy<SKColor[]> Signed = new(() => Map("#123B6D", "#2E6FAE", "#7FB2D9", "#F6F6F4", "#EFA27F", "#C24B40", "#701626"));
    private static readonly Lazy<SKColor[]> OneSigned = new(() => Map("#440154", "#472D7B", "#3B528B", "#2C728E", "#21918C", "#28AE80", "#5EC962", "#ADDC30", "#FDE725"));
    private static readonly Lazy<SKColor[]> Deviation = new(() => Map("#FCFDBF", "#FECA8D", "#FD9668", "#F1605D", "#CD4071", "#9E2F7F", "#721F81", "#440F76", "#180F3D"));

    /// <summary>All colours of a map: its levels from low to high, then stripes and what is missing.</summary>
    public static SKColor[] Palette(FieldColouring colouring) => colouring switch
    {
        FieldColouring.Signed => Signed.Value,
        FieldColouring.OneSigned => OneSigned.Value,
        _ => Deviation.Value,
    };

    /// <summary>The colour of a share of a scale, its end where the share lies beyond.</summary>
    public static SKColor Of(FieldColouring colouring, double share) => Palette(colouring)[Level(share)];

    /// <summary>The place of a share in a palette.</summary>
    public static int Level(double share) => (int)Math.Round((Levels - 1) * Math.Clamp(share, 0, 1));

    /// <summary>The place of the stripes that are seen on a level.</summary>
    public static int Stripe(FieldColouring colouring, int level) => HeatColours.InkOn(Palette(colouring)[level]) == SKColors.White ? LightStripe : DarkStripe;

    private static SKColor[] Map(params string[] colours)
    {
        var points = colours.Select(colour => OkLab.Of(SKColor.Parse(colour))).ToArray();
        return
        [
            .. Enumerable.Range(0, Levels).Select(level =>
            {
                var at = (double)level / (Levels - 1) * (points.Length - 1);
                var below = Math.Min((int)at, points.Length - 2);
                return points[below].Towards(points[below + 1], at - below).ToColour();
            }),
            SKColors.White, SKColor.Parse("#1A1A1A"), SKColor.Parse("#8A8A8A"),
        ];
    }
}
