using System.Globalization;
using PinnSweep.Reports.Texts;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws a critical-difference diagram: the better half hangs at the left, the worse half at the right.</summary>
internal static class RankDiagramPainter
{
    private const float Width = 672;
    private const float AxisTop = 52;
    private const float Row = 20;
    private const float GroupStep = 8;
    private const float Text = 12;

    public static float Height(RankDiagram diagram) => FirstRow(diagram) + (((diagram.Methods.Length + 1) / 2) * Row) + 6;

    public static void Draw(SKCanvas canvas, RankDiagram diagram)
    {
        using var font = new SKFont(FigureFont.Install().Face(false), Text) { Subpixel = true };
        using var ink = new SKPaint { Color = SKColor.Parse("#1A1A1A"), IsAntialias = true };
        using var thin = new SKPaint { Color = ink.Color, IsAntialias = true, StrokeWidth = 1, IsStroke = true };
        using var thick = new SKPaint { Color = SKColor.Parse("#0072B2"), IsAntialias = true, StrokeWidth = 4, IsStroke = true, StrokeCap = SKStrokeCap.Round };
        var count = diagram.Methods.Length;
        var side = diagram.Methods.Max(method => font.MeasureText(Label(method.Name, method.Rank, isLeft: true))) + 22;
        float X(double rank) => side + (float)((rank - 1) / (count - 1) * (Width - (2 * side)));

        canvas.DrawLine(X(1), AxisTop, X(count), AxisTop, thin);
        for (var rank = 1; rank <= count; rank++)
        {
            canvas.DrawLine(X(rank), AxisTop - 5, X(rank), AxisTop, thin);
            canvas.DrawText(rank.ToString(CultureInfo.InvariantCulture), X(rank), AxisTop - 9, SKTextAlign.Center, font, ink);
        }

        if (diagram.CriticalDifference is { } difference)
        {
            DrawDifference(canvas, difference, X(1), X(2) - X(1), font, ink, thin);
        }

        var groups = diagram.Groups;
        for (var i = 0; i < groups.Length; i++)
        {
            var y = AxisTop + 9 + (i * GroupStep);
            canvas.DrawLine(X(diagram.Methods[groups[i].First].Rank) - 3, y, X(diagram.Methods[groups[i].Last].Rank) + 3, y, thick);
        }

        var left = (count + 1) / 2;
        for (var i = 0; i < count; i++)
        {
            var isLeft = i < left;
            var (name, rank) = diagram.Methods[i];
            var y = FirstRow(diagram) + ((isLeft ? i : count - 1 - i) * Row);
            var end = isLeft ? X(1) - 14 : X(count) + 14;
            canvas.DrawLine(X(rank), AxisTop, X(rank), y, thin);
            canvas.DrawLine(X(rank), y, end, y, thin);
            canvas.DrawText(Label(name, rank, isLeft), isLeft ? end - 6 : end + 6, y + (Text * 0.36f), isLeft ? SKTextAlign.Right : SKTextAlign.Left, font, ink);
        }
    }

    private static void DrawDifference(SKCanvas canvas, double difference, float left, float perRank, SKFont font, SKPaint ink, SKPaint thin)
    {
        const float y = 22;
        var right = left + (float)(difference * perRank);
        canvas.DrawLine(left, y, right, y, thin);
        canvas.DrawLine(left, y - 4, left, y + 4, thin);
        canvas.DrawLine(right, y - 4, right, y + 4, thin);
        canvas.DrawText($"CD = {NumberText.Decimal(difference, 3)}", (left + right) / 2, y - 7, SKTextAlign.Center, font, ink);
    }

    private static string Label(string name, double rank, bool isLeft) =>
        isLeft ? string.Create(CultureInfo.InvariantCulture, $"{name}  {rank:F2}") : string.Create(CultureInfo.InvariantCulture, $"{rank:F2}  {name}");

    private static float FirstRow(RankDiagram diagram) => AxisTop + 22 + (diagram.Groups.Length * GroupStep);
}
