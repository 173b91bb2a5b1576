using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Tests.Tables;

public sealed class YardstickTableTests
{
    private static readonly Yardstick Solver = new("differences", "m", [new(1e-1, 1e-3), new(1e-3, 1e-1), new(2e-3, 1), new(1e-4, 10)]);

    [Fact]
    public void Between_resolutions_seconds_lie_on_a_straight_line_of_logarithms()
    {
        var (seconds, bound) = Solver.For(1e-2)!.Value;

        Assert.Equal(YardstickBound.Between, bound);
        Assert.Equal(1e-2, seconds, 12);
    }

    [Fact]
    public void Beyond_them_nothing_is_extrapolated()
    {
        Assert.Equal((1e-3, YardstickBound.Less), Solver.For(0.5));
        Assert.Equal((10, YardstickBound.More), Solver.For(1e-5));
        Assert.Null(new Yardstick("none", "m", []).For(1));
    }

    [Fact]
    public void A_resolution_that_is_slower_and_worse_does_not_count()
    {
        // On the line from (1e-3, 0.1 s) to (1e-4, 10 s).
        Assert.Equal(1, Solver.For(Math.Pow(10, -3.5))!.Value.Seconds, 9);
    }

    [Fact]
    public void The_best_method_of_a_problem_with_a_solver_stands_beside_it()
    {
        var report = StudyReport.Build(Made.ManyProblems(2, 3, 5).Build()).WithKnown(new Dictionary<Level, KnownProblem> { [Level.Of("problem1")] = new(null, Solver) });

        var row = Assert.Single(YardstickTable.Of(report, report.Blocks[0])!.Rows);
        var best = report.Blocks[0].Column("problem1").Single(cell => cell.Standing == Standing.Best);
        Assert.Equal(["problem1", report.RowName(best.Row), "differences"], new[] { row[0], row[1], row[4] }.Select(cell => Assert.IsType<Inline.Words>(Assert.Single(cell.Pieces)).Text));
        Assert.Equal(best.Median, ((Inline.Scientific)row[2].Pieces[0]).Value);
        Assert.Equal(2.0 / Solver.For(best.Median)!.Value.Seconds, ((Inline.Scientific)row[6].Pieces[1]).Value, 6);
    }

    [Fact]
    public void Without_a_solver_there_is_no_table()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());

        Assert.Null(YardstickTable.Of(report, report.Blocks[0]));
    }
}
