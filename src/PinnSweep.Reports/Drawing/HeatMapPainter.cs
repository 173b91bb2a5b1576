using System.Collections.Immutable;
using System.Globalization;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Draws heat maps: labels at the left and, turned, above; squares with their numbers, and a bar that says which colour is which number. Maps
/// stand beside one another where they have room. Where squares are too narrow for turned labels, rows are numbered and columns have these
/// numbers.
/// </summary>
internal static class HeatMapPainter
{
    private const float Gap = 24;
    private const float TitleHeight = 24;
    private const float LargestCell = 74;
    private const float GoodCell = 50;
    private const float LargestHeight = 26;
    private const float LeastHeight = 15;
    private const float LeastTurned = 20;
    private const float Tilt = -40;
    private const float BarWidth = 9;
    private const float BarRoom = 58;
    private const float LongestShare = 0.3f;
    private const float LongestTurned = 0.22f;

    public static float Height(ImmutableArray<HeatMap> maps, FigureSheet sheet, FigureText text) =>
        Lines(maps, sheet, text).Sum(line => line.Max(place => place.Height) + Gap) - Gap + 8;

    public static void Draw(SKCanvas canvas, ImmutableArray<HeatMap> maps, FigureSheet sheet, FigureText text)
    {
        using var paint = new SKPaint { IsAntialias = true };
        using var ink = new SKPaint { IsAntialias = true, Color = SKColor.Parse("#1A1A1A") };
        var top = 4f;
        foreach (var line in Lines(maps, sheet, text))
        {
            var left = 0f;
            foreach (var place in line)
            {
                Draw(canvas, place, left, top, text, (paint, ink));
                left += place.Width + Gap;
            }

            top += line.Max(place => place.Height) + Gap;
        }
    }

    private static List<List<Place>> Lines(ImmutableArray<HeatMap> maps, FigureSheet sheet, FigureText text)
    {
        var lines = new List<List<Place>>();
        var used = float.PositiveInfinity;
        foreach (var map in maps)
        {
            var place = PlaceOf(map, sheet, text);
            if (used + place.Width > sheet.Width)
            {
                lines.Add([]);
                used = 0;
            }

            lines[^1].Add(place);
            used += place.Width + Gap;
        }

        return lines;
    }

