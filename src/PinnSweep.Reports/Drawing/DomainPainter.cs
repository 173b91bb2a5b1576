using System.Globalization;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws a domain in its own proportions, with names beside its sides; the legend says which conditions a colour stands for.</summary>
internal static class DomainPainter
{
    private const float Left = 56;
    private const float Top = 26;
    private const float Bottom = 46;
    private const float Line = 17;
    private const float LegendWidth = 210;
    private const float Swatch = 25;
    private const float LeastHeight = 60;
    private static readonly SKColor Ink = SKColor.Parse("#1A1A1A");
    private static readonly SKColor Open = SKColor.Parse("#B0B0B0");

    public static float Height(DomainPicture domain, FigureSheet sheet)
    {
        var (drawn, legend) = (Top + Size(domain, sheet).Height + Bottom, (Entries(domain).Count * Line) + 12);
        return IsBelow(sheet) ? drawn + legend : Math.Max(drawn, Top + legend);
    }

    public static void Draw(SKCanvas canvas, DomainPicture domain, FigureSheet sheet, FigureText text)
    {
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        using var paint = new SKPaint { IsAntialias = true };
        var (width, height) = Size(domain, sheet);
        var placed = new List<SKRect>();
        SKPoint At((double X, double Y) point) => new(
            Left + (float)((point.X - domain.X.Lower) / (domain.X.Upper - domain.X.Lower) * width),
            Top + height - (float)((point.Y - domain.Y.Lower) / (domain.Y.Upper - domain.Y.Lower) * height));

        paint.Color = SKColor.Parse("#7A7A7A").WithAlpha(150);
        foreach (var point in domain.Inside)
        {
            canvas.DrawCircle(At(point), 0.9f, paint);
        }

        foreach (var place in domain.Places)
        {
            DrawPlace(canvas, place, At, paint);
        }

        foreach (var place in domain.Places.Where(place => place.Lines.Length > 0))
        {
            var longest = place.Lines.MaxBy(line => line.Length);
            var (from, to) = (At(longest[0]), At(longest[^1]));
            var isFlat = Math.Abs(to.X - from.X) > 3 * Math.Abs(to.Y - from.Y);
            DrawName(canvas, text.Fitted(place.Name, text.Regular, width - 8), longest.Select(At).ToArray(), isFlat, new SKRect(Left, Top - 16, Left + width, Top + height), placed, text, ink);
        }

        DrawAxes(canvas, domain, width, height, text, ink);
        var legend = IsBelow(sheet) ? new SKPoint(8, Top + height + Bottom + 8) : new SKPoint(sheet.Width - LegendWidth, Top + 10);
        DrawLegend(canvas, domain, legend, (IsBelow(sheet) ? sheet.Width - 8 : LegendWidth) - Swatch - 2, text, ink, paint);
    }

    private static void DrawPlace(SKCanvas canvas, DomainPlace place, Func<(double X, double Y), SKPoint> at, SKPaint paint)
    {
        paint.Color = Colour(place);
        using var stroke = new SKPaint { Color = Colour(place), IsAntialias = true, IsStroke = true, StrokeWidth = 1.8f };
        foreach (var line in place.Lines)
        {
            if (line.Length == 1)
            {
                canvas.DrawCircle(at(line[0]), 3.4f, paint);
                continue;
            }

            using var path = new SKPath();
            path.MoveTo(at(line[0]));
            foreach (var point in line.Skip(1))
            {
                path.LineTo(at(point));
            }

            canvas.DrawPath(path, stroke);
        }

        foreach (var point in place.Points)
        {
            canvas.DrawCircle(at(point), 1.5f, paint);
        }
    }

