using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws parallel coordinates: names over the axes on two levels by turns, lines from worst to best, a legend below.</summary>
internal static class ParallelPainter
{
    private const float Width = 672;
    private const float Text = 12;
    private const float Small = 10.5f;
    private const float Side = 58;
    private const float Top = 46;
    private const float Tall = 250;
    private const float Bar = 96;
    private static readonly SKColor Ink = SKColor.Parse("#1A1A1A");

    public static float Height() => Top + Tall + 46;

    public static void Draw(SKCanvas canvas, ParallelPlot plot)
    {
        using var small = new SKFont(FigureFont.Install().Face(false), Small) { Subpixel = true };
        var left = Math.Clamp(plot.Axes[0].Ticks.Select(tick => small.MeasureText(tick.Text)).DefaultIfEmpty(0).Max() + 10, Side, 2 * Side);
        var step = (Width - left - Side) / Math.Max(1, plot.Axes.Length - 1);
        float X(int axis) => left + (axis * step);
        static float Y(double place) => Top + (float)((1 - place) * Tall);

        using var line = new SKPaint { IsAntialias = true, IsStroke = true, StrokeJoin = SKStrokeJoin.Round };
        foreach (var item in plot.Lines)
        {
            DrawLine(canvas, item, plot.Lines.Length, X, Y, line);
        }

        using var font = new SKFont(FigureFont.Install().Face(true), Text - 0.5f) { Subpixel = true };
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        for (var a = 0; a < plot.Axes.Length; a++)
        {
            line.Color = Ink;
            line.StrokeWidth = 1;
            canvas.DrawLine(X(a), Y(0), X(a), Y(1), line);
            foreach (var (place, text) in plot.Axes[a].Ticks)
            {
                // Outer axes have their numbers outside, the others at their right over a light ground.
                var (isFirst, isLast) = (a == 0, a == plot.Axes.Length - 1);
                canvas.DrawLine(X(a) - (isLast ? 0 : 4), Y(place), X(a) + (isLast ? 4 : 0), Y(place), line);
                DrawTick(canvas, Fitted(text, small, isFirst ? left - 9 : isLast ? Side - 7 : step - 14), X(a) + (isFirst ? -7 : 6), Y(place) + 3.8f, isFirst, isFirst || isLast, small, ink);
            }

            // A name may be as wide as two axes are apart, because those beside it stand on the other level.
            var name = Fitted(plot.Axes[a].Name, font, Math.Min(2 * step, Width) - 12);
            var half = font.MeasureText(name) / 2;
            canvas.DrawText(name, Math.Clamp(X(a), half + 1, Width - half - 1), a % 2 == 0 ? 14 : 31, SKTextAlign.Center, font, ink);
        }

        DrawLegend(canvas, plot, line, ink);
    }

    private static void DrawLine(SKCanvas canvas, ParallelLine item, int count, Func<int, float> x, Func<double, float> y, SKPaint paint)
    {
        Dress(paint, item.Kind, item.Share, count);
        using var path = new SKPath();
        var isOn = false;
        for (var a = 0; a < item.Places.Length; a++)
        {
            if (double.IsNaN(item.Places[a]))
            {
                continue;
            }

            if (isOn)
            {
                path.LineTo(x(a), y(item.Places[a]));
            }
            else
            {
                path.MoveTo(x(a), y(item.Places[a]));
            }

            isOn = true;
        }

        canvas.DrawPath(path, paint);
        if (item.Kind is not (PointKind.Chosen or PointKind.Default))
        {
            return;
        }

        using var dot = new SKPaint { Color = paint.Color, IsAntialias = true };
        for (var a = 0; a < item.Places.Length; a++)
        {
            if (!double.IsNaN(item.Places[a]))
            {
                canvas.DrawCircle(x(a), y(item.Places[a]), item.Kind == PointKind.Chosen ? 4 : 3.2f, dot);
            }
        }
    }

    private static void Dress(SKPaint paint, PointKind kind, double share, int count)
    {
        var alpha = (byte)Math.Clamp(255 - ((count - 60) / 2), 110, 230);
        (paint.Color, paint.StrokeWidth) = kind switch
        {
            PointKind.Chosen => (SKColor.Parse("#D55E00"), 2.6f),
            PointKind.Default => (SKColor.Parse("#000000"), 2f),
            _ when double.IsNaN(share) => (SKColor.Parse("#C8C8C8").WithAlpha(alpha), 0.7f),
            _ => (Colour(share).WithAlpha(share < 0.15 ? (byte)235 : alpha), share < 0.15 ? 1.1f : 0.8f),
        };
    }

    // Dark is good here: the few good lines must be seen among many. The palest of the scale do not show on white.
    private static SKColor Colour(double share) => HeatColours.Of(HeatScale.Logarithmic, 0.2 + (0.8 * (1 - share)));

    private static void DrawTick(SKCanvas canvas, string text, float x, float y, bool isLeft, bool isOutside, SKFont font, SKPaint ink)
    {
        if (!isOutside)
        {
            using var ground = new SKPaint { Color = SKColors.White.WithAlpha(165) };
            canvas.DrawRect(x - 1.5f, y - 9, font.MeasureText(text) + 3, 11.5f, ground);
        }

        canvas.DrawText(text, x, y, isLeft ? SKTextAlign.Right : SKTextAlign.Left, font, ink);
    }

    private static void DrawLegend(SKCanvas canvas, ParallelPlot plot, SKPaint line, SKPaint ink)
    {
        using var font = new SKFont(FigureFont.Install().Face(false), Text) { Subpixel = true };
        var (x, y) = (Side, Top + Tall + 28);
        foreach (var (kind, name) in new[] { (PointKind.Chosen, plot.ChosenName), (PointKind.Default, "default") })
        {
            if (plot.Lines.Any(item => item.Kind == kind))
            {
                Dress(line, kind, 0, 0);
                canvas.DrawLine(x, y, x + 30, y, line);
                canvas.DrawText(name, x + 36, y + 4.3f, SKTextAlign.Left, font, ink);
                x += 54 + font.MeasureText(name);
            }
        }

        if (plot.Lines.Any(item => item.Kind == PointKind.Failed))
        {
            Dress(line, PointKind.Failed, double.NaN, 0);
            line.StrokeWidth = 1.4f;
            canvas.DrawLine(x, y, x + 30, y, line);
            canvas.DrawText("failed", x + 36, y + 4.3f, SKTextAlign.Left, font, ink);
            x += 54 + font.MeasureText("failed");
        }

        canvas.DrawText("best", x, y + 4.3f, SKTextAlign.Left, font, ink);
        x += font.MeasureText("best") + 6;
        using var fill = new SKPaint();
        const int pieces = 32;
        for (var i = 0; i < pieces; i++)
        {
            fill.Color = Colour((i + 0.5) / pieces);
            canvas.DrawRect(x + (i * Bar / pieces), y - 5, (Bar / pieces) + 0.3f, 10, fill);
        }

        canvas.DrawText("worst", x + Bar + 6, y + 4.3f, SKTextAlign.Left, font, ink);
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
