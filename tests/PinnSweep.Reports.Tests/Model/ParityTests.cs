using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Tests.Model;

public sealed class ParityTests
{
    [Fact]
    public void The_common_budget_is_that_of_the_cheapest_method()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());

        var parity = Parity.Of(report, report.Blocks[0], "helmholtz")!;

        // 2,000 steps at 1 ms; gradnorm needs 1.6 ms, so that 2 s end after 1,250 steps.
        Assert.Equal(2000, parity.Steps);
        Assert.Equal(2.0, parity.Seconds, 1e-9);
    }

    [Fact]
    public void At_equal_time_a_dearer_method_is_read_off_its_curve_earlier()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());
        var rows = Parity.Of(report, report.Blocks[0], "helmholtz")!.Rows.ToDictionary(row => row.Row);

        Assert.Equal(report.Blocks[0]["gradnorm", "helmholtz"]!.Accuracy.Mean, rows["gradnorm"].AtSteps.Mean, 1e-15);
        Assert.True(rows["gradnorm"].AtSeconds.Mean > 2 * rows["gradnorm"].AtSteps.Mean);
        Assert.Equal(rows["static"].AtSteps.Mean, rows["static"].AtSeconds.Mean, 1e-15);
    }

    [Fact]
    public void A_diverged_trial_is_counted_and_shortens_nobodys_budget()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());
        var parity = Parity.Of(report, report.Blocks[0], "helmholtz")!;

        Assert.Equal(1, parity.Rows.Single(row => row.Row == "self-adaptive").DivergedAtSteps);
    }
}
