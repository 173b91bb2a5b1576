using System.Text;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// A figure that is laid out and drawn once; every format plays the same drawing. May be used by several threads at once.
/// </summary>
internal sealed class FigureDrawing(FigureModel figure) : IDisposable
{
    private const float PixelsPerUnit = 3;
    private const float PixelsPerUnitOfMany = 2;
    private const int ManyPanels = 6;
    private const int ManyLines = 100;
    private const int ManyPixels = 1 << 22;

    // The pixels of a figure of many panels take 50 MB: those of one at a time.
    private static readonly Lock Many = new();

    private readonly Lazy<RecordedFigure> _drawn = new(() => FigurePainter.Record(figure));

    /// <summary>Scalable graphics; text is drawn as outlines, so that it looks the same where the font is missing.</summary>
    public byte[] Svg()
    {
        var (picture, width, height, shortened) = _drawn.Value;
        using var stream = new SKDynamicMemoryWStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(width, height), stream))
        {
            canvas.DrawPicture(picture);
        }

        using var data = stream.DetachAsData();
        return SvgOutlines.Of(Encoding.UTF8.GetString(data.AsSpan()), figure, shortened);
    }

    /// <summary>Pixels, 288 to the inch; 192 where many panels or lines make it large.</summary>
    public byte[] Png()
    {
        var (picture, width, height, _) = _drawn.Value;
        var scale = figure.Panels.Length > ManyPanels || figure.Parallel?.Lines.Length > ManyLines ? PixelsPerUnitOfMany : PixelsPerUnit;
        var info = new SKImageInfo((int)(width * scale), (int)(height * scale), SKColorType.Rgba8888, SKAlphaType.Opaque);
        if ((long)info.Width * info.Height < ManyPixels)
        {
            return Png(info, scale, picture);
        }

        lock (Many)
        {
            return Png(info, scale, picture);
        }
    }

    private byte[] Png(SKImageInfo info, float scale, SKPicture picture)
    {
        using var surface = SKSurface.Create(info);
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(scale);
        surface.Canvas.DrawPicture(picture);
        using var pixels = surface.PeekPixels();

        // One filter and a low level: lines on white are small at any level, and a higher one takes most of a report's time.
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, 1))
            ?? throw new InvalidOperationException($"figure {figure.Name} could not be encoded");
        return data.ToArray();
    }

    /// <summary>A page of the figure's own size, for LaTeX.</summary>
    public byte[] Pdf()
    {
        var (picture, width, height, _) = _drawn.Value;
        using var stream = new SKDynamicMemoryWStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = figure.Name, Creator = "pinnsweep", RasterDpi = 288, EncodingQuality = 100 }))
        {
            // A point is 1/72 inch, a unit of a figure 1/96.
            const float points = 0.75f;
            var canvas = document.BeginPage(width * points, height * points);
            canvas.Scale(points);
            canvas.DrawPicture(picture);
            document.EndPage();
            document.Close();
        }

        using var data = stream.DetachAsData();
        return data.ToArray();
    }

    public void Dispose()
    {
        if (_drawn.IsValueCreated)
        {
            _drawn.Value.Picture.Dispose();
        }
    }
}
