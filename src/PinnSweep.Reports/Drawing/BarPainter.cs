using System.Globalization;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws groups of bars, two beside one another, all on one scale.</summary>
internal static class BarPainter
{
    private const float Row = 20;
    private const float Title = 24;
    private const float Axis = 22;
    private const float Gap = 26;
    private const float Label = 20;
    private const float LongestShare = 0.4f;
    private const int MostTicks = 5;
    private static readonly SKColor Ink = SKColor.Parse("#1A1A1A");

    public static float Height(BarChart chart, FigureSheet sheet) => Lines(chart, sheet).Sum(HeightOf) + Label + 6;

    public static void Draw(SKCanvas canvas, BarChart chart, FigureSheet sheet, FigureText text)
    {
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        var columns = Columns(chart, sheet);
        var width = (sheet.Width - ((columns - 1) * Gap)) / columns;
        var longest = LongestShare * width;
        var names = chart.Groups.SelectMany(group => group.Bars).Select(bar => text.Regular.MeasureText(text.Fitted(bar.Name, text.Regular, longest))).DefaultIfEmpty(0).Max();
        var highest = chart.Groups.SelectMany(group => group.Bars).Select(bar => Math.Max(bar.Interval?.Upper ?? 0, double.IsNaN(bar.Value) ? 0 : bar.Value)).DefaultIfEmpty(0).Max();
        var step = LinearAxis.Step(Math.Max(highest, 1e-3), MostTicks);
        var ticks = Math.Max(1, (int)Math.Ceiling((highest / step) - 1e-9));
        var top = 0f;
        foreach (var line in Lines(chart, sheet))
        {
            for (var c = 0; c < line.Length; c++)
            {
                var start = c * (width + Gap);
                DrawGroup(canvas, line[c], (start, start + names + 10, top, width - names - 10 - 14, longest), ticks, step, text, ink);
            }

            top += HeightOf(line);
        }

        canvas.DrawText(text.Fitted(chart.Label, text.Label, sheet.Width), sheet.Width / 2, top + 13, SKTextAlign.Center, text.Label, ink);
    }

    private static void DrawGroup(SKCanvas canvas, BarGroup group, (float Start, float Left, float Top, float Length, float Longest) place, int ticks, double step, FigureText text, SKPaint ink)
    {
        var (left, length) = (place.Left, place.Length);
        float X(double value) => left + (float)(Math.Clamp(value / (ticks * step), 0, 1) * length);
        using var faint = new SKPaint { Color = SKColor.Parse("#E6E6E6"), StrokeWidth = 0.7f, IsStroke = true, IsAntialias = true };
        using var thin = new SKPaint { Color = Ink, StrokeWidth = 1.1f, IsStroke = true, IsAntialias = true };
        using var fill = new SKPaint { IsAntialias = true };
        var (first, end) = (place.Top + Title, place.Top + Title + (group.Bars.Length * Row));
        canvas.DrawText(text.Fitted(group.Title, text.Bold, left - place.Start + length), place.Start, place.Top + 15, SKTextAlign.Left, text.Bold, ink);
        var after = float.NegativeInfinity;
        for (var t = 0; t <= ticks; t++)
        {
            canvas.DrawLine(X(t * step), first, X(t * step), end, faint);
            var number = (t * step).ToString("0.####", CultureInfo.InvariantCulture);
            var half = text.Regular.MeasureText(number) / 2;
            if (X(t * step) - half > after)
            {
                canvas.DrawText(number, X(t * step), end + 15, SKTextAlign.Center, text.Regular, ink);
                after = X(t * step) + half + 6;
            }
        }

        for (var i = 0; i < group.Bars.Length; i++)
        {
            var (bar, middle) = (group.Bars[i], first + ((i + 0.5f) * Row));
            canvas.DrawText(text.Fitted(bar.Name, text.Regular, place.Longest), left - 8, middle + 4.3f, SKTextAlign.Right, text.Regular, ink);
            if (double.IsNaN(bar.Value))
            {
                canvas.DrawText("–", left + 4, middle + 4.3f, SKTextAlign.Left, text.Regular, ink);
                continue;
            }

            fill.Color = SKColor.Parse(bar.IsSure ? "#0072B2" : "#B4D4EA");
            canvas.DrawRect(left, middle - 6, X(bar.Value) - left, 12, fill);
            if (bar.Interval is { } interval)
            {
                canvas.DrawLine(X(interval.Lower), middle, X(interval.Upper), middle, thin);
                canvas.DrawLine(X(interval.Lower), middle - 3, X(interval.Lower), middle + 3, thin);
                canvas.DrawLine(X(interval.Upper), middle - 3, X(interval.Upper), middle + 3, thin);
            }
        }

        canvas.DrawLine(left, first, left, end, thin);
    }

    private static int Columns(BarChart chart, FigureSheet sheet) => chart.Groups.Length > 1 && sheet.Size != FigureSize.Column ? 2 : 1;

    private static BarGroup[][] Lines(BarChart chart, FigureSheet sheet) => [.. chart.Groups.Chunk(Columns(chart, sheet))];

    private static float HeightOf(BarGroup[] line) => Title + (line.Max(group => group.Bars.Length) * Row) + Axis + 8;
}
