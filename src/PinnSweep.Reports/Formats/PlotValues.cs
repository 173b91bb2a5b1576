using System.Text.Json;
using PinnSweep.Reports.Drawing;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// What a page knows of a figure of lines beside its drawing, so that it can hide a series and tell values under the pointer: colours,
/// where each panel lies with the limits of its axes, and the lines themselves in few points and digits.
/// </summary>
internal static class PlotValues
{
    private const int MostPoints = 40;
    private const int Digits = 3;

    // Steps are counted in thousands and told one by one.
    private const int DigitsOfAbscissa = 7;

    /// <summary>
    /// As JSON without any sign that ends a value of HTML between single quotation marks, which the serializer writes as escapes; null for a
    /// figure that has no named lines.
    /// </summary>
    public static string? Of(FigureModel figure)
    {
        var named = figure.Legend.Where(entry => entry.Point is null).ToArray();
        if (named.Length == 0 || figure.Panels.IsEmpty)
        {
            return null;
        }

        var frames = FigurePainter.Frames(figure);
        return JsonSerializer.Serialize(new
        {
            s = named.Select(entry => new { n = entry.Name, c = SeriesStyle.Of(entry.Style).Color.ToHex()[..7].ToUpperInvariant() }),
            p = figure.Panels.Zip(frames, (panel, frame) => new
            {
                r = Rounded([frame.Left, frame.Top, frame.Width, frame.Height]),
                x = Rounded([frame.X.Lower, frame.X.Upper], DigitsOfAbscissa),
                lx = panel.IsLogX,
                t = panel.Title,
                xl = panel.XLabel,
                // Lines of one style, grey ones behind, have one name and are not told apart.
                s = panel.Series.GroupBy(series => series.Style).Where(style => style.Count() == 1).SelectMany(style => style).Select(series => (Index: Array.FindIndex(named, entry => entry.Style == series.Style), Points: Thinned(series.Band)))
                    .Where(series => series.Index >= 0 && series.Points.Length > 0)
                    .Select(series => new { i = series.Index, x = Rounded([.. series.Points.Select(point => point.X)], DigitsOfAbscissa), y = Rounded([.. series.Points.Select(point => point.Y)]) }),
            }),
        });
    }

    private static (double X, double Y)[] Thinned(SeedBand band)
    {
        var points = band.X.Zip(band.Middle).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second)).ToArray();
        var count = Math.Min(points.Length, MostPoints);
        return [.. Enumerable.Range(0, count).Select(i => points[count == 1 ? 0 : i * (points.Length - 1) / (count - 1)])];
    }

    private static double[] Rounded(double[] values, int digits = Digits) =>
        [.. values.Select(value => double.Parse(value.ToString($"G{(Math.Floor(value) == value ? Math.Max(digits, 7) : Math.Min(digits, 4))}", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture))];
}
