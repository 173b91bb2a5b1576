using ScottPlot;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws the marks and lines of interval charts, in panels and legends alike.</summary>
internal static class IntervalMarks
{
    private static readonly SKColor Ink = SKColor.Parse("#1A1A1A");
    private static readonly SKColor Grey = SKColor.Parse("#7A7A7A");
    private static readonly LinePattern Dashed = new([6, 3], 0, "reference");
    private static readonly LinePattern Dotted = new([2, 2], 0, "floor");

    /// <summary>A mark around a point.</summary>
    public static void Draw(SKCanvas canvas, IntervalMark mark, float x, float y)
    {
        var colour = mark switch
        {
            IntervalMark.Better => SKColor.Parse("#0072B2"),
            IntervalMark.Worse => SKColor.Parse("#D55E00"),
            IntervalMark.Equivalent => SKColor.Parse("#009E73"),
            IntervalMark.Unranked => Grey,
            _ => Ink,
        };
        using var fill = Fill(colour);
        using var line = Stroke(colour, 1.3f);
        using var ground = Fill(SKColors.White);
        switch (mark)
        {
            case IntervalMark.Mean:
                canvas.DrawRect(x - 1.3f, y - 4, 2.6f, 8, fill);
                break;
            case IntervalMark.Better:
                canvas.DrawCircle(x, y, 4, fill);
                break;
            case IntervalMark.Worse:
                canvas.DrawRect(x - 3.7f, y - 3.7f, 7.4f, 7.4f, fill);
                break;
            case IntervalMark.Equivalent:
                using (var diamond = new SKPath())
                {
                    diamond.AddPoly([new(x - 5, y), new(x, y - 5), new(x + 5, y), new(x, y + 5)]);
                    canvas.DrawPath(diamond, fill);
                }

                break;
            case IntervalMark.Open:
                canvas.DrawCircle(x, y, 3.6f, ground);
                canvas.DrawCircle(x, y, 3.6f, line);
                break;
            default:
                canvas.DrawLine(x - 3.2f, y - 3.2f, x + 3.2f, y + 3.2f, line);
                canvas.DrawLine(x - 3.2f, y + 3.2f, x + 3.2f, y - 3.2f, line);
                break;
        }
    }

    /// <summary>A line across a panel, or of the legend.</summary>
    public static void Draw(SKCanvas canvas, IntervalLine line, SKPoint from, SKPoint to)
    {
        using var paint = Stroke(line == IntervalLine.Solid ? Ink : Grey, line == IntervalLine.Solid ? 0.9f : 1.2f);
        using var path = new DashedPath(line switch
        {
            IntervalLine.Solid => LinePattern.Solid,
            IntervalLine.Dashed => Dashed,
            _ => Dotted,
        }).GetPath([new Pixel(from.X, from.Y), new Pixel(to.X, to.Y)]);
        canvas.DrawPath(path, paint);
    }

    private static SKPaint Fill(SKColor colour) => new() { Color = colour, IsAntialias = true };

    private static SKPaint Stroke(SKColor colour, float width) => new() { Color = colour, IsAntialias = true, IsStroke = true, StrokeWidth = width };
}
