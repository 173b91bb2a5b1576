using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Tests.Model;

public sealed class NoticeTests
{
    [Fact]
    public void Notices_of_the_plan_and_of_results_stand_in_the_report_each_once()
    {
        var made = Made.FourMethods().Build();
        var trial = made.Results.First();
        var results = made with
        {
            Plan = made.Plan with { Notices = ["patent claimed"] },
            Results = made.Results.SetItem(trial.Key, trial.Value with { Notices = ["patent claimed", "from another version"] }),
        };

        var report = StudyReport.Build(results);

        Assert.Equal(["patent claimed", "from another version"], report.Header.Notices);
        Assert.Contains(("notice", "from another version"), DocumentComposer.Facts(report));
    }

    [Fact]
    public void A_control_that_no_problem_can_have_is_told_to_compare_nothing()
    {
        var report = StudyReport.Build(Made.FourMethods().NotApplicable(levels => levels.Balancer.Kind == "static" ? "no such term" : null).Build());

        Assert.Equal(["The control (balancer static) is n/a in every cell; nothing is compared with it."], report.Header.Notices);
        Assert.Empty(StudyReport.Build(Made.FourMethods().Build()).Header.Notices);
    }
}
