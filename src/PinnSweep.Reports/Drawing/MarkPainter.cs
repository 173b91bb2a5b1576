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
        var look = SeriesStyle.Of(Math.Max(0, style));
        var (shape, colour, isOpen) = style == FigureMark.Rest ? (MarkerShape.OpenCircle, Grey, true) : (look.Marker, look.Color, look.IsOpen);
        colour = isFaint ? colour.WithAlpha(Faint) : colour;
        return new(shape, style == FigureMark.Rest ? 5.5f : Size, colour)
        {
            LineColor = colour,
            LineWidth = isOpen ? 1.6f : 0,
            OutlineColor = isOpen ? colour : Colors.White,
            OutlineWidth = isOpen ? 0 : 0.8f,
        };
    }

    /// <summary>Puts staircase and marks of a panel into its plot.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="limits">Its axes, in coordinates.</param>
    /// <param name="x">Coordinate of an abscissa.</param>
    /// <param name="y">Coordinate of an ordinate.</param>
    public static void Add(Plot plot, FigurePanel panel, CoordinateRect limits, Func<double, double> x, Func<double, double> y)
    {
        double Inside(double value) => Math.Clamp(value, limits.Bottom, limits.Top);
        if (!panel.Front.IsEmpty)
        {
            // Down from the rim to the cheapest, along to the next, and from the dearest to the rim.
            double[] across = [x(panel.Front[0].X), .. panel.Front.Select(corner => x(corner.X)), limits.Right];
            double[] up = [limits.Top, .. panel.Front.Select(corner => Inside(y(corner.Y))), Inside(y(panel.Front[^1].Y))];
            var stairs = plot.Add.Scatter(across, up);
            (stairs.LineWidth, stairs.Color, stairs.MarkerSize, stairs.ConnectStyle) = (1.4f, Stairs, 0, ConnectStyle.StepHorizontal);
        }

        foreach (var mark in panel.Marks.OrderBy(mark => !mark.IsFaint).ThenBy(mark => mark.Style != FigureMark.Rest))
        {
            var (style, at) = (Style(mark.Style, mark.IsFaint), x(mark.X));
            if (mark.Interval is { } interval && mark.Style != FigureMark.Rest)
            {
                var line = plot.Add.Scatter(new[] { at, at }, new[] { Inside(y(interval.Lower)), Inside(y(interval.Upper)) });
                (line.LineWidth, line.Color, line.MarkerSize) = (1.3f, style.FillColor, 0);
            }

            var marker = plot.Add.Scatter(new[] { at }, new[] { Inside(y(mark.Y)) });
            (marker.LineWidth, marker.MarkerStyle) = (0, style);
        }
    }
}
