using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using SkiaSharp;

namespace PinnSweep.Reports.Tests.Figures;

public sealed class TuningFigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static ImmutableArray<SearchView> Pair(int proposals) =>
        [MadeViews.Of(1, "relobralo", "helmholtz", 3, proposals), MadeViews.Of(2, "gradnorm", "helmholtz", 5, proposals, -2.6)];

    [Theory]
    [InlineData(2, 20)]
    [InlineData(3, 60)]
    [InlineData(8, 2000)]
    public void Every_figure_is_drawn_the_same_twice_with_all_its_words_inside(int dimensions, int proposals)
    {
        var search = MadeViews.Of(1, "relobralo", "helmholtz", dimensions, proposals);
        FigureModel[] figures =
        [
            TuningFigures.ExpectedError([search, MadeViews.Of(2, "gradnorm", "wave", dimensions, proposals), MadeViews.Of(3, "gradnorm", "helmholtz", dimensions, proposals)])!,
            TuningFigures.ExpectedError([search])!, TuningFigures.Parallel(search)!, TuningFigures.Slices(search)!, TuningFigures.Importance(SearchImportance.AllOf([search]))!,
        ];

        Assert.All(figures, figure =>
        {
            Assert.Equal(FigurePainter.Svg(figure), FigurePainter.Svg(figure));

            // Ink on the first or last column of pixels belongs to something that goes on beyond it.
            using var picture = SKBitmap.Decode(FigurePainter.Png(figure));
            Assert.All([0, picture.Width - 1], x => Assert.All(Enumerable.Range(0, picture.Height), y => Assert.Equal(SKColors.White, picture.GetPixel(x, y))));
        });
    }

    [Fact]
    public void Curves_are_the_unbiased_estimate_and_sure_up_to_half()
    {
        var searches = Pair(40);

        var figure = TuningFigures.ExpectedError(searches)!;

        var series = figure.Panels.Single().Series;
        Assert.Equal(2, series.Length);
        Assert.Equal(Math.Pow(10, ExpectedBest.Of(searches[1].Logs)!.Mean[6]), series[1].Band.Middle[6], 1e-12);
        Assert.Equal(searches[0].Scores.Min(), series[0].Band.Middle[^1], 1e-12);
        Assert.All(series, line => Assert.Equal(20, line.SureUntil));
        Assert.Equal(["relobralo", "gradnorm"], figure.Legend.Select(entry => entry.Name));
    }

    [Fact]
    public void Crossings_are_told_by_name()
    {
        SearchView With(int number, string method, Func<int, double> score)
        {
            var search = MadeViews.Of(number, method, "wave", 2, 20);
            return search with { Proposals = [.. search.Proposals.Select((proposal, i) => proposal with { Score = score(i) })] };
        }

        var figure = TuningFigures.ExpectedError([With(1, "even", _ => 1e-3), With(2, "lucky", i => i == 0 ? 1e-8 : 1e-2)])!;

        // log10: −2 − 6n/20 < −3 from n = 4 on.
        Assert.Contains("lucky is ahead of even from 4 proposals on (wave)", figure.Caption, StringComparison.Ordinal);
        Assert.Contains("No two lines cross", TuningFigures.ExpectedError([With(1, "even", _ => 1e-3), With(2, "worse", _ => 1e-2)])!.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Parallel_lines_end_with_the_chosen_one_and_are_thinned_where_they_are_many()
    {
        var search = MadeViews.Of(1, "relobralo", "helmholtz", 4, 2000);

        var plot = TuningFigures.Parallel(search)!.Parallel!;

        Assert.InRange(plot.Lines.Length, 500, 502);
        Assert.Equal([PointKind.Default, PointKind.Chosen], plot.Lines[^2..].Select(line => line.Kind));
        Assert.Equal(["optimizer.lr", "balancer.temperature", "network.activation", "network.depth", "relative residual"], plot.Axes.Select(axis => axis.Name));
        Assert.Equal(0, plot.Lines[^1].Places[^1]);
        Assert.Equal(search.UnitsOf(0)[search.Chosen!.Value], plot.Lines[^1].Places[0]);
        Assert.All(plot.Lines, line => Assert.All(line.Places, place => Assert.InRange(place, 0, 1)));
        Assert.Contains("Of 2,000 proposals 500 are drawn", TuningFigures.Parallel(search)!.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Slices_leave_out_what_means_nothing_and_put_failures_above()
    {
        var search = MadeViews.Of(1, "relobralo", "helmholtz", 2, 40);
        search = search with { Proposals = [.. search.Proposals.Select((p, i) => i == 5 ? p with { Point = new([p.Point.Values[0], null]), Score = 0.1 } : p)] };

        var panels = TuningFigures.Slices(search)!.Panels;

        Assert.Equal(40, panels[0].Points.Sum(points => points.X.Length));
        Assert.Equal(39, panels[1].Points.Sum(points => points.X.Length));
        var failed = panels[0].Points.Single(points => points.Kind == PointKind.Failed);
        Assert.NotEmpty(failed.Y);
        Assert.True(failed.Y.Min() > panels[0].Points.Where(points => points != failed).Max(points => points.Y.Max()));
        Assert.Equal(search.Scores.Min(), panels[0].Points.Single(points => points.Kind == PointKind.Chosen).Y.Single());
    }

    [Theory]
    [InlineData(60, "η² of ranks, corrected for chance")]
    [InlineData(200, "share of importance (PED-ANOVA)")]
    public void What_matters_most_comes_first(int proposals, string measure)
    {
        var figure = TuningFigures.Importance(SearchImportance.AllOf(Pair(proposals)))!;

        Assert.Equal(measure, figure.Bars!.Label);
        Assert.Equal(["relobralo on helmholtz", "gradnorm on helmholtz"], figure.Bars.Groups.Select(group => group.Title));
        Assert.All(figure.Bars.Groups, group => Assert.Equal(group.Bars.Select(bar => bar.Value).OrderDescending(), group.Bars.Select(bar => bar.Value)));
        Assert.All(figure.Bars.Groups, group => Assert.Contains(group.Bars.Take(2), bar => bar is { Name: "optimizer.lr", IsSure: true }));
        Assert.Contains("relobralo on helmholtz", Said(figure));
    }

    [Fact]
    public void A_score_of_zero_is_a_decade_below_the_others_and_no_failure()
    {
        var search = MadeViews.Of(1, "relobralo", "helmholtz", 2, 20);
        search = search with { Proposals = [.. search.Proposals.Select((proposal, i) => proposal with { Score = i == 3 ? 0 : Math.Max(1e-2, Math.Min(proposal.Score, 1)) })] };

        Assert.Equal(-3, search.Logs.Min(), 1e-12);
        Assert.Equal(1e-3, TuningFigures.ExpectedError([search])!.Panels[0].Series[0].Band.Middle[^1], 1e-15);
    }

    [Fact]
    public void Searches_in_which_all_failed_have_no_figures()
    {
        var search = MadeViews.Of(1, "relobralo", "helmholtz", 2, 20);
        search = search with { Proposals = [.. search.Proposals.Select(proposal => proposal with { Score = double.PositiveInfinity })], Chosen = null };

        Assert.All([TuningFigures.ExpectedError([search]), TuningFigures.Parallel(search), TuningFigures.Slices(search), TuningFigures.Importance(SearchImportance.AllOf([search]))], Assert.Null);
    }

    [Fact]
    public void Words_of_files_are_shown_without_what_turns_writing()
    {
        var search = MadeViews.Of(1, "relobralo", "helm\u202Eholtz", 3, 20);
        search = search with { Dimensions = [search.Dimensions[0] with { Name = "optimizer\u202E.lr" }, .. search.Dimensions[1..]] };
        FigureModel[] figures = [TuningFigures.Parallel(search)!, TuningFigures.Slices(search)!, TuningFigures.Importance(SearchImportance.AllOf([search]))!];

        var shown = VisibleDocument.Of(new ReportDocument("", [new("", [.. figures.Select(figure => new ReportPart.Figure(figure))])])).Figures;

        Assert.All(shown, figure => Assert.DoesNotContain(Said(figure).Append(figure.Caption), text => text.Contains('\u202E')));
    }

    private static string[] Said(FigureModel figure) =>
        [.. XElement.Parse(Encoding.UTF8.GetString(FigurePainter.Svg(figure))).Descendants(Svg + "g").Select(group => group.Attribute("aria-label")?.Value).OfType<string>()];
}
