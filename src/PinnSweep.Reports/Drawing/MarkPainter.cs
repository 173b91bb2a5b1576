using ScottPlot;

namespace PinnSweep.Reports.Drawing;

/// <summary>How single results are drawn: faint ones first, over the staircase of those that no other is better than in both.</summary>
internal static class MarkPainter
{
    private const float Size = 8.5f;
    private const double Faint = 0.35;
    private static readonly Color Grey = Color.FromHex("#7A7A7A");
    private static readonly Color Stairs = Color.FromHex("#9A9A9A");

    /// <summary>How a mark looks, in panels and legends alike.</summary>
    public static MarkerStyle Style(int style, bool isFaint)
    {
        var look = SeriesStyle.Of(style);
        var (shape, colour, isOpen) = style == FigureSeries.Behind ? (MarkerShape.OpenCircle, Grey, true) : (look.Marker, look.Color, look.IsOpen);
        colour = isFaint ? colour.WithAlpha(Faint) : colour;
        return new(shape, style == FigureSeries.Behind ? 5.5f : Size, colour)
        {
            LineColor = colour,
            LineWidth = isOpen ? 1.6f : 0,
            OutlineColor = isOpen ? colour : Colors.White,
            OutlineWidth = isOpen ? 0 : 0.8f,
        };
    }

    /// <summary>Puts staircase and marks of a panel into its plot.</summary>
    public static void Add(Plot plot, FigurePanel panel, PanelScale scale)
    {
        if (!panel.Front.IsEmpty)
        {
            // Down from the rim to the cheapest, along to the next, and from the dearest to the rim.
            double[] across = [scale.X(panel.Front[0].X), .. panel.Front.Select(corner => scale.X(corner.X)), scale.Limits.Right];
            double[] up = [scale.Limits.Top, .. panel.Front.Select(corner => scale.Y(corner.Y)), scale.Y(panel.Front[^1].Y)];
            var stairs = plot.Add.Scatter(across, up);
            (stairs.LineWidth, stairs.Color, stairs.MarkerSize, stairs.ConnectStyle) = (1.4f, Stairs, 0, ConnectStyle.StepHorizontal);
        }

        foreach (var mark in panel.Marks.OrderBy(mark => !mark.IsFaint).ThenBy(mark => mark.Style != FigureSeries.Behind))
        {
            var (style, at) = (Style(mark.Style, mark.IsFaint), scale.X(mark.X));
            if (mark.Interval is { } interval && mark.Style != FigureSeries.Behind)
            {
                var line = plot.Add.Scatter(new[] { at, at }, new[] { scale.Y(interval.Lower), scale.Y(interval.Upper) });
                (line.LineWidth, line.Color, line.MarkerSize) = (1.3f, style.FillColor, 0);
            }

            var marker = plot.Add.Scatter(new[] { at }, new[] { scale.Y(mark.Y) });
            (marker.LineWidth, marker.MarkerStyle) = (0, style);
        }
    }
}