    /// <summary>
    /// Beside its line, or over it where it is flat, at the first of some places that no other name has, on a ground that points do not shine
    /// through. Where there is none, the legend alone names it.
    /// </summary>
    private static void DrawName(SKCanvas canvas, string name, SKPoint[] line, bool isFlat, SKRect inside, List<SKRect> placed, FigureText text, SKPaint ink)
    {
        var width = text.Regular.MeasureText(name);
        foreach (var along in new[] { 0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9 })
        {
            var point = line[(int)(along * (line.Length - 1))];
            var share = isFlat ? -0.5f : point.X < inside.MidX ? 0 : -1;
            var left = point.X + (share * width) + 5 + (10 * share);
            left = Math.Clamp(left, inside.Left + 2, Math.Max(inside.Left + 2, inside.Right - width - 2));
            var ground = SKRect.Create(left - 2, point.Y - 15, width + 4, 14);
            if (ground.Top < inside.Top || ground.Bottom > inside.Bottom || placed.Exists(ground.IntersectsWith))
            {
                continue;
            }

            placed.Add(ground);
            using var paint = new SKPaint { Color = SKColors.White.WithAlpha(215) };
            canvas.DrawRect(ground, paint);
            canvas.DrawText(name, left, point.Y - 4, SKTextAlign.Left, text.Regular, ink);
            return;
        }
    }

    private static void DrawAxes(SKCanvas canvas, DomainPicture domain, float width, float height, FigureText text, SKPaint ink)
    {
        var below = Top + height + 18;
        canvas.DrawText(Number(domain.X.Lower), Left, below, SKTextAlign.Left, text.Regular, ink);
        canvas.DrawText(text.Fitted(domain.XLabel, text.Label, width + 40), Left + (width / 2), below + 14, SKTextAlign.Center, text.Label, ink);
        canvas.DrawText(Number(domain.X.Upper), Left + width, below, SKTextAlign.Right, text.Regular, ink);
        if (domain.YLabel.Length > 0)
        {
            canvas.DrawText(Number(domain.Y.Upper), Left - 8, Top + 9, SKTextAlign.Right, text.Regular, ink);
            canvas.DrawText(text.Fitted(domain.YLabel, text.Regular, Left - 14), Left - 12, Top + (height / 2) + 4, SKTextAlign.Right, text.Regular, ink);
            canvas.DrawText(Number(domain.Y.Lower), Left - 8, Top + height, SKTextAlign.Right, text.Regular, ink);
        }
    }

    private static void DrawLegend(SKCanvas canvas, DomainPicture domain, SKPoint from, float width, FigureText text, SKPaint ink, SKPaint paint)
    {
        var y = from.Y;
        foreach (var (place, words) in Entries(domain))
        {
            if (place is not null)
            {
                paint.Color = Colour(place);
                canvas.DrawRect(from.X, y - 6, 18, 3.5f, paint);
            }

            canvas.DrawText(text.Fitted(words, text.Regular, width), from.X + Swatch, y, SKTextAlign.Left, text.Regular, ink);
            y += Line;
        }
    }

    /// <summary>The lines of the legend: conditions with their colour, and below them the names of their places.</summary>
    private static List<(DomainPlace? Place, string Text)> Entries(DomainPicture domain)
    {
        var entries = new List<(DomainPlace? Place, string Text)>();
        foreach (var group in domain.Places.GroupBy(place => place.Conditions))
        {
            entries.Add((group.First(), group.Key.Length > 0 ? group.Key : "no condition"));
            entries.AddRange(group.Select(place => ((DomainPlace?)null, $"  {place.Name}")));
        }

        return entries;
    }

    private static SKColor Colour(DomainPlace place) => place.Conditions.Length == 0 ? Open : SKColor.Parse(SeriesStyle.Of(place.Style + 1).Color.ToHex());

    // Names of conditions are long: in a column they stand below.
    private static bool IsBelow(FigureSheet sheet) => sheet.Size == FigureSize.Column;

    private static (float Width, float Height) Size(DomainPicture domain, FigureSheet sheet)
    {
        var (across, up) = (sheet.Width - Left - (IsBelow(sheet) ? 24 : LegendWidth + 26), sheet.MaxHeight - Top - Bottom);
        var ratio = domain.YLabel.Length == 0 ? 0 : (domain.Y.Upper - domain.Y.Lower) / (domain.X.Upper - domain.X.Lower);

        // Coordinates of different kinds, such as length and time, have no proportion to one another.
        var height = ratio is > 0.2 and < 5 ? (float)(across * Math.Min(ratio, 1)) : ratio == 0 ? LeastHeight : across;
        var width = ratio is > 1 and < 5 ? (float)(across / ratio) : across;
        var share = Math.Min(1, up / height);
        return ratio == 0 ? (width, height) : (width * share, height * share);
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
