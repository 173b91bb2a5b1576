using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;

namespace PinnSweep.Reports.Tests.Figures;

public sealed class RankDiagramTests
{
    [Fact]
    public void Groups_are_the_longest_runs_within_the_critical_difference()
    {
        double[] ranks = [1, 1.5, 2.8, 3.1, 6];

        Assert.Equal([(0, 2), (1, 3)], RankDiagram.Runs(5, (better, worse) => ranks[worse] - ranks[better] <= 2));
    }

    [Fact]
    public void Methods_that_all_differ_are_joined_by_no_bar() =>
        Assert.Empty(RankDiagram.Runs(3, (_, _) => false));

    [Fact]
    public void A_bar_spans_no_two_methods_that_a_test_tells_apart()
    {
        // Neighbours are tied, but the first differs from the third.
        Assert.Equal([(0, 1), (1, 2)], RankDiagram.Runs(3, (better, worse) => worse - better < 2));
    }

    [Fact]
    public void Nemenyi_is_told_where_it_is_asked_for_alone()
    {
        var report = StudyReport.Build(Made.ManyProblems().Build());
        var asked = report with { HasNemenyi = true };

        Assert.DoesNotContain("Nemenyi", MarkdownFormat.Render(DocumentComposer.Compose(report)), StringComparison.Ordinal);
        Assert.Contains("Nemenyi's critical difference of mean ranks at α = 0.05: 2.16;", MarkdownFormat.Render(AggregateTable.Of(asked, asked.Blocks[0])!), StringComparison.Ordinal);
        Assert.Equal(2.157, RankFigure.Of(asked, asked.Blocks[0])!.Ranks!.CriticalDifference!.Value, 0.001);
    }

    [Fact]
    public void One_problem_has_no_rank_diagram()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());

        Assert.Null(RankFigure.Of(report, report.Blocks[0]));
    }

    [Fact]
    public void Several_problems_have_rank_diagram_and_profile()
    {
        var report = StudyReport.Build(Made.ManyProblems().Build());

        Assert.Equal(["method5", "method4", "method3", "method2", "method1 (control)"], RankFigure.Of(report, report.Blocks[0])!.Ranks!.Methods.Select(method => method.Name));
        Assert.NotNull(PerformanceProfile.Of(report, report.Blocks[0]));
    }

    [Fact]
    public void A_profile_of_a_method_that_diverges_stays_below_one()
    {
        var report = StudyReport.Build(Made.ManyProblems(2, 2, 5)
            .Error((levels, seed) => levels.Balancer.Kind == "method2" && seed > 3 ? null : 1e-3 * seed).Build());

        var profile = PerformanceProfile.Of(report, report.Blocks[0])!;

        Assert.Equal([1.0, 0.6], profile.Panels[0].Series.Select(series => series.Band.Middle[^1]));
    }
}
