using ScottPlot;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// How a series looks. Colours are those of Okabe and Ito (2008), told apart by people with any colour vision; dashes and markers tell the
/// series apart in grey. Yellow is left out: it does not show on white. Of the first six, which are the most that one figure compares, any
/// two are 10 or more apart by CIEDE2000, also as protanopes, deuteranopes and tritanopes see them.
/// </summary>
internal sealed record SeriesStyle(Color Color, LinePattern Pattern, MarkerShape Marker)
{
    /// <summary>So many are told apart in one pair of axes.</summary>
    public const int MostCompared = 6;

    private static readonly string[] Colors = ["#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

    // Terms of a loss may be many: those beyond have darker and lighter colours of the same hues, and no two are the same.
    private static readonly (double Share, byte Towards)[] Shades = [(0, 0), (0.45, 0), (0.5, 255)];

    private static readonly SeriesStyle Behind = new(Color.FromHex("#BDBDBD"), LinePattern.Solid, MarkerShape.None);

    private static readonly LinePattern[] Patterns =
    [
        LinePattern.Solid,
        new([6, 2.5f], 0, "dashed"),
        new([9, 2, 2, 2], 0, "dash-dot"),
        new([2, 2], 0, "dotted"),
        new([12, 3], 0, "long-dashed"),
        new([8, 2, 1.6f, 2, 1.6f, 2], 0, "dash-dot-dot"),
    ];

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown,
        MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.OpenTriangleUp, MarkerShape.OpenDiamond,
    ];

    public static SeriesStyle Of(int index) => index < 0 ? Behind : new(
        Shade(Color.FromHex(Colors[index % Colors.Length]), index / Colors.Length),
        Patterns[(index + (index / Colors.Length)) % Patterns.Length],
        Markers[index % Markers.Length]);

    public bool IsOpen => Marker is MarkerShape.OpenCircle or MarkerShape.OpenSquare or MarkerShape.OpenTriangleUp or MarkerShape.OpenDiamond;

    // Black has no darker shade: it becomes lighter by turns.
    private static Color Shade(Color colour, int turn)
    {
        var (share, towards) = colour is { R: 0, G: 0, B: 0 } && turn % Shades.Length > 0 ? (0.2 + (0.2 * (turn % Shades.Length)), (byte)255) : Shades[turn % Shades.Length];
        byte Mix(byte from) => (byte)Math.Round(from + (share * (towards - from)));
        return new(Mix(colour.R), Mix(colour.G), Mix(colour.B));
    }
}
