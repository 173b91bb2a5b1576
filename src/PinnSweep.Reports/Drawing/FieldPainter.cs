using System.Collections.Immutable;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws solutions and their errors: panels on common axes, and for every scale a bar that says which colour is which number.</summary>
internal static class FieldPainter
{
    private const float BarHeight = 8;
    private const float Tip = 6;
        private static readonly SKColor Ink = SKColor.Parse("#1A1A1A");
    private static readonly SKColor Frame = SKColor.Parse("#7A7A7A");

    public static float Height(FieldPanels fields, FigureSheet sheet, FigureText text) => FieldLayout.Of(fields, sheet, text).Height;

    public static void Draw(SKCanvas canvas, FieldPanels fields, FigureSheet sheet, FigureText text)
    {
        var layout = FieldLayout.Of(fields, sheet, text);
        for (var row = 0; row < fields.Rows.Length; row++)
        {
            for (var column = 0; column < fields.Rows[row].Length; column++)
            {
                if (fields.Rows[row][column] is { } panel)
                {
                    DrawTitle(canvas, text, layout.Titles[row][column], layout.Panel(row, column));
                    DrawField(canvas, panel, layout.Panel(row, column));
                    DrawAxes(canvas, text, fields, layout, row, column);
                }
                else
                {
                    DrawKey(canvas, text, fields, layout, row, column);
                }
            }

            if (!fields.HasKey)
            {
                DrawBars(canvas, text, fields, layout, row);
            }
        }
    }

    private static void DrawTitle(SKCanvas canvas, FigureText text, ImmutableArray<string> lines, SKRect panel)
    {
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        for (var i = 0; i < lines.Length; i++)
        {
            canvas.DrawText(lines[i], panel.MidX, panel.Top - 5 - ((lines.Length - 1 - i) * FieldLayout.Line), SKTextAlign.Center, text.Regular, ink);
        }
    }

    private static void DrawField(SKCanvas canvas, FieldPanel panel, SKRect place)
    {
        // Two pixels a unit, 192 to the inch: more than that the coarse grid does not bear.
        using var data = SKData.CreateCopy(FieldRaster.Png(panel, (int)Math.Clamp(1.5f * place.Width, 96, 256)));
        using var image = SKImage.FromEncodedData(data);
        canvas.DrawImage(image, place);

        // A solution of one colour is still seen to be there.
        using var line = new SKPaint { Color = Frame, IsStroke = true, StrokeWidth = 0.8f };
        canvas.DrawRect(place, line);
    }

    private static void DrawAxes(SKCanvas canvas, FigureText text, FieldPanels fields, FieldLayout layout, int row, int column)
    {
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        var panel = layout.Panel(row, column);
        if (layout.HasOrdinate(row, column))
        {
            canvas.DrawText(FieldLayout.Number(fields.Y.Upper), panel.Left - 4, panel.Top + 8, SKTextAlign.Right, text.Small, ink);
            canvas.DrawText(FieldLayout.Number(fields.Y.Lower), panel.Left - 4, panel.Bottom, SKTextAlign.Right, text.Small, ink);
            DrawOrdinateName(canvas, text, fields.YLabel, layout, panel);
        }

        if (layout.HasAbscissa(row, column))
        {
            canvas.DrawText(FieldLayout.Number(fields.X.Lower), panel.Left, panel.Bottom + 12, SKTextAlign.Left, text.Small, ink);
            canvas.DrawText(FieldLayout.Number(fields.X.Upper), panel.Right, panel.Bottom + 12, SKTextAlign.Right, text.Small, ink);
            canvas.DrawText(text.Fitted(fields.XLabel, text.Regular, panel.Width), panel.MidX, panel.Bottom + (layout.IsNameBetween ? 12 : 24), SKTextAlign.Center, text.Regular, ink);
        }
    }

