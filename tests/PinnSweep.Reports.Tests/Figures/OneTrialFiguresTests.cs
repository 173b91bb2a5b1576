using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tests.Figures;

public sealed class OneTrialFiguresTests
{
    private static readonly TrialResult Trial = Made.FourMethods().Build().Results.Values.First(result => result.Outcome == Outcome.Converged);

    [Fact]
    public void A_field_is_shown_as_reference_network_and_error_side_by_side()
    {
        var figure = OneTrialFigures.Field(Trial with { Field = Field([1, 2, 3, 4], [1, 2, 3, 3.5f]) })!;

        var panels = Assert.Single(figure.Fields!.Rows);
        Assert.Equal(["reference", "network", "error, largest 5.0e-1"], panels.Select(panel => panel!.Title));
        Assert.Equal(0.5, panels[2]!.Values[1][1], 6);
        Assert.Equal(new FieldScale("u", FieldColouring.OneSigned, 1, 3.5), panels[1]!.Scale);
        Assert.Equal(panels[0]!.Scale, panels[1]!.Scale);
        Assert.Equal($"Solution u of trial {Trial.Key.Short}: the reference, the network on the reference's scale, and its absolute error on a logarithmic one. Striped: beyond the scale (network on 25 % of the points).", figure.Caption);
        Assert.NotEmpty(FigureImage.Svg(figure, FigureScheme.Dark));
    }

    [Fact]
    public void Without_a_reference_the_solution_stands_alone_and_without_a_field_there_is_no_picture()
    {
        var figure = OneTrialFigures.Field(Trial with { Field = Field([1, 2, 3, 4], [float.NaN, float.NaN, float.NaN, float.NaN]) })!;

        Assert.Equal(["network"], Assert.Single(figure.Fields!.Rows).Select(panel => panel!.Title));
        Assert.Contains("no reference is known", figure.Caption, StringComparison.Ordinal);
        Assert.Null(OneTrialFigures.Field(Trial));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_curve_has_the_error_and_each_term(bool isByTime)
    {
        var figure = OneTrialFigures.Curve(Trial, isByTime)!;

        Assert.Equal(["error", "losses", "weights"], figure.Panels.Select(panel => panel.Title));
        Assert.Equal([1, 2, 2], figure.Panels.Select(panel => panel.Series.Length));
        Assert.Equal(["error", "residual", "boundary"], figure.Legend.Select(entry => entry.Name));
        Assert.Equal(isByTime ? Trial.Final.Seconds : 2000, figure.Panels[0].Series[0].Band.X[^1], 6);
        Assert.Equal(Trial.Final.RelativeL2, figure.Panels[0].Series[0].Band.Middle[^1], 9);
    }

    [Fact]
    public void A_growing_curve_has_what_is_known_and_nothing_is_no_curve()
    {
        Assert.Equal([10, 30], OneTrialFigures.Curve("abc", [(10, 0.5), (20, double.NaN), (30, 0.25)])!.Panels[0].Series[0].Band.X);
        Assert.Null(OneTrialFigures.Curve("abc", [(10, double.NaN)]));
        Assert.Null(OneTrialFigures.Curve(Trial with { Curve = [] }, isByTime: false));
    }

    private static SolutionField Field(float[] predicted, float[] reference) => new("u", ["x", "y"], [0, 1], [0, 1], SolutionField.Pack(predicted), SolutionField.Pack(reference));
}
