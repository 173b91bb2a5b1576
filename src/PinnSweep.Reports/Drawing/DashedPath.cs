using ScottPlot;
using ScottPlot.PathStrategies;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Dashes as geometry: Skia's SVG canvas does not know dash patterns and would draw every line solid.</summary>
internal sealed class DashedPath(LinePattern pattern) : IPathStrategy
{
    private readonly Straight _straight = new();

    public SKPath GetPath(IEnumerable<Pixel> pixels)
    {
        var path = _straight.GetPath(pixels);
        if (pattern.Intervals.Length == 0)
        {
            return path;
        }

        using (path)
        {
            return Cut(path);
        }
    }

    private SKPath Cut(SKPath path)
    {
        var dashed = new SKPath();
        using var measure = new SKPathMeasure(path);
        do
        {
            var (at, index) = (0f, 0);
            while (at < measure.Length)
            {
                var next = at + pattern.Intervals[index % pattern.Intervals.Length];
                if (index % 2 == 0)
                {
                    measure.GetSegment(at, Math.Min(next, measure.Length), dashed, true);
                }

                (at, index) = (next, index + 1);
            }
        }
        while (measure.NextContour());

        return dashed;
    }
}