    private static void DrawOrdinateName(SKCanvas canvas, FigureText text, string name, FieldLayout layout, SKRect panel)
    {
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        if (text.Regular.MeasureText(name) <= layout.Ordinate - 8)
        {
            canvas.DrawText(name, panel.Left - 4, panel.MidY + 4, SKTextAlign.Right, text.Regular, ink);
            return;
        }

        canvas.Save();
        canvas.Translate(panel.Left - 8, panel.MidY);
        canvas.RotateDegrees(-90);
        canvas.DrawText(text.Fitted(name, text.Regular, panel.Height - 24), 0, 0, SKTextAlign.Center, text.Regular, ink);
        canvas.Restore();
    }

    private static void DrawKey(SKCanvas canvas, FigureText text, FieldPanels fields, FieldLayout layout, int row, int column)
    {
        var scales = FieldPanels.Scales(fields.Panels);
        for (var i = 0; i < scales.Length; i++)
        {
            DrawBar(canvas, text, fields, scales[i], layout.KeyBar(row, column, i));
        }
    }

    // Panels beside one another that have one scale have one bar.
    private static void DrawBars(SKCanvas canvas, FigureText text, FieldPanels fields, FieldLayout layout, int row)
    {
        var panels = fields.Rows[row];
        for (var first = 0; first < panels.Length;)
        {
            var last = first;
            while (last + 1 < panels.Length && panels[last + 1]!.Scale == panels[first]!.Scale)
            {
                last++;
            }

            var (left, right) = (layout.Panel(row, first), layout.Panel(row, last));
            var width = Math.Min(right.Right - left.Left, 240);
            DrawBar(canvas, text, fields, panels[first]!.Scale, SKRect.Create(((left.Left + right.Right) / 2) - (width / 2), left.Bottom + layout.Abscissa, width, FieldLayout.Bar));
            first = last + 1;
        }
    }

    /// <summary>A name, the colours from low to high with pointed ends where panels go beyond, and round numbers below.</summary>
    private static void DrawBar(SKCanvas canvas, FigureText text, FieldPanels fields, FieldScale scale, SKRect place)
    {
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        using var fill = new SKPaint { IsAntialias = true };
        using var line = new SKPaint { Color = Ink, IsStroke = true, StrokeWidth = 0.8f, IsAntialias = true };
        var bar = SKRect.Create(place.Left + Tip + 2, place.Top + 16, place.Width - (2 * Tip) - 4, BarHeight);
        canvas.DrawText(text.Fitted(scale.Label, text.Regular, place.Width), place.MidX, place.Top + 11, SKTextAlign.Center, text.Regular, ink);

        // Each step lies over the ones behind it, so that no line of the ground shows between two.
        var steps = (int)Math.Max(40, bar.Width);
        for (var step = steps - 1; step >= 0; step--)
        {
            fill.Color = FieldColours.Of(scale.Colouring, (step + 0.5) / steps);
            canvas.DrawRect(bar.Left, bar.Top, (step + 1) * bar.Width / steps, bar.Height, fill);
        }

        canvas.DrawRect(bar, line);
        var (isUnder, isOver) = fields.Beyond(scale);
        foreach (var (_, share, edge, tip) in new[] { (isUnder, 0, bar.Left, -Tip), (isOver, 1, bar.Right, Tip) }.Where(end => end.Item1))
        {
            using var path = new SKPath();
            path.AddPoly([new(edge, bar.Top), new(edge + tip, bar.MidY), new(edge, bar.Bottom)]);
            fill.Color = FieldColours.Of(scale.Colouring, share);
            canvas.DrawPath(path, fill);
            canvas.DrawPath(path, line);
        }

        foreach (var (at, word) in RoundTicks.Of(scale.Low, scale.High, scale.IsLog, bar.Width, word => text.Small.MeasureText(word)))
        {
            var x = bar.Left + (float)(scale.Share(at) * bar.Width);
            canvas.DrawLine(x, bar.Bottom, x, bar.Bottom + 3, line);
            var half = text.Small.MeasureText(word) / 2;
            canvas.DrawText(word, bar.Left + RoundTicks.Middle(x - bar.Left, half, bar.Width), bar.Bottom + 13, SKTextAlign.Center, text.Small, ink);
        }
    }
}
