using ScottPlot;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws the bands, lines and markers of a panel.</summary>
internal static class LinePainter
{
    private const float Width = 1.6f;
    private const float WidthBehind = 0.9f;
    private const int Markers = 6;
    private const int MarkersOfSmall = 4;
    private const int ManyBands = 3;
    private static readonly LinePattern Unsure = new([4, 3], 0, "unsure");

    public static float WidthOf(int style) => style < 0 ? WidthBehind : Width;

    /// <summary>What stands behind, then all bands, then all lines.</summary>
    public static void Add(Plot plot, FigurePanel panel, PanelScale scale, bool isSmall)
    {
        var drawn = panel.Series.Where(series => series.Band.X.Length > 0).ToArray();
        foreach (var series in drawn.Where(series => series.Style < 0))
        {
            AddLine(plot, series, scale);
        }

        var compared = drawn.Where(series => series.Style >= 0).ToArray();
        var banded = compared.Where(series => !series.Band.Low.SequenceEqual(series.Band.High)).ToArray();
        foreach (var series in banded)
        {
            AddBand(plot, series, scale, banded.Length > ManyBands);
        }

        for (var i = 0; i < compared.Length; i++)
        {
            AddLine(plot, compared[i], scale);
            AddMarkers(plot, compared[i], scale, (i + 0.5) / compared.Length, isSmall);
        }
    }

    public static MarkerStyle Marker(SeriesStyle style, bool isSmall = false) => new(style.Marker, isSmall ? 5 : 6.5f, style.Color)
    {
        LineColor = style.Color,
        LineWidth = style.IsOpen ? isSmall ? 1.1f : 1.4f : 0,
        OutlineColor = style.IsOpen ? style.Color : Colors.White,
        OutlineWidth = style.IsOpen ? 0 : 0.8f,
    };

    // Where many lie over one another their colours would mix to grey: they are paler then, and their edges say whose they are.
    private static void AddBand(Plot plot, FigureSeries series, PanelScale scale, bool isOneOfMany)
    {
        var (band, colour) = (series.Band, SeriesStyle.Of(series.Style).Color);
        var fill = plot.Add.FillY([.. band.X.Select(scale.X)], [.. band.Low.Select(scale.Y)], [.. band.High.Select(scale.Y)]);
        fill.FillColor = colour.WithAlpha(isOneOfMany ? 0.09 : 0.18);
        fill.LineStyle.Width = isOneOfMany ? 0.5f : 0;
        fill.LineStyle.Color = colour.WithAlpha(0.5);
    }

    private static void AddLine(Plot plot, FigureSeries series, PanelScale scale)
    {
        var style = SeriesStyle.Of(series.Style);
        double[] y = [.. series.Band.Middle.Select(scale.Y)];
        double[] x = [.. series.Band.X.Select(scale.X)];
        if (series.SureUntil is { } sure)
        {
            var known = series.Band.X.Count(value => value <= sure);
            AddPath(plot, x[..known], y[..known], series, LinePattern.Solid);
            AddPath(plot, x[Math.Max(0, known - 1)..], y[Math.Max(0, known - 1)..], series, Unsure);
        }
        else
        {
            AddPath(plot, x, y, series, style.Pattern);
        }
    }

    private static void AddPath(Plot plot, double[] x, double[] y, FigureSeries series, LinePattern pattern)
    {
        var line = plot.Add.Scatter(x, y);
        line.LineWidth = WidthOf(series.Style);
        line.Color = SeriesStyle.Of(series.Style).Color;
        line.PathStrategy = new DashedPath(pattern);
        line.MarkerSize = 0;
        line.ConnectStyle = series.IsStepped ? ConnectStyle.StepHorizontal : ConnectStyle.Straight;
    }

    // At even distances on the paper, shifted from line to line, so that they do not pile up where lines lie close.
    private static void AddMarkers(Plot plot, FigureSeries series, PanelScale scale, double shift, bool isSmall)
    {
        double[] x = [.. series.Band.X.Select(scale.X)];
        var count = isSmall ? MarkersOfSmall : Markers;
        var places = x.Length == 1 ? [(X: x[0], Y: scale.Y(series.Band.Middle[0]))]
            : Enumerable.Range(0, count).Select(m => x[0] + ((m + shift) / count * (x[^1] - x[0]))).Select(at => (X: at, Y: At(x, series, scale, at))).ToArray();
        var markers = plot.Add.Scatter(places.Select(place => place.X).ToArray(), places.Select(place => place.Y).ToArray());
        markers.LineWidth = 0;
        markers.MarkerStyle = Marker(SeriesStyle.Of(series.Style), isSmall);
    }

    private static double At(double[] x, FigureSeries series, PanelScale scale, double at)
    {
        var found = Array.BinarySearch(x, at);
        var above = Math.Clamp(found >= 0 ? found : ~found, 1, x.Length - 1);
        var (before, after) = (scale.Y(series.Band.Middle[above - 1]), scale.Y(series.Band.Middle[above]));
        return series.IsStepped ? (at < x[above] ? before : after)
            : x[above] > x[above - 1] ? before + ((at - x[above - 1]) / (x[above] - x[above - 1]) * (after - before)) : after;
    }
}
