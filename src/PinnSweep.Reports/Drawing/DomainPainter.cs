using System.Globalization;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws a domain in its own proportions, with names beside its sides; the legend says which conditions a colour stands for.</summary>
internal static class DomainPainter
{
    private const float Side = 380;
    private const float Left = 56;
    private const float Top = 26;
    private const float LegendLeft = 470;
    private const float Line = 17;
    private const float Text = 11.5f;
    private const float LeastHeight = 60;
    private static readonly SKColor Ink = SKColor.Parse("#1A1A1A");
    private static readonly SKColor Open = SKColor.Parse("#B0B0B0");

    public static float Height(DomainPicture domain) => Math.Max(Top + Size(domain).Height + 46, Top + (Entries(domain).Count * Line) + 12);

    public static void Draw(SKCanvas canvas, DomainPicture domain)
    {
        using var font = new SKFont(FigureFont.Install().Face(false), Text) { Subpixel = true };
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        using var paint = new SKPaint { IsAntialias = true };
        var (width, height) = Size(domain);
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
            var middle = At(longest[longest.Length / 2]);
            var (from, to) = (At(longest[0]), At(longest[^1]));
            var isFlat = Math.Abs(to.X - from.X) > 3 * Math.Abs(to.Y - from.Y);
            var share = isFlat ? -0.5f : middle.X < Left + (width / 2) ? 0 : -1;
            DrawName(canvas, place.Name, middle, share, font, ink);
        }

        DrawAxes(canvas, domain, width, height, font, ink);
        DrawLegend(canvas, domain, font, ink, paint);
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

    /// <summary>Beside the middle of its line, or over it where it is flat, on a ground that points do not shine through.</summary>
    private static void DrawName(SKCanvas canvas, string name, SKPoint middle, float share, SKFont font, SKPaint ink)
    {
        var width = font.MeasureText(name);
        var left = middle.X + (share * width) + (5 + (10 * share));
        using var ground = new SKPaint { Color = SKColors.White.WithAlpha(215) };
        canvas.DrawRect(left - 2, middle.Y - 15, width + 4, 14, ground);
        canvas.DrawText(name, left, middle.Y - 4, SKTextAlign.Left, font, ink);
    }

    private static void DrawAxes(SKCanvas canvas, DomainPicture domain, float width, float height, SKFont font, SKPaint ink)
    {
        var below = Top + height + 18;
        canvas.DrawText(Number(domain.X.Lower), Left, below, SKTextAlign.Left, font, ink);
        canvas.DrawText(domain.XLabel, Left + (width / 2), below + 12, SKTextAlign.Center, font, ink);
        canvas.DrawText(Number(domain.X.Upper), Left + width, below, SKTextAlign.Right, font, ink);
        if (domain.YLabel.Length > 0)
        {
            canvas.DrawText(Number(domain.Y.Upper), Left - 8, Top + 9, SKTextAlign.Right, font, ink);
            canvas.DrawText(domain.YLabel, Left - 12, Top + (height / 2) + 4, SKTextAlign.Right, font, ink);
            canvas.DrawText(Number(domain.Y.Lower), Left - 8, Top + height, SKTextAlign.Right, font, ink);
        }
    }

    private static void DrawLegend(SKCanvas canvas, DomainPicture domain, SKFont font, SKPaint ink, SKPaint paint)
    {
        var y = Top + 10;
        foreach (var (place, text) in Entries(domain))
        {
            if (place is not null)
            {
                paint.Color = Colour(place);
                canvas.DrawRect(LegendLeft, y - 6, 18, 3.5f, paint);
            }

            canvas.DrawText(text, LegendLeft + 25, y, SKTextAlign.Left, font, ink);
            y += Line;
        }
    }

    /// <summary>The lines of the legend: conditions with their colour, and below them the names of their places.</summary>
    private static List<(DomainPlace? Place, string Text)> Entries(DomainPicture domain)
    {
        var entries = new List<(DomainPlace? Place, string Text)>();
        foreach (var group in domain.Places.GroupBy(place => place.Conditions))
        {
            entries.Add((group.First(), Short(group.Key.Length > 0 ? group.Key : "no condition")));
            entries.AddRange(group.Select(place => ((DomainPlace?)null, $"  {Short(place.Name)}")));
        }

        return entries;
    }

    private static string Short(string text) => text.Length > 30 ? $"{text[..29]}…" : text;

    private static SKColor Colour(DomainPlace place) => place.Conditions.Length == 0 ? Open : SKColor.Parse(SeriesStyle.Of(place.Style + 1).Color.ToHex());

    private static (float Width, float Height) Size(DomainPicture domain)
    {
        var ratio = domain.YLabel.Length == 0 ? 0 : (domain.Y.Upper - domain.Y.Lower) / (domain.X.Upper - domain.X.Lower);

        // Coordinates of different kinds, such as length and time, have no proportion to one another.
        return ratio is > 1 and < 5 ? ((float)(Side / ratio), Side) : ratio is <= 1 and > 0.2 ? (Side, (float)(Side * ratio)) : ratio == 0 ? (Side, LeastHeight) : (Side, Side);
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
