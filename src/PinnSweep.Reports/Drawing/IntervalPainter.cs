using System.Globalization;
using PinnSweep.Reports.Statistics;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws interval charts: on each line dots above, and below them the number with its interval.</summary>
internal static class IntervalPainter
{
    private const float Dot = 4.4f;
    private const float Lane = 2.6f;
    private static readonly SKColor Ink = SKColor.Parse("#1A1A1A");
    private static readonly SKColor Faint = SKColor.Parse("#E6E6E6");
    private static readonly SKColor Shade = SKColor.Parse("#EFEFEF");
    private static readonly SKColor Seeds = SKColor.Parse("#56B4E9");

    public static float Height(IntervalChart chart, FigureSheet sheet, FigureText text) => IntervalLayout.Of(chart, sheet, text).Height;

    public static void Draw(SKCanvas canvas, IntervalChart chart, FigureSheet sheet, FigureText text)
    {
        var layout = IntervalLayout.Of(chart, sheet, text);
        for (var i = 0; i < chart.Panels.Length; i++)
        {
            var place = layout.Panel(i);
            DrawTitle(canvas, text, layout, i, place);
            DrawGround(canvas, text, chart, chart.Panels[i], place, layout.HasLabel(i, chart.Panels.Length));
            DrawRows(canvas, text, chart, chart.Panels[i], layout, place);
            if (layout.HasNames(i))
            {
                DrawNames(canvas, text, layout, place);
            }
        }

        DrawLegend(canvas, text, chart, layout);
    }

    private static void DrawTitle(SKCanvas canvas, FigureText text, IntervalLayout layout, int index, SKRect place)
    {
        using var ink = Fill(Ink);
        var lines = layout.Titles[index];
        for (var i = 0; i < lines.Length; i++)
        {
            canvas.DrawText(lines[i], place.MidX, place.Top - 5 - ((lines.Length - 1 - i) * IntervalLayout.Line), SKTextAlign.Center, text.Bold, ink);
        }
    }

    private static void DrawNames(SKCanvas canvas, FigureText text, IntervalLayout layout, SKRect place)
    {
        using var ink = Fill(Ink);
        for (var row = 0; row < layout.Names.Length; row++)
        {
            var (strip, lines) = (layout.Row(place, row), layout.Names[row]);
            for (var i = 0; i < lines.Length; i++)
            {
                canvas.DrawText(lines[i], place.Left - 8, strip.MidY + 4 + ((i - ((lines.Length - 1) / 2f)) * IntervalLayout.Line), SKTextAlign.Right, text.Regular, ink);
            }
        }
    }

    private static void DrawGround(SKCanvas canvas, FigureText text, IntervalChart chart, IntervalPanel panel, SKRect place, bool hasLabel)
    {
        using var ink = Fill(Ink);
        using var axis = Stroke(Ink, 0.8f);
        using var grid = Stroke(Faint, 0.7f);
        var ends = chart.Ends(panel);
        if (panel.Shaded is { } shaded)
        {
            using var shade = Fill(Shade);
            canvas.DrawRect(new(At(ends, place, shaded.Lower), place.Top, At(ends, place, shaded.Upper), place.Bottom), shade);
        }

        foreach (var (value, word) in RoundTicks.Logarithmic(ends, place.Width, word => text.Small.MeasureText(word)))
        {
            var x = At(ends, place, value);
            canvas.DrawLine(x, place.Top, x, place.Bottom, grid);
            canvas.DrawLine(x, place.Bottom, x, place.Bottom + 4, axis);
            var half = text.Small.MeasureText(word) / 2;
            canvas.DrawText(word, place.Left + RoundTicks.Middle(x - place.Left, half, place.Width), place.Bottom + 15, SKTextAlign.Center, text.Small, ink);
        }

        foreach (var (value, line) in panel.Lines.Where(line => line.At >= ends.Lower && line.At <= ends.Upper))
        {
            IntervalMarks.Draw(canvas, line, new(At(ends, place, value), place.Top), new(At(ends, place, value), place.Bottom));
        }

        canvas.DrawLine(place.Left, place.Bottom, place.Right, place.Bottom, axis);
        canvas.DrawLine(place.Left, place.Top, place.Left, place.Bottom, axis);
        if (hasLabel)
        {
            canvas.DrawText(text.Fitted(chart.Label, text.Regular, place.Width + 8), place.MidX, place.Bottom + 30, SKTextAlign.Center, text.Regular, ink);
        }
    }

