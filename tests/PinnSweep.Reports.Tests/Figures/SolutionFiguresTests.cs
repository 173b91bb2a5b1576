using System.Collections.Immutable;
using System.Text;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Figures;

public class SolutionFiguresTests
{
    private static readonly ImmutableArray<(string Name, Interval Range)> Axes = [("x", new(0, 1)), ("t", new(0, 2))];

    [Fact]
    public void A_known_solution_stands_beside_reference_and_error_on_their_own_scales()
    {
        var figure = SolutionFigures.Maps("12345678", Axes, [new("u", Rows(1, 2, 3, 4), Rows(1, 2, 3.5, -4.5))]);
        var row = Assert.Single(figure.Fields!.Rows);

        Assert.Equal(["u, reference", "u, network", "error, largest 8.5e0"], row.Select(panel => panel!.Title));
        var solution = new FieldScale("u", FieldColouring.Signed, -4.5, 4.5);
        Assert.Equal([solution, solution], row.Take(2).Select(panel => panel!.Scale));
        Assert.Equal(8.5, row[2]!.Scale.High);
        Assert.Equal(0.5, row[2]!.Values[1][0], 1e-15);
    }

    [Fact]
    public void Without_a_reference_outputs_and_residuals_stand_side_by_side()
    {
        var solution = SolutionFigures.Maps("12345678", Axes, [Unknown("u"), Unknown("v"), Unknown("p")]);
        var residual = SolutionFigures.Residuals("12345678", Axes, [Unknown("momentum")]);

        Assert.Equal([3], solution.Fields!.Rows.Select(row => row.Length));
        Assert.Contains("no reference is known", solution.Caption, StringComparison.Ordinal);
        Assert.Equal(2, residual.Fields!.Rows[0][0]!.Values[0][1]);
    }

    [Fact]
    public void Each_scale_has_one_bar_with_its_name()
    {
        var figure = SolutionFigures.Maps("12345678", Axes, [new("u", Rows(1, 2, 3, 4), Rows(1, 2, 3.5, -4.5)), new("v", Rows(1, 2, 3, 4), Rows(1, 2, 3.5, 4.5))]);

        var said = Svg(figure).Split("aria-label=\"").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)]).ToArray();

        Assert.All<string>(["u", "v", "|error of u|", "|error of v|"], name => Assert.Single(said, name));
    }

    [Fact]
    public void Solutions_of_one_coordinate_are_lines_over_its_range()
    {
        double[] x = [2, 3, 4];
        var figure = SolutionFigures.Lines("12345678", "x", x, [new("u", [1, 2, 3], [1, 2, 2])], [new("residual", [0.1, -0.2, 0.3], [])]);

        Assert.Equal(["solution", "error", "residual"], figure.Panels.Select(panel => panel.Title));
        Assert.All(figure.Panels, panel => Assert.Equal(new Interval(2, 4), panel.X));
        Assert.Equal(2, figure.Panels[0].Series.Length);
        Assert.Equal([0.1, 0.2, 0.3], figure.Panels[2].Series[0].Band.Middle.Select(y => Math.Round(y, 12)));
        Assert.Equal(["u", "u, reference", "residual"], figure.Legend.Select(entry => entry.Name));
    }

    private static SolutionMap Unknown(string title) => new(title, Rows(1, -2, 0.5, 0.25), []);

    private static ImmutableArray<ImmutableArray<double>> Rows(double a, double b, double c, double d) => [[a, b], [c, d]];

    private static string Svg(FigureModel figure) => Encoding.UTF8.GetString(FigureImage.Svg(figure, FigureScheme.Light));
}
