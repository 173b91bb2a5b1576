using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Model;

public sealed class UndecidedComparisonTests
{
    // Against the control: "near" by factors of 1.5, 1.0 and 1.5 either way, "far" by 10 with little spread, "same" by 1 with hardly any.
    private static StudyResultsBuilder Study(bool hasControl = true)
    {
        double[] near = [1.5, 1, 1.5];
        var study = new StudyResultsBuilder().With(Factor.Balancer, "control", "near", "far", "same").Error((levels, seed) => (0.001 * seed) * levels.Balancer.Kind switch
        {
            "near" => near[seed - 1],
            "far" => 10 + (0.1 * seed),
            "same" => 1 + (0.001 * seed),
            _ => 1,
        });
        return hasControl ? study.Control(Factor.Balancer, "control") : study;
    }

    [Fact]
    public void What_is_neither_different_nor_equivalent_is_undecided()
    {
        var report = StudyReport.Build(Study().Build());

        var open = Assert.Single(UndecidedComparison.AllOf(report.Blocks[0], report.ControlRow));

        Assert.Equal(("near", "control", 3), (open.Method.Row, open.Against.Row, open.Paired.Count));
    }

    [Fact]
    public void The_estimate_is_the_smallest_number_of_seeds_that_decides_and_its_cost_that_of_both_methods()
    {
        var report = StudyReport.Build(Study().Build());
        var open = Assert.Single(UndecidedComparison.AllOf(report.Blocks[0], report.ControlRow));
        var logs = open.Method.LogRatios(open.Against);
        double P(int count) => LogErrorMean.Logs(SeedsToDecide.Sample(count, Descriptive.Mean(logs), Descriptive.StandardDeviation(logs))) is var sample
            ? 3 * Math.Min(PairedTTest.Of(sample).P, EquivalenceTest.P(sample)) : 1;

        var seeds = Assert.NotNull(open.Seeds);

        Assert.True(P(seeds) <= 0.05, $"{seeds}");
        Assert.True(P(seeds - 1) > 0.05, $"{seeds}");
        Assert.Equal(2 * (seeds - 3), open.MoreTrials);
        Assert.Equal(2 * (seeds - 3) * 2.0, open.MoreSeconds!.Value, 6);
    }

    [Fact]
    public void Without_a_control_the_marks_of_the_table_say_what_is_undecided()
    {
        var report = StudyReport.Build(Study(hasControl: false).Build());

        var open = UndecidedComparison.AllOf(report.Blocks[0], null).ToArray();

        Assert.Equal(
            report.Blocks[0].InOrder().Where(cell => cell.Standing is Standing.Undecided or Standing.NotTested).Select(cell => cell.Row),
            open.Select(comparison => comparison.Method.Row));
        Assert.NotEmpty(open);
        Assert.All(open, comparison => Assert.Equal(Standing.Best, comparison.Against.Standing));
    }

    [Fact]
    public void One_seed_says_nothing_of_how_many_are_needed()
    {
        var report = StudyReport.Build(Study().Seeds(1).Build());

        Assert.All(UndecidedComparison.AllOf(report.Blocks[0], report.ControlRow), open => Assert.Null(open.Seeds));
        Assert.Equal(3, UndecidedComparison.AllOf(report.Blocks[0], report.ControlRow).Count());
    }
}
