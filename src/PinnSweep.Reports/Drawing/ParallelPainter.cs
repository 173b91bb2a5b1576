using System.Globalization;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws parallel coordinates: names over the axes on two levels by turns, lines from worst to best, a legend below.</summary>
internal static class ParallelPainter
{
    private const float Side = 58;
    private const float Top = 56;
    private const float NameLine = 14.5f;
    private const float LegendLine = 19;
    private const int MostLevels = 3;

    // Of a word that is cut to less nothing is left to read.
    private const float LeastWord = 30;
    private const float Tall = 250;
    private const float Bar = 96;
    private static readonly SKColor Ink = SKColor.Parse("#1A1A1A");

    public static float Height(FigureSheet sheet) => Top + HeightOf(sheet) + 46 + (sheet.Size == FigureSize.Column ? LegendLine : 0);

    public static void Draw(SKCanvas canvas, ParallelPlot plot, FigureSheet sheet, FigureText text)
    {
        var left = Math.Clamp(plot.Axes[0].Ticks.Select(tick => text.Small.MeasureText(tick.Text)).DefaultIfEmpty(0).Max() + 10, Side, 2 * Side);
        var step = (sheet.Width - left - Side) / Math.Max(1, plot.Axes.Length - 1);
        var tall = HeightOf(sheet);
        float X(int axis) => left + (axis * step);
        float Y(double place) => Top + (float)((1 - place) * tall);

        using var line = new SKPaint { IsAntialias = true, IsStroke = true, StrokeJoin = SKStrokeJoin.Round };
        foreach (var item in plot.Lines)
        {
            DrawLine(canvas, item, plot.Lines.Length, X, Y, line);
        }

        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        for (var a = 0; a < plot.Axes.Length; a++)
        {
            line.Color = Ink;
            line.StrokeWidth = 1;
            canvas.DrawLine(X(a), Y(0), X(a), Y(1), line);
            var (isFirst, isLast) = (a == 0, a == plot.Axes.Length - 1);
            var room = isFirst ? left - 9 : isLast ? Side - 7 : step - 14;
            var above = float.NegativeInfinity;
            foreach (var (place, words) in plot.Axes[a].Ticks.OrderByDescending(tick => tick.Place))
            {
                // Outer axes have their numbers outside, the others at their right over a light ground.
                canvas.DrawLine(X(a) - (isLast ? 0 : 4), Y(place), X(a) + (isLast ? 4 : 0), Y(place), line);
                if (words.Length > 0 && HasRoom(words, room, text) && Y(place) - above >= FigureText.Least + 1)
                {
                    DrawTick(canvas, text.Fitted(words, text.Small, room), X(a) + (isFirst ? -7 : 6), Y(place) + 3.8f, isFirst, isFirst || isLast, text.Small, ink);
                    above = Y(place);
                }
            }
        }

        DrawNames(canvas, plot, sheet, X, text, ink);
        DrawLegend(canvas, plot, sheet, Top + tall + 28, text, line, ink);
    }

    // A number that is cut is another number.
    private static bool HasRoom(string words, float room, FigureText text) =>
        text.Small.MeasureText(words) <= room || (room >= LeastWord && !double.TryParse(words, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    // On as many levels as they need to pass one another.
    private static void DrawNames(SKCanvas canvas, ParallelPlot plot, FigureSheet sheet, Func<int, float> x, FigureText text, SKPaint ink)
    {
        var step = plot.Axes.Length > 1 ? x(1) - x(0) : sheet.Width;
        var levels = Enumerable.Range(1, MostLevels).FirstOrDefault(count => plot.Axes.All(axis => text.Bold.MeasureText(axis.Name) <= (count * step) - 10), MostLevels);
        var ends = new float[levels];
        for (var a = 0; a < plot.Axes.Length; a++)
        {
            // Beside an edge a name moves inwards, and those after it have what it leaves.
            var level = a % levels;
            var limit = Math.Min(sheet.Width, x(Math.Min(plot.Axes.Length - 1, a)) + (levels * step / 2) - 5);
            var start = Math.Max(ends[level], x(a) - (levels * step / 2) + 5);
            var half = text.Bold.MeasureText(plot.Axes[a].Name) / 2;
            var from = Math.Max(start, Math.Min(x(a) - half, limit - (2 * half)));
            var name = text.Fitted(plot.Axes[a].Name, text.Bold, limit - from);
            canvas.DrawText(name, from, Top - 13 - ((levels - 1 - level) * NameLine), SKTextAlign.Left, text.Bold, ink);
            ends[level] = from + text.Bold.MeasureText(name) + 8;
        }
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

    private static void DrawLegend(SKCanvas canvas, ParallelPlot plot, FigureSheet sheet, float y, FigureText text, SKPaint line, SKPaint ink)
    {
        var x = 8f;
        void Word(string word, float before)
        {
            canvas.DrawText(word, x + before, y + 4.3f, SKTextAlign.Left, text.Regular, ink);
            x += before + text.Regular.MeasureText(word);
        }

        foreach (var (kind, name) in new[] { (PointKind.Chosen, plot.ChosenName), (PointKind.Default, "default"), (PointKind.Failed, "failed") })
        {
            if (plot.Lines.Any(item => item.Kind == kind))
            {
                Dress(line, kind, kind == PointKind.Failed ? double.NaN : 0, 0);
                line.StrokeWidth = Math.Max(line.StrokeWidth, 1.4f);
                canvas.DrawLine(x, y, x + 30, y, line);
                Word(name, 36);
                x += 18;
            }
        }

        (x, y) = sheet.Size == FigureSize.Column ? (8, y + LegendLine) : (x, y);
        Word("best", 0);
        x += 6;
        using var fill = new SKPaint();
        const int pieces = 32;
        for (var i = 0; i < pieces; i++)
        {
            fill.Color = Colour((i + 0.5) / pieces);
            canvas.DrawRect(x + (i * Bar / pieces), y - 5, (Bar / pieces) + 0.3f, 10, fill);
        }

        x += Bar;
        Word("worst", 6);
    }

    private static float HeightOf(FigureSheet sheet) => sheet.IsSlide ? Math.Min(Tall * 1.4f, sheet.MaxHeight - Top - 46) : sheet.Size == FigureSize.Column ? 200 : Tall;
}
