namespace PinnSweep.Reports.Tests.Figures;

public sealed class RankDiagramTests
{
    [Fact]
    public void Groups_are_the_longest_runs_within_the_critical_difference()
    {
        var diagram = new RankDiagram([("a", 1), ("b", 1.5), ("c", 2.8), ("d", 3.1), ("e", 6)], 2);

        Assert.Equal([(0, 2), (1, 3)], diagram.Groups());
    }

    [Fact]
    public void Methods_that_all_differ_are_joined_by_no_bar() =>
        Assert.Empty(new RankDiagram([("a", 1), ("b", 2), ("c", 3)], 0.9).Groups());

    [Fact]
    public void One_problem_has_no_rank_diagram()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());

        Assert.Null(RankDiagram.Of(report, report.Blocks[0]));
    }

    [Fact]
    public void Several_problems_have_rank_diagram_and_profile()
    {
        var report = StudyReport.Build(Made.ManyProblems().Build());

        Assert.Equal(["method5", "method4", "method3", "method2", "method1 (control)"], RankDiagram.Of(report, report.Blocks[0])!.Ranks!.Methods.Select(method => method.Name));
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
