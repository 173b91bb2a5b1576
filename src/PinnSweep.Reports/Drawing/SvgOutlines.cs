using System.Globalization;
using System.Text;
using System.Xml.Linq;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Finishes what Skia's SVG canvas writes: text becomes outlines of the embedded font (a reader's machine need not have it), ids carry the
/// figure's name (several figures stand in one HTML page), coordinates keep two decimals, those of long paths one, and title and description tell what is seen.
/// </summary>
internal static class SvgOutlines
{
    private const float GlyphSize = 100;
    private const int Decimals = 2;

    // A tenth of a unit is a thousandth of an inch: nobody sees where in it a curve of a hundred points passes.
    private const int LongPath = 400;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static byte[] Of(string svg, FigureModel figure, IReadOnlyDictionary<string, string> shortened)
    {
        var root = XElement.Parse(svg);
        var glyphs = new SortedDictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var text in root.Descendants(Svg + "text").ToArray())
        {
            text.ReplaceWith(Outline(text, figure.Name, shortened, glyphs));
        }

        // Skia counts its clips over the whole process, so its numbers depend on what was drawn before.
        var clips = root.Descendants(Svg + "clipPath").Select((clip, i) => (Old: clip.Attribute("id")!.Value, New: string.Create(CultureInfo.InvariantCulture, $"{figure.Name}-c{i}")))
            .ToDictionary(pair => pair.Old, pair => pair.New);
        foreach (var attribute in root.Descendants().SelectMany(element => element.Attributes()).ToArray())
        {
            attribute.Value = attribute.Name.LocalName switch
            {
                "id" when clips.TryGetValue(attribute.Value, out var id) => id,
                "href" when attribute.Value.StartsWith(PaletteImage.Png, StringComparison.Ordinal) => PaletteImage.Of(attribute.Value),
                "clip-path" => $"url(#{clips[attribute.Value["url(#".Length..^1]]})",
                "d" => Rounded(attribute.Value, attribute.Value.Length > LongPath ? 1 : Decimals),
                "x" or "y" or "width" or "height" or "cx" or "cy" or "rx" or "ry" or "stroke-width" => Rounded(attribute.Value),
                _ => attribute.Value,
            };
        }

        // Four is what a reader takes without being told.
        root.Descendants().Attributes("stroke-miterlimit").Where(limit => limit.Value == "4").Remove();
        root.SetAttributeValue("viewBox", $"0 0 {root.Attribute("width")!.Value} {root.Attribute("height")!.Value}");
        root.SetAttributeValue("role", "img");
        root.AddFirst(new XElement(Svg + "title", Title(figure, shortened)), new XElement(Svg + "defs", glyphs.Values));
        return Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting) + "\n");
    }

    private static string Title(FigureModel figure, IReadOnlyDictionary<string, string> shortened) => shortened.Count == 0
        ? figure.Caption
        : $"{figure.Caption} In full: {string.Join("; ", shortened.Values.Distinct().Order(StringComparer.Ordinal))}.";

    private static XElement Outline(XElement text, string name, IReadOnlyDictionary<string, string> shortened, SortedDictionary<string, XElement> glyphs)
    {
        var isBold = text.Attribute("font-weight") is { } weight && weight.Value is not ("normal" or "400");
        var size = Number(text.Attribute("font-size")!.Value);
        var words = text.Value.Trim();
        using var font = new SKFont(FigureFont.Install().Face(isBold), size) { Subpixel = true, Hinting = SKFontHinting.None };
        var x = Numbers(text.Attribute("x"));
        var y = Numbers(text.Attribute("y"));
        var offsets = font.GetGlyphOffsets(words, 0);
        var group = new XElement(
            Svg + "g",
            new XAttribute("fill", text.Attribute("fill")?.Value ?? "#000"),
            new XAttribute("aria-label", shortened.GetValueOrDefault(words, words)));

        // What all glyphs of a word share stands once: a page has tens of thousands of them.
        var scale = size / GlyphSize;
        var lift = y.Length > 0 && y[0] != 0 ? string.Create(CultureInfo.InvariantCulture, $"translate(0 {y[0]:0.##}) ") : "";
        var before = text.Attribute("transform") is { } transform ? $"{transform.Value} " : "";
        group.SetAttributeValue("transform", string.Create(CultureInfo.InvariantCulture, $"{before}{lift}scale({scale:0.####})"));

        var codes = font.GetGlyphs(words);
        for (var i = 0; i < codes.Length; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{(isBold ? 'b' : 'r')}{codes[i]}");
            if (!glyphs.ContainsKey(id))
            {
                glyphs.Add(id, new XElement(Svg + "path", new XAttribute("id", id), new XAttribute("d", Rounded(Glyph(codes[i], isBold)))));
            }

            var left = x.Length == codes.Length ? x[i] : (x.Length > 0 ? x[0] : 0) + offsets[i];
            group.Add(new XElement(Svg + "use", new XAttribute("href", "#" + id), new XAttribute("x", string.Create(CultureInfo.InvariantCulture, $"{left / scale:0}"))));
        }

        return group;
    }

    private static string Glyph(ushort code, bool isBold)
    {
        using var font = new SKFont(FigureFont.Install().Face(isBold), GlyphSize) { Hinting = SKFontHinting.None };
        using var path = font.GetGlyphPath(code);
        return path?.ToSvgPathData() ?? "";
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private static float[] Numbers(XAttribute? attribute) =>
        [.. (attribute?.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Number)];

    // Coordinates are most of a figure's text; numbers with more decimals are rounded, everything else stays as it is.
    private static string Rounded(string text, int most = Decimals)
    {
        var format = most == 1 ? "0.#" : "0.##";
        var rounded = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var end = EndOfNumber(text, at, out var decimals);
            if (decimals > most)
            {
                rounded.Append(double.Parse(text.AsSpan(at, end - at), CultureInfo.InvariantCulture).ToString(format, CultureInfo.InvariantCulture));
            }
            else
            {
                end = Math.Max(end, at + 1);
                rounded.Append(text, at, end - at);
            }

            at = end;
        }

        return rounded.ToString();
    }

    private static int EndOfNumber(string text, int at, out int decimals)
    {
        decimals = 0;
        at += at < text.Length && text[at] == '-' ? 1 : 0;
        at = AfterDigits(text, at);
        if (at == text.Length || text[at] != '.')
        {
            return at;
        }

        var point = at;
        at = AfterDigits(text, at + 1);
        decimals = at - point - 1;
        if (at == text.Length || text[at] != 'e')
        {
            return at;
        }

        var exponent = at + (at + 1 < text.Length && text[at + 1] == '-' ? 2 : 1);
        var end = AfterDigits(text, exponent);
        return end > exponent ? end : at;
    }

    private static int AfterDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }
}
