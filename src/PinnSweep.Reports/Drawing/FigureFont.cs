using ScottPlot;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// The typeface of all figures: Inter (SIL Open Font License), embedded, because a bare machine has no font and Skia then draws no text at
/// all, and because a font of the machine would make its figures differ from another's. As TrueType: outlines of PostScript become fonts of
/// Type 3 in a PDF, which publishers refuse.
/// </summary>
internal sealed class FigureFont : IFontResolver
{
    public const string Family = "Inter";

    private static readonly Lazy<FigureFont> Installed = new(() =>
    {
        var font = new FigureFont();
        ScottPlot.Fonts.FontResolvers.Insert(0, font);
        ScottPlot.Fonts.Default = Family;
        return font;
    });

    private readonly SKTypeface _regular = Load("Inter-Regular.ttf");
    private readonly SKTypeface _bold = Load("Inter-SemiBold.ttf");

    private FigureFont()
    {
    }

    /// <summary>Makes the plotting library draw with this font; once a process.</summary>
    public static FigureFont Install() => Installed.Value;

    public SKTypeface Face(bool isBold) => isBold ? _bold : _regular;

    public SKTypeface CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => Face(weight >= FontWeight.SemiBold);

    public SKTypeface CreateTypeface(string fontName, bool bold, bool italic) => Face(bold);

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(FigureFont).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"font {name} is not embedded");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
