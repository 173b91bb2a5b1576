using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>How a figure is drawn, in units of 1/96 inch.</summary>
/// <param name="Picture">The commands.</param>
/// <param name="Width">Of its paper.</param>
/// <param name="Height">Of its paper.</param>
/// <param name="Shortened">Words that had no room, by what stands in their place.</param>
internal sealed record RecordedFigure(SKPicture Picture, float Width, float Height, IReadOnlyDictionary<string, string> Shortened);
