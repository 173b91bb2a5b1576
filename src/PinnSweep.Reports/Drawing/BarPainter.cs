using System.Globalization;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws groups of bars, two beside one another, all on one scale.</summary>
internal static class BarPainter
{
    private const float Width = 672;
    private const float Text = 12;
    private const float Row = 20;
    private const float Title = 24;
    private const float Axis = 22;
    private const float Gap = 26;
    private const float Label = 20;
    private const float LongestName = 150;
    private static readonly SKColor Ink = SKColor.Parse("#1A1A1A");

    public static float Height(BarChart chart) => Lines(chart).Sum(HeightOf) + Label + 6;

    public static void Draw(SKCanvas canvas, BarChart chart)
    {
        using var font = new SKFont(FigureFont.Install().Face(false), Text) { Subpixel = true };
        using var bold = new SKFont(FigureFont.Install().Face(true), Text + 0.5f) { Subpixel = true };
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        var columns = Columns(chart);
        var width = (Width - ((columns - 1) * Gap)) / columns;
        var names = Math.Min(LongestName, chart.Groups.SelectMany(group => group.Bars).Select(bar => font.MeasureText(bar.Name)).DefaultIfEmpty(0).Max());
        var highest = chart.Groups.SelectMany(group => group.Bars).Select(bar => Math.Max(bar.Interval?.Upper ?? 0, double.IsNaN(bar.Value) ? 0 : bar.Value)).DefaultIfEmpty(0).Max();
        var step = Step(highest);
        var ticks = Math.Max(1, (int)Math.Ceiling((highest / step) - 1e-9));
        var top = 0f;
        foreach (var line in Lines(chart))
        {
            for (var c = 0; c < line.Length; c++)
            {
                var left = (c * (width + Gap)) + names + 10;
                var length = width - names - 10 - 14;
                DrawGroup(canvas, line[c], left, top, length, ticks, step, (font, bold, ink));
            }

            top += HeightOf(line);
        }

        canvas.DrawText(chart.Label, Width / 2, top + 13, SKTextAlign.Center, font, ink);
    }

    private static void DrawGroup(SKCanvas canvas, BarGroup group, float left, float top, float length, int ticks, double step, (SKFont Font, SKFont Bold, SKPaint Ink) pens)
    {
        float X(double value) => left + (float)(Math.Clamp(value / (ticks * step), 0, 1) * length);
        using var faint = new SKPaint { Color = SKColor.Parse("#E6E6E6"), StrokeWidth = 0.7f, IsStroke = true, IsAntialias = true };
        using var thin = new SKPaint { Color = Ink, StrokeWidth = 1.1f, IsStroke = true, IsAntialias = true };
        using var fill = new SKPaint { IsAntialias = true };
        var (first, end) = (top + Title, top + Title + (group.Bars.Length * Row));
        canvas.DrawText(Fitted(group.Title, pens.Bold, length), left, top + 15, SKTextAlign.Left, pens.Bold, pens.Ink);
        for (var t = 0; t <= ticks; t++)
        {
            canvas.DrawLine(X(t * step), first, X(t * step), end, faint);
            canvas.DrawText((t * step).ToString("0.###", CultureInfo.InvariantCulture), X(t * step), end + 15, SKTextAlign.Center, pens.Font, pens.Ink);
        }

        for (var i = 0; i < group.Bars.Length; i++)
        {
            var (bar, middle) = (group.Bars[i], first + ((i + 0.5f) * Row));
            canvas.DrawText(Fitted(bar.Name, pens.Font, LongestName), left - 8, middle + 4.3f, SKTextAlign.Right, pens.Font, pens.Ink);
            if (double.IsNaN(bar.Value))
            {
                canvas.DrawText("–", left + 4, middle + 4.3f, SKTextAlign.Left, pens.Font, pens.Ink);
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

    private static int Columns(BarChart chart) => chart.Groups.Length > 1 ? 2 : 1;

    private static BarGroup[][] Lines(BarChart chart) => [.. chart.Groups.Chunk(Columns(chart))];

    private static float HeightOf(BarGroup[] line) => Title + (line.Max(group => group.Bars.Length) * Row) + Axis + 8;

    // At most five steps of 1, 2 or 5.
    private static double Step(double highest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(highest, 1e-3) / 5)));
        return new[] { 1, 2, 5, 10 }.Select(digit => digit * power).First(step => highest <= 5 * step * (1 + 1e-9));
    }

    private static string Fitted(string text, SKFont font, float width)
    {
        while (text.Length > 3 && font.MeasureText(text) > width)
        {
            text = $"{text[..^2]}…";
        }

        return text;
    }
}
