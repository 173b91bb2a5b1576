using System.Collections.Concurrent;
using PinnSweep.Reports.Drawing;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// The figures of one report while it is written: each is drawn once, in the report's size, and its SVG, which Markdown and HTML show, is made once.
/// </summary>
internal sealed class FigureFiles(FigureSize size) : IDisposable
{
    private readonly ConcurrentDictionary<string, (FigureDrawing Drawing, Lazy<byte[]> Svg)> _drawn = new(StringComparer.Ordinal);

    /// <summary>The drawing of a figure.</summary>
    public FigureDrawing Drawing(FigureModel figure) => Of(figure).Drawing;

    /// <summary>Its SVG.</summary>
    public byte[] Svg(FigureModel figure) => Of(figure).Svg.Value;

    public void Dispose()
    {
        foreach (var (drawing, _) in _drawn.Values)
        {
            drawing.Dispose();
        }
    }

    private (FigureDrawing Drawing, Lazy<byte[]> Svg) Of(FigureModel figure) => _drawn.GetOrAdd(
        figure.Name,
        static (_, sized) =>
        {
            var drawing = new FigureDrawing(sized);
            return (drawing, new(drawing.Svg));
        },
        figure with { Size = size });
}
