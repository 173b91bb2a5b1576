using ScottPlot;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// How a series looks. Colours are those of Okabe and Ito (2008), told apart by people with any colour vision; dashes and markers tell the
/// series apart in grey. Yellow is left out: it does not show on white.
/// </summary>
internal sealed record SeriesStyle(Color Color, LinePattern Pattern, MarkerShape Marker)
{
    private static readonly string[] Colors = ["#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A7A7A"];

    private static readonly LinePattern[] Patterns =
    [
        LinePattern.Solid,
        new([6, 2.5f], 0, "dashed"),
        new([9, 2, 2, 2], 0, "dash-dot"),
        new([2, 2], 0, "dotted"),
        new([12, 3], 0, "long-dashed"),
    ];

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown,
        MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.OpenTriangleUp, MarkerShape.OpenDiamond,
    ];

    public static SeriesStyle Of(int index) => new(
        Color.FromHex(Colors[index % Colors.Length]),
        Patterns[(index + (index / Colors.Length)) % Patterns.Length],
        Markers[index % Markers.Length]);

    public bool IsOpen => Marker is MarkerShape.OpenCircle or MarkerShape.OpenSquare or MarkerShape.OpenTriangleUp or MarkerShape.OpenDiamond;
}
