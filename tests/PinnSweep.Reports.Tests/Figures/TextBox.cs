using System.Globalization;
using System.Text;
using System.Xml.Linq;
using PinnSweep.Reports.Drawing;
using SkiaSharp;

namespace PinnSweep.Reports.Tests.Figures;

/// <summary>
/// Words of a figure where they really lie: read from the finished SVG, from the outlines of its glyphs and all transformations around them,
/// whoever drew them.
/// </summary>
/// <param name="Text">What they say.</param>
/// <param name="Corners">Around the ink, in order; turned words have turned boxes.</param>
/// <param name="Clip">Beyond this they are not seen.</param>
/// <param name="Points">Height of their type, in points of 1/72 inch.</param>
internal sealed record TextBox(string Text, SKPoint[] Corners, SKRect Clip, double Points)
{
    // Of 1/96 inch: what rounding of coordinates in a file amounts to.
    private const float Slack = 0.1f;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>All words of a figure, and its size.</summary>
    public static (TextBox[] Boxes, SKSize Size) Of(FigureModel figure)
    {
        var root = XElement.Parse(Encoding.UTF8.GetString(FigurePainter.Svg(figure)));
        var size = new SKSize(Number(root, "width"), Number(root, "height"));
        var glyphs = root.Element(Svg + "defs")!.Elements(Svg + "path").ToDictionary(path => path.Attribute("id")!.Value, path => BoundsOf(path.Attribute("d")!.Value));
        var clips = root.Descendants(Svg + "clipPath").ToDictionary(clip => $"url(#{clip.Attribute("id")!.Value})", clip => ClipOf(clip.Elements().First()));
        var boxes = root.Descendants(Svg + "g").Where(group => group.Attribute("aria-label") is not null).Select(group => Of(group, glyphs, clips, SKRect.Create(size))).OfType<TextBox>();
        return ([.. boxes], size);
    }

    /// <summary>Whether some of its ink is not seen.</summary>
    public bool IsCut => Corners.Any(corner => corner.X < Clip.Left - Slack || corner.X > Clip.Right + Slack || corner.Y < Clip.Top - Slack || corner.Y > Clip.Bottom + Slack);

    /// <summary>Whether two boxes share a place: no side of either divides them (separating axes).</summary>
    public bool Meets(TextBox other) => !Sides(this).Concat(Sides(other)).Any(axis =>
    {
        float Along(SKPoint point) => (point.X * axis.X) + (point.Y * axis.Y);
        var (one, two) = (Corners.Select(Along).ToArray(), other.Corners.Select(Along).ToArray());
        return one.Max() <= two.Min() + Slack || two.Max() <= one.Min() + Slack;
    });

    private static IEnumerable<SKPoint> Sides(TextBox box) => new[] { box.Corners[1] - box.Corners[0], box.Corners[3] - box.Corners[0] }.Where(side => side.Length > 0)
        .Select(side => new SKPoint(side.X / side.Length, side.Y / side.Length));

    private static TextBox? Of(XElement group, Dictionary<string, SKRect> glyphs, Dictionary<string, SKRect> clips, SKRect paper)
    {
        var ink = SKRect.Empty;
        foreach (var use in group.Elements(Svg + "use"))
        {
            var glyph = glyphs[use.Attribute("href")!.Value[1..]];
            glyph = glyph.IsEmpty ? glyph : SKRect.Create(glyph.Left + Number(use, "x"), glyph.Top, glyph.Width, glyph.Height);
            ink = glyph.IsEmpty ? ink : ink.IsEmpty ? glyph : SKRect.Union(ink, glyph);
        }

        if (ink.IsEmpty)
        {
            return null;
        }

        var whole = SKMatrix.Identity;
        foreach (var transform in group.AncestorsAndSelf().Select(element => element.Attribute("transform")?.Value).OfType<string>())
        {
            whole = Matrix(transform).PreConcat(whole);
        }

        var clip = group.AncestorsAndSelf().Select(element => element.Attribute("clip-path")?.Value).OfType<string>().Aggregate(paper, (seen, name) => SKRect.Intersect(seen, clips[name]));
        // Glyphs are drawn 100 units high and then scaled.
        var height = 100 * float.Hypot(whole.ScaleX, whole.SkewY);
        return new(group.Attribute("aria-label")!.Value, whole.MapPoints([new(ink.Left, ink.Top), new(ink.Right, ink.Top), new(ink.Right, ink.Bottom), new(ink.Left, ink.Bottom)]), clip, height * 0.75);
    }

    private static SKRect BoundsOf(string path)
    {
        using var outline = SKPath.ParseSvgPathData(path);
        return outline.TightBounds;
    }

    private static SKRect ClipOf(XElement shape) => shape.Name.LocalName == "rect"
        ? SKRect.Create(Number(shape, "x"), Number(shape, "y"), Number(shape, "width"), Number(shape, "height"))
        : BoundsOf(shape.Attribute("d")!.Value);

    private static SKMatrix Matrix(string transform)
    {
        var matrix = SKMatrix.Identity;
        foreach (var part in transform.Split(')', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, values) = (part[..part.IndexOf('(', StringComparison.Ordinal)], part[(part.IndexOf('(', StringComparison.Ordinal) + 1)..].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToArray());
            matrix = matrix.PreConcat(name switch
            {
                "translate" => SKMatrix.CreateTranslation(values[0], values.ElementAtOrDefault(1)),
                "scale" => SKMatrix.CreateScale(values[0], values.Length > 1 ? values[1] : values[0]),
                "rotate" => SKMatrix.CreateRotationDegrees(values[0], values.ElementAtOrDefault(1), values.ElementAtOrDefault(2)),
                "matrix" => new SKMatrix(values[0], values[2], values[4], values[1], values[3], values[5], 0, 0, 1),
                _ => throw new InvalidOperationException($"{name} is no transformation that Skia writes"),
            });
        }

        return matrix;
    }

    private static float Number(XElement element, string name) => element.Attribute(name) is { } attribute ? Parse(attribute.Value) : 0;

    private static float Parse(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