    private static Place PlaceOf(HeatMap map, FigureSheet sheet, FigureText text)
    {
        string[] Fitted(ImmutableArray<string> names, float share) => [.. names.Select(name => text.Fitted(name, text.Regular, share * sheet.Width))];

        // Where columns are few, names may be longer.
        var longest = Math.Clamp(1 - ((BarRoom + (map.Columns.Length * GoodCell)) / sheet.Width), LongestShare, 1.6f * LongestShare);
        float Widest(string[] names) => names.Select(name => text.Regular.MeasureText(name)).DefaultIfEmpty(0).Max();
        var (rows, columns) = (Fitted(map.Rows, longest), Fitted(map.Columns, longest * LongestTurned / LongestShare));
        var count = Math.Max(1, columns.Length);
        var (sine, cosine) = (MathF.Sin(-Tilt * MathF.PI / 180), MathF.Cos(Tilt * MathF.PI / 180));
        var beside = sheet.Width - Widest(rows) - 12 - BarRoom;

        // A label of the last column reaches over the bar and, where it is long, beyond it.
        var overhang = Math.Max(0, (Widest(columns) * cosine) - BarRoom);
        var cell = Math.Min(LargestCell, (beside - overhang) / count);
        var header = (Widest(columns) * sine) + 22;
        var isNumbered = cell < LeastTurned && map.Rows.SequenceEqual(map.Columns);
        if (isNumbered)
        {
            rows = [.. rows.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{name}  {i + 1}"))];
            columns = [.. columns.Select((_, i) => (i + 1).ToString(CultureInfo.InvariantCulture))];
            (overhang, header) = (0, 22);
            cell = Math.Min(LargestCell, (sheet.Width - Widest(rows) - 12 - BarRoom) / count);
        }

        // Words that are as narrow as their squares need not be turned.
        var isUpright = isNumbered || Widest(columns) <= cell - 6;
        (overhang, header) = isUpright ? (0, 22) : (overhang, header);

        var title = map.Title.Length > 0 ? TitleHeight : 0;
        var height = Math.Clamp((sheet.MaxHeight - title - header - 12) / Math.Max(1, rows.Length), LeastHeight, LargestHeight);
        var left = Widest(rows) + 12;
        return new(map, rows, columns, isNumbered, isUpright, left, cell, height, header, Math.Max(left + (count * cell) + BarRoom + overhang, text.Bold.MeasureText(map.Title)), title + header + (rows.Length * height) + 4);
    }

    private static void Draw(SKCanvas canvas, Place place, float from, float top, FigureText text, (SKPaint Fill, SKPaint Ink) pens)
    {
        var map = place.Map;
        var left = from + place.Left;
        if (map.Title.Length > 0)
        {
            canvas.DrawText(map.Title, from, top + 14, SKTextAlign.Left, text.Bold, pens.Ink);
            top += TitleHeight;
        }

        top += place.Header;
        DrawColumns(canvas, place, left, top, text, pens.Ink);
        var (low, high) = HeatColours.Range(map);

        // All numbers or none: those alone that have room would seem to be chosen.
        var hasNumbers = map.Texts.SelectMany(row => row).All(number => text.Small.MeasureText(number) <= place.Cell - 3);
        for (var r = 0; r < map.Rows.Length; r++)
        {
            var y = top + (r * place.CellHeight);
            canvas.DrawText(place.Rows[r], left - 8, y + (place.CellHeight / 2) + (FigureText.Size * FigureText.Drop), SKTextAlign.Right, text.Regular, pens.Ink);
            for (var c = 0; c < map.Columns.Length; c++)
            {
                var value = map.Values[r][c];
                var ground = double.IsNaN(value) ? SKColor.Parse("#F2F2F2") : HeatColours.Of(map.Scale, HeatColours.Share(map.Scale, value, low, high));
                pens.Fill.Color = ground;
                canvas.DrawRect(left + (c * place.Cell) + 0.5f, y + 0.5f, place.Cell - 1, place.CellHeight - 1, pens.Fill);
                if (hasNumbers && map.Texts[r][c].Length > 0)
                {
                    pens.Fill.Color = HeatColours.InkOn(ground);
                    canvas.DrawText(map.Texts[r][c], left + ((c + 0.5f) * place.Cell), y + (place.CellHeight / 2) + 4, SKTextAlign.Center, text.Small, pens.Fill);
                }
            }
        }

        DrawBar(canvas, map, left + (map.Columns.Length * place.Cell) + 10, top, map.Rows.Length * place.CellHeight, text, pens);
    }

    private static void DrawColumns(SKCanvas canvas, Place place, float left, float top, FigureText text, SKPaint ink)
    {
        var every = place.IsNumbered ? (int)Math.Ceiling((text.Regular.MeasureText(place.Columns[^1]) + 3) / place.Cell) : 1;
        for (var c = 0; c < place.Columns.Length; c += every)
        {
            var x = left + ((c + 0.5f) * place.Cell);
            if (place.IsUpright)
            {
                canvas.DrawText(place.Columns[c], x, top - 6, SKTextAlign.Center, text.Regular, ink);
                continue;
            }

            canvas.Save();
            canvas.Translate(x, top - 6);
            canvas.RotateDegrees(Tilt);
            canvas.DrawText(place.Columns[c], 0, 0, SKTextAlign.Left, text.Regular, ink);
            canvas.Restore();
        }
    }

    private static void DrawBar(SKCanvas canvas, HeatMap map, float left, float top, float height, FigureText text, (SKPaint Fill, SKPaint Ink) pens)
    {
        const int steps = 48;

        // Each step lies over the ones above it, so that no line of the ground shows between two.
        for (var step = steps - 1; step >= 0; step--)
        {
            pens.Fill.Color = HeatColours.Of(map.Scale, (step + 0.5) / steps);
            canvas.DrawRect(left, top + height - ((step + 1) * height / steps), BarWidth, (step + 1) * height / steps, pens.Fill);
        }

        var (low, high) = HeatColours.Range(map);
        canvas.DrawText(Number(map.Scale, high), left + BarWidth + 4, top + 8, SKTextAlign.Left, text.Small, pens.Ink);
        canvas.DrawText(Number(map.Scale, low), left + BarWidth + 4, top + height, SKTextAlign.Left, text.Small, pens.Ink);
    }

    private static string Number(HeatScale scale, double value) =>
        scale is HeatScale.Probability or HeatScale.Share ? value.ToString("0.#", CultureInfo.InvariantCulture) : value.ToString("0.0e0", CultureInfo.InvariantCulture);

    private sealed record Place(
        HeatMap Map, string[] Rows, string[] Columns, bool IsNumbered, bool IsUpright, float Left, float Cell, float CellHeight, float Header, float Width, float Height);
}
