using System.Collections.Immutable;
using ScottPlot;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Names beside samples of their lines: in a column at the right of one panel, in centred lines below several.</summary>
internal static class FigureLegend
{
    private const float Line = 19;
    private const float Swatch = 30;
    private const float Gap = 18;

    // More would leave a single panel less than half of its width.
    private const float WidestShare = 0.36f;

    /// <summary>How wide a column at the right is; 0 where names are too long for one.</summary>
    public static float WidthAtRight(FigureModel figure, FigureSheet sheet, FigureText text)
    {
        var width = figure.Legend.Select(entry => WidthOf(entry.Name, text)).DefaultIfEmpty(0).Max() + 4;
        return figure is not { Panels.Length: 1, Legend.IsEmpty: false } || sheet.Size == FigureSize.Column || width > WidestShare * sheet.Width ? 0 : width;
    }

    public static ImmutableArray<PlacedEntry> AtRight(FigureModel figure, float left) => [.. figure.Legend.Select((entry, i) => new PlacedEntry(entry.Name, left, 12 + (i * Line)))];

    /// <summary>Lines that begin at a height of 0.</summary>
    public static (ImmutableArray<PlacedEntry> Entries, float Height) Below(FigureModel figure, FigureSheet sheet, FigureText text)
    {
        var (x, y) = (0f, 0f);
        var entries = new List<(PlacedEntry Entry, float Width)>();
        foreach (var entry in figure.Legend)
        {
            var name = text.Fitted(entry.Name, text.Regular, sheet.Width - Swatch - 8);
            var width = WidthOf(name, text);
            (x, y) = x > 0 && x + width > sheet.Width - 2 ? (0, y + Line) : (x, y);
            entries.Add((new(name, x, y), width));
            x += width + Gap;
        }

        return (
            [
                .. entries.GroupBy(item => item.Entry.Y).SelectMany(line =>
                {
                    var used = line.Max(item => item.Entry.X + item.Width);
                    return line.Select(item => item.Entry with { X = item.Entry.X + ((sheet.Width - used) / 2) });
                }),
            ],
            entries.Count == 0 ? 0 : y + Line + 4);
    }

    public static void Draw(SKCanvas canvas, FigureModel figure, ImmutableArray<PlacedEntry> places, FigureText text, SKPaint ink)
    {
        using var paint = Paint.NewDisposablePaint();
        var isSolid = figure.Panels.Any(panel => panel.Series.Any(series => series.SureUntil is not null));
        for (var i = 0; i < places.Length; i++)
        {
            var (entry, place) = (figure.Legend[i], places[i]);
            var style = SeriesStyle.Of(entry.Style);
            var middle = place.Y + (Line / 2);
            if (entry.Point is { } point)
            {
                PointPainter.Style(point, 1).Render(canvas, new Pixel(place.X + (Swatch / 2), middle), paint);
            }
            else if (entry.IsMark)
            {
                MarkPainter.Style(entry.Style, isFaint: false).Render(canvas, new Pixel(place.X + (Swatch / 2), middle), paint);
            }
            else
            {
                using var line = new DashedPath(isSolid ? LinePattern.Solid : style.Pattern).GetPath([new Pixel(place.X, middle), new Pixel(place.X + Swatch, middle)]);
                new LineStyle(LinePainter.WidthOf(entry.Style), style.Color).Render(canvas, line, paint);
                LinePainter.Marker(style).Render(canvas, new Pixel(place.X + (Swatch / 2), middle), paint);
            }

            canvas.DrawText(place.Name, place.X + Swatch + 6, middle + (FigureText.Size * FigureText.Drop), SKTextAlign.Left, text.Regular, ink);
        }
    }

    private static float WidthOf(string name, FigureText text) => Swatch + 6 + text.Regular.MeasureText(name);
}
