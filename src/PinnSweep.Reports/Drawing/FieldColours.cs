using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>The colours of a field's panel, made once: a panel has seventeen thousand pixels.</summary>
internal sealed class FieldColours
{
    // Nobody sees the steps of a scale of 24, and files stay small.
    private const int Steps = 24;
    private static readonly uint Missing = Pixel(SKColor.Parse("#7A7A7A"));
    private readonly FieldPanel _panel;
    private readonly uint[] _colours;

    public FieldColours(FieldPanel panel)
    {
        _panel = panel;
        _colours = [.. Enumerable.Range(0, Steps + 1).Select(step => Pixel(HeatColours.Of(panel.Scale, (double)step / Steps)))];
    }

    /// <summary>The colour of a value as a pixel, red first.</summary>
    public uint Of(double value) => double.IsFinite(value)
        ? _colours[(int)Math.Round(Steps * Math.Clamp(HeatColours.Share(_panel.Scale, value, _panel.Low, _panel.High), 0, 1))]
        : Missing;

    private static uint Pixel(SKColor colour) => colour.Red | ((uint)colour.Green << 8) | ((uint)colour.Blue << 16) | ((uint)colour.Alpha << 24);
}
