using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Words at their place.</summary>
/// <param name="Text">As they are drawn.</param>
/// <param name="X">Of the point that <paramref name="Align"/> is about.</param>
/// <param name="Y">Of their base line; of turned ones the middle of their length.</param>
/// <param name="Align">To which side of the point they lie.</param>
/// <param name="IsTitle">Whether they are bold.</param>
/// <param name="IsUpright">Whether they are read from below.</param>
internal readonly record struct PlacedText(string Text, float X, float Y, SKTextAlign Align = SKTextAlign.Center, bool IsTitle = false, bool IsUpright = false)
{
    public void Draw(SKCanvas canvas, FigureText text, SKPaint ink)
    {
        var font = IsTitle ? text.Bold : text.Label;
        if (!IsUpright)
        {
            canvas.DrawText(Text, X, Y, Align, font, ink);
            return;
        }

        canvas.Save();
        canvas.Translate(X, Y);
        canvas.RotateDegrees(-90);
        canvas.DrawText(Text, 0, 0, Align, font, ink);
        canvas.Restore();
    }
}
