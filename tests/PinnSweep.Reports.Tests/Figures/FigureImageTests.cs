using System.Text;
using System.Xml.Linq;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Tests.Figures;

public sealed class FigureImageTests
{
    private static readonly FigureModel[] Figures = [.. ReportFigures.Of(StudyReport.Build(Made.ManyProblems(6, 4, 5).Build()))];

    [Fact]
    public void On_dark_ground_greys_change_places_and_colours_become_lighter()
    {
        var lines = Figures.First(figure => !figure.Panels.IsEmpty);
        var (light, dark) = (Colours(lines, FigureScheme.Light), Colours(lines, FigureScheme.Dark));

        Assert.All(light.Where(IsGrey), grey => Assert.DoesNotContain(grey, dark));
        Assert.Equal(light.Count(colour => !IsGrey(colour)), dark.Count(colour => !IsGrey(colour)));
        Assert.True(Brightness(dark) > Brightness(light));
        Assert.Contains(dark, colour => IsGrey(colour) && Convert.ToInt32(colour[1..3], 16) > 200);
        Assert.Contains(light, colour => !IsGrey(colour));
    }

    [Fact]
    public void A_heat_map_keeps_its_light_ground_because_its_ink_was_chosen_for_it()
    {
        var heat = Figures.First(figure => !figure.Heat.IsEmpty);

        var dark = Svg(heat, FigureScheme.Dark);

        Assert.Equal("#FFFFFF", dark.Elements().First().Attribute("fill")?.Value);
        Assert.Equal(Colours(heat, FigureScheme.Light).Append("#FFFFFF").Distinct().Order(), Colours(heat, FigureScheme.Dark).Order());
    }

    [Fact]
    public void Light_is_what_reports_have() => Assert.All(Figures, figure => Assert.Equal(FigurePainter.Svg(figure), FigureImage.Svg(figure, FigureScheme.Light)));

    [Fact]
    public void Figures_carry_no_style_that_a_strict_page_would_refuse() => Assert.All(
        Figures.SelectMany(figure => new[] { Svg(figure, FigureScheme.Light), Svg(figure, FigureScheme.Dark) }),
        svg => Assert.All(svg.DescendantsAndSelf(), element =>
        {
            Assert.Null(element.Attribute("style"));
            Assert.DoesNotContain(element.Name.LocalName, (string[])["style", "script", "foreignObject"]);
        }));

    private static XElement Svg(FigureModel figure, FigureScheme scheme) => XElement.Parse(Encoding.UTF8.GetString(FigureImage.Svg(figure, scheme)));

    private static string[] Colours(FigureModel figure, FigureScheme scheme) =>
        [.. Svg(figure, scheme).DescendantsAndSelf().SelectMany(element => element.Attributes()).Where(attribute => attribute.Name.LocalName is "fill" or "stroke")
            .Select(attribute => attribute.Value switch { "black" => "#000000", "white" => "#FFFFFF", var value => value }).Where(value => value.StartsWith('#')).Distinct()];

    private static double Brightness(string[] colours) =>
        colours.Where(colour => !IsGrey(colour)).Average(colour => Enumerable.Range(0, 3).Sum(i => Convert.ToInt32(colour[(1 + (2 * i))..(3 + (2 * i))], 16)));

    private static bool IsGrey(string colour) => colour.Length == 7 && colour[1..3] == colour[3..5] && colour[3..5] == colour[5..7];
}
