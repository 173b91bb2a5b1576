using System.Text;
using System.Xml.Linq;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;
using SkiaSharp;

namespace PinnSweep.Reports.Tests.Figures;

public sealed class FigurePainterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static System.Collections.Immutable.ImmutableArray<FigureModel> Figures() => ReportFigures.Of(StudyReport.Build(Made.FourMethods().Build()));

    [Fact]
    public void Every_figure_is_drawn_the_same_twice()
    {
        Assert.NotEmpty(Figures());
        Assert.All(Figures(), figure =>
        {
            Assert.Equal(FigurePainter.Svg(figure), FigurePainter.Svg(figure));
            Assert.Equal(FigurePainter.Png(figure), FigurePainter.Png(figure));
        });
    }

    [Fact]
    public void Text_of_svg_is_outlines_that_name_what_they_say()
    {
        var svg = XElement.Parse(Encoding.UTF8.GetString(FigurePainter.Svg(Figures()[0])));

        Assert.Empty(svg.Descendants(Svg + "text"));
        var said = svg.Descendants(Svg + "g").Select(group => group.Attribute("aria-label")?.Value).OfType<string>().ToArray();
        Assert.Contains("relobralo", said);
        Assert.Contains("static (control)", said);
        Assert.Contains("optimizer steps", said);
        Assert.All(svg.Descendants(Svg + "path").Where(path => path.Attribute("id") is not null), glyph => Assert.NotNull(glyph.Attribute("d")));
        var ids = svg.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>().ToHashSet();
        Assert.All(svg.Descendants(Svg + "use"), use => Assert.Contains(use.Attribute("href")!.Value[1..], ids));
    }

    [Fact]
    public void Nothing_is_drawn_twice()
    {
        var svg = XElement.Parse(Encoding.UTF8.GetString(FigurePainter.Svg(Figures()[0])));

        Assert.Single(svg.Descendants(Svg + "g"), group => group.Attribute("aria-label")?.Value == "optimizer steps");
    }

    [Fact]
    public void Ids_of_two_figures_of_one_page_do_not_meet()
    {
        var ids = Figures().Select(figure => XElement.Parse(Encoding.UTF8.GetString(FigurePainter.Svg(figure)))
            .Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>().ToArray()).ToArray();

        Assert.Equal(ids.Sum(figure => figure.Length), ids.SelectMany(figure => figure).Distinct().Count());
    }

    [Fact]
    public void The_picture_has_a_white_ground_and_the_colours_of_the_methods()
    {
        using var picture = SKBitmap.Decode(FigurePainter.Png(Figures()[0]));

        var colours = picture.Pixels.CountBy(pixel => pixel).ToDictionary();
        Assert.Equal(SKColors.White, colours.MaxBy(pair => pair.Value).Key);
        Assert.All<string>(["#0072B2", "#D55E00"], colour => Assert.True(colours.GetValueOrDefault(SKColor.Parse(colour)) > 500, colour));
    }

    [Fact]
    public void In_the_width_of_a_column_curves_are_half_as_wide_and_say_the_same()
    {
        var curves = Figures()[0];

        var narrow = curves with { Size = FigureSize.Column };

        using var page = SKBitmap.Decode(FigurePainter.Png(curves));
        using var column = SKBitmap.Decode(FigurePainter.Png(narrow));
        Assert.Equal(3 * 336, column.Width);
        Assert.InRange(page.Width, 2 * column.Width, 3 * column.Width);
        Assert.Equal(Said(curves), Said(narrow));
    }

    // Ticks are not the same: there is less room for them.
    private static string[] Said(FigureModel figure) =>
    [
        .. XElement.Parse(Encoding.UTF8.GetString(FigurePainter.Svg(figure))).Descendants(Svg + "g").Select(group => group.Attribute("aria-label")?.Value)
            .OfType<string>().Where(text => text.Any(char.IsAsciiLetter)).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void The_embedded_font_has_every_character_that_figures_use()
    {
        using var font = new SKFont(FigureFont.Install().Face(false));
        using var bold = new SKFont(FigureFont.Install().Face(true));

        const string used = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹×±−–≤≥≈αβγδλτ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz{}[]()=:;,.%/_-";
        Assert.All(used, c => Assert.True(font.ContainsGlyph(c) && bold.ContainsGlyph(c), c.ToString()));
    }

    [Fact]
    public void A_study_without_results_has_no_figures() =>
        Assert.Empty(ReportFigures.Of(StudyReport.Build(Made.FourMethods().Missing((_, _) => true).Build())));
}
