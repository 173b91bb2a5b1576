using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws solutions: two pairs of panels a row, each pixel a point of the thinned grid.</summary>
internal static class FieldPainter
{
    public const float Width = 672;
    private const float Title = 18;
    private const float Left = 34;
    private const float Bottom = 30;
    private const float Gap = 12;
    private const float Text = 11;
    private const float BarWidth = 9;
    private const float BarRoom = 52;
    private const float BarText = 10;
    private const int BarSteps = 48;
    private const int Pixels = 132;

    public static float Height(FieldPanels fields) => (Lines(fields).Length * (Title + SideOf(fields) + Gap)) + Bottom;

    public static void Draw(SKCanvas canvas, FieldPanels fields)
    {
        using var font = new SKFont(FigureFont.Install().Face(false), Text) { Subpixel = true };
        using var ink = new SKPaint { Color = SKColor.Parse("#1A1A1A"), IsAntialias = true };
        var (lines, side) = (Lines(fields), SideOf(fields));
        for (var l = 0; l < lines.Length; l++)
        {
            var top = l * (Title + side + Gap);
            for (var p = 0; p < lines[l].Length; p++)
            {
                if (lines[l][p] is not { } panel)
                {
                    continue;
                }

                var left = Left + (p * (side + Gap + Room(fields)));
                canvas.DrawText(Fitted(panel.Title, font, side), left, top + 12, SKTextAlign.Left, font, ink);
                DrawPixels(canvas, panel, left, top + Title, side);
                if (fields.HasBars)
                {
                    DrawBar(canvas, panel, left + side + 5, top + Title, side);
                }

                if (p == 0)
                {
                    canvas.DrawText(Number(fields.Y.Upper), left - 5, top + Title + 9, SKTextAlign.Right, font, ink);
                    canvas.DrawText(fields.YLabel, left - 10, top + Title + (side / 2) + 4, SKTextAlign.Right, font, ink);
                    canvas.DrawText(Number(fields.Y.Lower), left - 5, top + Title + side, SKTextAlign.Right, font, ink);
                }

                if (l == lines.Length - 1)
                {
                    var y = top + Title + side + 14;
                    canvas.DrawText(Number(fields.X.Lower), left, y, SKTextAlign.Left, font, ink);
                    canvas.DrawText(fields.XLabel, left + (side / 2), y, SKTextAlign.Center, font, ink);
                    canvas.DrawText(Number(fields.X.Upper), left + side, y, SKTextAlign.Right, font, ink);
                }
            }
        }
    }

    // The reference stands alone in the first line's first pair; then two methods a line.
    private static FieldPanel?[][] Lines(FieldPanels fields) =>
        [.. fields.Rows.SelectMany(row => row.Length == 1 ? [row[0], null] : row.Select(panel => (FieldPanel?)panel)).Chunk(fields.Across)];

    // As pixels, four times as many as grid points, with values interpolated between these: squares would be a megabyte of SVG.
    private static void DrawPixels(SKCanvas canvas, FieldPanel panel, float left, float top, float side)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Pixels, Pixels, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var (columns, rows) = (Cells(panel.Values.Length), Cells(panel.Values[0].Length));
        var colours = new FieldColours(panel);

        // One by one through the library a panel takes fifty times as long.
        var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        for (var y = 0; y < Pixels; y++)
        {
            var row = pixels[((Pixels - 1 - y) * Pixels)..];
            for (var x = 0; x < Pixels; x++)
            {
                row[x] = colours.Of(At(panel.Values, columns[x], rows[y]));
            }
        }

        using var image = SKImage.FromBitmap(bitmap);
        var frame = new SKRect(left, top, left + side, top + side);
        canvas.DrawImage(image, frame);

        // A solution of one colour is still seen to be there.
        using var line = new SKPaint { Color = SKColor.Parse("#7A7A7A"), IsStroke = true, StrokeWidth = 0.8f };
        canvas.DrawRect(frame, line);
    }

    private static double At(ImmutableArray<ImmutableArray<double>> values, (int Index, double Share) column, (int Index, double Share) row)
    {
        var (left, right) = (Along(values[column.Index], row), Along(values[column.Index + 1], row));
        return left + (column.Share * (right - left));
    }

    private static double Along(ImmutableArray<double> values, (int Index, double Share) at) => values[at.Index] + (at.Share * (values[at.Index + 1] - values[at.Index]));

    private static (int Index, double Share)[] Cells(int count) => [.. Enumerable.Range(0, Pixels).Select(pixel => Cell((double)pixel / (Pixels - 1), count))];

    private static (int Index, double Share) Cell(double at, int count)
    {
        var index = Math.Min((int)(at * (count - 1)), count - 2);
        return (index, (at * (count - 1)) - index);
    }

    /// <summary>From the lower end of a panel's scale to the upper one, and the numbers at both.</summary>
    private static void DrawBar(SKCanvas canvas, FieldPanel panel, float left, float top, float side)
    {
        using var font = new SKFont(FigureFont.Install().Face(false), BarText) { Subpixel = true };
        using var ink = new SKPaint { Color = SKColor.Parse("#1A1A1A"), IsAntialias = true };
        using var fill = new SKPaint();

        // Each step lies over the ones above it, so that no line of the ground shows between two.
        for (var step = BarSteps - 1; step >= 0; step--)
        {
            fill.Color = HeatColours.Of(panel.Scale, (step + 0.5) / BarSteps);
            var height = (step + 1) * side / BarSteps;
            canvas.DrawRect(left, top + side - height, BarWidth, height, fill);
        }


        canvas.DrawText(BarNumber(panel.High), left + BarWidth + 3, top + 8, SKTextAlign.Left, font, ink);
        canvas.DrawText(BarNumber(panel.Low), left + BarWidth + 3, top + side, SKTextAlign.Left, font, ink);
    }

    private static float Room(FieldPanels fields) => fields.HasBars ? BarRoom : 0;

    private static float SideOf(FieldPanels fields) => (Width - Left - ((fields.Across - 1) * Gap) - 4 - (fields.Across * Room(fields))) / fields.Across;

    private static string Fitted(string title, SKFont font, float side)
    {
        while (title.Length > 4 && font.MeasureText(title) > side)
        {
            title = $"{title[..^2]}…";
        }

        return title;
    }

    private static string BarNumber(double value) => Math.Abs(value) is 0 or (>= 1e-2 and < 1e4)
        ? value.ToString("0.###", CultureInfo.InvariantCulture)
        : value.ToString("0.0e0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