    private static void DrawRows(SKCanvas canvas, FigureText text, IntervalChart chart, IntervalPanel panel, IntervalLayout layout, SKRect place)
    {
        using var ink = Fill(Ink);
        var ends = chart.Ends(panel);
        for (var row = 0; row < panel.Rows.Length; row++)
        {
            if (panel.Rows[row] is not { } shown)
            {
                continue;
            }

            var strip = layout.Row(place, row);
            var middle = strip.MidY + (shown.Dots.IsEmpty ? 0 : 4.5f);
            DrawDots(canvas, shown, ends, place, strip.MidY - 3);
            DrawFailed(canvas, text, shown.Failed, place.Right, strip.MidY);
            DrawInterval(canvas, shown, ends, place, middle);
            if (layout.HasWords)
            {
                canvas.DrawText(shown.Words, place.Right + 14, strip.MidY + 4, SKTextAlign.Left, text.Regular, ink);
            }
        }
    }

    // A dot is a line without length: thousands of circles would be a megabyte of SVG. Dots that would hide one another take three lanes.
    private static void DrawDots(SKCanvas canvas, IntervalRow row, Interval ends, SKRect place, float y)
    {
        using var dots = new SKPath();
        using var paint = Stroke(Seeds, Dot);
        paint.StrokeCap = SKStrokeCap.Round;
        var (last, lane) = (float.NegativeInfinity, 0);
        foreach (var x in row.Dots.Where(value => value > 0).Order().Select(value => At(ends, place, value)))
        {
            lane = x - last < Dot ? (lane + 1) % 3 : 0;
            last = x;
            var at = y + ((lane == 2 ? -1 : lane) * Lane);
            dots.MoveTo(x, at);
            dots.LineTo(x + 0.01f, at);
        }

        canvas.DrawPath(dots, paint);
    }

    private static void DrawFailed(SKCanvas canvas, FigureText text, int failed, float right, float y)
    {
        if (failed == 0)
        {
            return;
        }

        using var ink = Fill(Ink);
        IntervalMarks.Draw(canvas, IntervalMark.Unranked, right - 5, y);
        canvas.DrawText(failed.ToString(CultureInfo.InvariantCulture), right - 12, y + 3.5f, SKTextAlign.Right, text.Small, ink);
    }

    private static void DrawInterval(SKCanvas canvas, IntervalRow row, Interval ends, SKRect place, float y)
    {
        if (!(row.Value > 0))
        {
            return;
        }

        using var line = Stroke(Ink, 1.3f);
        if (row.Interval is { } interval)
        {
            var (left, right) = (At(ends, place, interval.Lower), At(ends, place, interval.Upper));
            canvas.DrawLine(left, y, right, y, line);
            DrawEnd(canvas, interval.Lower >= ends.Lower, left, y, 1);
            DrawEnd(canvas, interval.Upper <= ends.Upper, right, y, -1);
        }

        IntervalMarks.Draw(canvas, row.Mark, At(ends, place, row.Value), y);
    }

    // Where the interval goes on beyond the axis its end is an arrow.
    private static void DrawEnd(SKCanvas canvas, bool isEnd, float x, float y, int inward)
    {
        using var line = Stroke(Ink, 1.1f);
        var reach = isEnd ? 0 : 4 * inward;
        canvas.DrawLine(x, y, x + reach, y - 2.8f, line);
        canvas.DrawLine(x, y, x + reach, y + 2.8f, line);
    }

    private static void DrawLegend(SKCanvas canvas, FigureText text, IntervalChart chart, IntervalLayout layout)
    {
        using var ink = Fill(Ink);
        for (var i = 0; i < layout.Legend.Length; i++)
        {
            var (place, isMark) = (layout.Legend[i], i < chart.Marks.Length);
            var (middle, y) = (place.X + (IntervalLayout.Swatch / 2), place.Y + (IntervalLayout.Line / 2));
            if (isMark)
            {
                IntervalMarks.Draw(canvas, chart.Marks[i].Mark, middle, y);
            }
            else
            {
                IntervalMarks.Draw(canvas, chart.Lines[i - chart.Marks.Length].Line, new(place.X, y), new(place.X + IntervalLayout.Swatch, y));
            }

            canvas.DrawText(isMark ? chart.Marks[i].Text : chart.Lines[i - chart.Marks.Length].Text, place.X + IntervalLayout.Swatch + 4, y + 4, SKTextAlign.Left, text.Regular, ink);
        }
    }

    private static float At(Interval ends, SKRect place, double value) =>
        place.Left + (place.Width * (float)Math.Clamp(Math.Log(Math.Max(value, ends.Lower) / ends.Lower) / Math.Log(ends.Upper / ends.Lower), 0, 1));

    private static SKPaint Fill(SKColor colour) => new() { Color = colour, IsAntialias = true };

    private static SKPaint Stroke(SKColor colour, float width) => new() { Color = colour, IsAntialias = true, IsStroke = true, StrokeWidth = width };
}
