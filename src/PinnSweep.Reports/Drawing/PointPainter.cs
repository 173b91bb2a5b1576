using ScottPlot;

namespace PinnSweep.Reports.Drawing;

/// <summary>How points look: many are small and translucent, those that are named are large and lie above.</summary>
internal static class PointPainter
{
    public static MarkerStyle Style(PointKind kind, int count)
    {
        var (shape, size, colour) = kind switch
        {
            PointKind.Ordinary => (MarkerShape.FilledCircle, count > 200 ? 3.2f : 4.5f, Color.FromHex("#0072B2").WithAlpha(count > 200 ? 0.45 : 0.7)),
            PointKind.Censored => (MarkerShape.OpenCircle, 4.5f, Color.FromHex("#56B4E9")),
            PointKind.Failed => (MarkerShape.Cross, 5.5f, Color.FromHex("#7A7A7A")),
            PointKind.Default => (MarkerShape.FilledDiamond, 9, Color.FromHex("#000000")),
            _ => (MarkerShape.FilledCircle, 9, Color.FromHex("#D55E00")),
        };
        var isNamed = kind is PointKind.Default or PointKind.Chosen;
        return new(shape, size, colour) { LineColor = colour, LineWidth = 1.1f, OutlineColor = Colors.White, OutlineWidth = isNamed ? 1 : 0 };
    }

    public static void Add(Plot plot, FigurePoints points, Func<double, double> x, Func<double, double> y)
    {
        var markers = plot.Add.Scatter(points.X.Select(x).ToArray(), points.Y.Select(y).ToArray());
        markers.LineWidth = 0;
        markers.MarkerStyle = Style(points.Kind, points.X.Length);
    }
}
