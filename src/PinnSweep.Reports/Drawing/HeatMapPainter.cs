using System.Collections.Immutable;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws heat maps: labels at the left and, turned, above; squares with their numbers.</summary>
internal static class HeatMapPainter
{
    private const float Width = 672;
    private const float Text = 12;
    private const float Gap = 26;
    private const float TitleHeight = 24;
    private const float LargestCell = 74;
    private const float CellHeight = 26;
    private const float Tilt = -40;

    public static float Height(ImmutableArray<HeatMap> maps) => maps.Sum(HeightOf) + (Gap * (maps.Length - 1)) + 8;

    public static void Draw(SKCanvas canvas, ImmutableArray<HeatMap> maps)
    {
        var top = 4f;
        foreach (var map in maps)
        {
            Draw(canvas, map, top);
            top += HeightOf(map) + Gap;
        }
    }

    private static float HeightOf(HeatMap map) => (map.Title.Length > 0 ? TitleHeight : 0) + Header(map) + (map.Rows.Length * CellHeight) + 4;

    private static float Header(HeatMap map)
    {
        using var font = Font(false, Text);
        return (map.Columns.Select(label => font.MeasureText(label)).DefaultIfEmpty(0).Max() * MathF.Sin(-Tilt * MathF.PI / 180)) + 22;
    }

    private static void Draw(SKCanvas canvas, HeatMap map, float top)
    {
        using var font = Font(false, Text);
        using var bold = Font(true, Text + 0.5f);
        using var small = Font(false, 11);
        using var paint = new SKPaint { IsAntialias = true };
        using var ink = new SKPaint { IsAntialias = true, Color = SKColor.Parse("#1A1A1A") };
        var left = map.Rows.Select(label => font.MeasureText(label)).DefaultIfEmpty(0).Max() + 10;
        var overhang = map.Columns.Select(label => font.MeasureText(label)).DefaultIfEmpty(0).Max() * MathF.Cos(Tilt * MathF.PI / 180);
        var cell = Math.Min(LargestCell, (Width - left - Math.Min(overhang, 120)) / Math.Max(1, map.Columns.Length));
        if (map.Title.Length > 0)
        {
            canvas.DrawText(map.Title, 0, top + 14, SKTextAlign.Left, bold, ink);
            top += TitleHeight;
        }

        top += Header(map);
        for (var c = 0; c < map.Columns.Length; c++)
        {
            canvas.Save();
            canvas.Translate(left + ((c + 0.5f) * cell), top - 6);
            canvas.RotateDegrees(Tilt);
            canvas.DrawText(map.Columns[c], 0, 0, SKTextAlign.Left, font, ink);
            canvas.Restore();
        }

        var known = map.Values.SelectMany(row => row).Where(value => double.IsFinite(value) && (value > 0 || map.Scale != HeatScale.Logarithmic)).ToArray();
        var low = known.Length > 0 ? known.Min() : 0;
        var high = known.Length == 0 ? 0 : map.Scale == HeatScale.Signed ? known.Max(Math.Abs) : known.Max();
        for (var r = 0; r < map.Rows.Length; r++)
        {
            var y = top + (r * CellHeight);
            canvas.DrawText(map.Rows[r], left - 8, y + (CellHeight / 2) + (Text * 0.36f), SKTextAlign.Right, font, ink);
            for (var c = 0; c < map.Columns.Length; c++)
            {
                var value = map.Values[r][c];
                var ground = double.IsNaN(value) ? SKColor.Parse("#F2F2F2") : HeatColours.Of(map.Scale, HeatColours.Share(map.Scale, value, low, high));
                paint.Color = ground;
                canvas.DrawRect(left + (c * cell) + 0.5f, y + 0.5f, cell - 1, CellHeight - 1, paint);
                if (map.Texts[r][c].Length > 0 && small.MeasureText(map.Texts[r][c]) <= cell - 2)
                {
                    paint.Color = HeatColours.InkOn(ground);
                    canvas.DrawText(map.Texts[r][c], left + ((c + 0.5f) * cell), y + (CellHeight / 2) + 4, SKTextAlign.Center, small, paint);
                }
            }
        }
    }

    private static SKFont Font(bool isBold, float size) => new(FigureFont.Install().Face(isBold), size) { Subpixel = true };
}
