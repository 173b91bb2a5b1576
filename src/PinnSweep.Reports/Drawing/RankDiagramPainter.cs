using System.Globalization;
using PinnSweep.Reports.Texts;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Draws a critical-difference diagram: the better half hangs at the left, the worse half at the right.</summary>
internal static class RankDiagramPainter
{
    private const string AxisTitle = "mean rank (lower is better)";
    private const float Row = 20;
    private const float GroupStep = 8;
    private const float Hook = 20;
    private const float LeastTick = 20;

    // However long names are, ranks are told apart on an axis that has this share of the width.
    private const float LeastAxis = 0.3f;

    public static float Height(RankDiagram diagram) => FirstRow(diagram) + (((diagram.Methods.Length + 1) / 2) * Row) + 2;

    public static void Draw(SKCanvas canvas, RankDiagram diagram, FigureSheet sheet, FigureText text)
    {
        using var ink = new SKPaint { Color = SKColor.Parse("#1A1A1A"), IsAntialias = true };
        using var thin = new SKPaint { Color = ink.Color, IsAntialias = true, StrokeWidth = 1, IsStroke = true };
        using var thick = new SKPaint { Color = SKColor.Parse("#0072B2"), IsAntialias = true, StrokeWidth = 4, IsStroke = true, StrokeCap = SKStrokeCap.Round };
        var (count, top) = (diagram.Methods.Length, AxisTop(diagram));
        var most = (sheet.Width * (1 - LeastAxis) / 2) - Hook - 2;
        string[] labels = [.. diagram.Methods.Select((method, i) => Label(method, i < (count + 1) / 2, most, text))];
        var side = labels.Max(label => text.Regular.MeasureText(label)) + Hook + 2;
        float X(double rank) => side + (float)((rank - 1) / Math.Max(1, count - 1) * (sheet.Width - (2 * side)));

        canvas.DrawText(AxisTitle, sheet.Width / 2, 14, SKTextAlign.Center, text.Label, ink);
        canvas.DrawLine(X(1), top, X(count), top, thin);
        var every = Math.Max(1, (int)Math.Ceiling(LeastTick / Math.Max(1, X(2) - X(1))));
        for (var rank = 1; rank <= count; rank++)
        {
            canvas.DrawLine(X(rank), top - 5, X(rank), top, thin);
            if ((rank - 1) % every == 0)
            {
                canvas.DrawText(rank.ToString(CultureInfo.InvariantCulture), X(rank), top - 9, SKTextAlign.Center, text.Regular, ink);
            }
        }

        if (diagram.CriticalDifference is { } difference)
        {
            DrawDifference(canvas, difference, X(1), X(2) - X(1), text, ink, thin);
        }

        var groups = diagram.Groups;
        for (var i = 0; i < groups.Length; i++)
        {
            var y = top + 9 + (i * GroupStep);
            canvas.DrawLine(X(diagram.Methods[groups[i].First].Rank) - 3, y, X(diagram.Methods[groups[i].Last].Rank) + 3, y, thick);
        }

        for (var i = 0; i < count; i++)
        {
            var isLeft = i < (count + 1) / 2;
            var rank = diagram.Methods[i].Rank;
            var y = FirstRow(diagram) + ((isLeft ? i : count - 1 - i) * Row);
            var end = isLeft ? X(1) - Hook + 6 : X(count) + Hook - 6;
            canvas.DrawLine(X(rank), top, X(rank), y, thin);
            canvas.DrawLine(X(rank), y, end, y, thin);
            canvas.DrawText(labels[i], isLeft ? end - 6 : end + 6, y + (FigureText.Size * FigureText.Drop), isLeft ? SKTextAlign.Right : SKTextAlign.Left, text.Regular, ink);
        }
    }

    private static void DrawDifference(SKCanvas canvas, double difference, float left, float perRank, FigureText text, SKPaint ink, SKPaint thin)
    {
        const float y = 42;
        var right = left + (float)(difference * perRank);
        canvas.DrawLine(left, y, right, y, thin);
        canvas.DrawLine(left, y - 4, left, y + 4, thin);
        canvas.DrawLine(right, y - 4, right, y + 4, thin);
        canvas.DrawText($"CD = {NumberText.Decimal(difference, 3)}", left, y - 7, SKTextAlign.Left, text.Regular, ink);
    }

    private static string Label((string Name, double Rank) method, bool isLeft, float most, FigureText text)
    {
        var rank = method.Rank.ToString("F2", CultureInfo.InvariantCulture);
        var name = text.Fitted(method.Name, text.Regular, most - text.Regular.MeasureText($"{rank}  "));
        return isLeft ? $"{name}  {rank}" : $"{rank}  {name}";
    }

    private static float AxisTop(RankDiagram diagram) => diagram.CriticalDifference is null ? 44 : 68;

    private static float FirstRow(RankDiagram diagram) => AxisTop(diagram) + 22 + (diagram.Groups.Length * GroupStep);
}
