using ScottPlot;

namespace PinnSweep.Reports.Drawing;

/// <summary>What part of the plane a panel shows, in coordinates that are exponents of ten where an axis is logarithmic.</summary>
internal readonly record struct PanelScale(bool IsLogX, bool IsLogY, CoordinateRect Limits)
{
    public static PanelScale Of(FigurePanel panel) => new(panel.IsLogX, panel.IsLogY, LimitsOf(panel));

    public double X(double value) => IsLogX ? Math.Log10(value) : value;

    /// <summary>The ordinate, at the edge where it is beyond.</summary>
    public double Y(double value) => Math.Clamp(IsLogY ? Math.Log10(value) : value, Limits.Bottom, Limits.Top);

    private static CoordinateRect LimitsOf(FigurePanel panel)
    {
        // Points count as lines without bands; marks come with limits of their own.
        var series = panel.Series.Where(s => s.Band.X.Length > 0)
            .Concat(panel.Marks.Select(mark => new FigureSeries(0, new([mark.X], [mark.Y], [mark.Y], [mark.Y]))))
            .Concat(panel.Points.Where(points => points.X.Length > 0).Select(points => new FigureSeries(0, new([.. points.X.Order()], points.Y, points.Y, points.Y)))).ToArray();
        if (series.Length == 0)
        {
            return new(0, 1, panel.IsLogY ? -1 : 0, panel.IsLogY ? 0 : 1);
        }

        double Across(double value) => panel.IsLogX ? Math.Log10(value) : value;
        double Up(double value) => panel.IsLogY ? Math.Log10(value) : value;
        var (left, right) = (series.Min(s => Across(s.Band.X[0])), series.Max(s => Across(s.Band.X[^1])));
        left = panel.IsLogX ? left : Math.Min(0, left);
        (left, right) = panel.X is { } given ? (Across(given.Lower), Across(given.Upper)) : (left, right);
        var (low, high) = panel.Y is { } shared ? (Up(shared.Lower), Up(shared.Upper)) : Extent(panel, series, Up);
        var margin = Math.Max(0.04 * (high - low), panel.IsLogY ? 0.08 : 1e-12);
        return new(left, right > left ? right : left + 1, low - margin, high + margin);
    }

    // Bands widen the view by at most one decade (or by the lines' own span). Otherwise one outlying seed would flatten all lines.
    private static (double Low, double High) Extent(FigurePanel panel, FigureSeries[] series, Func<double, double> up)
    {
        var lines = series.SelectMany(s => s.Band.Middle).Select(up).ToArray();
        var banded = series.Where(s => s.Style != FigureSeries.Behind).DefaultIfEmpty(series[0]).ToArray();
        var slack = panel.IsLogY ? 1 : lines.Max() - lines.Min();
        return (
            Math.Min(lines.Min(), Math.Max(lines.Min() - slack, banded.SelectMany(s => s.Band.Low).Min(up))),
            Math.Max(lines.Max(), Math.Min(lines.Max() + slack, banded.SelectMany(s => s.Band.High).Max(up))));
    }
}
