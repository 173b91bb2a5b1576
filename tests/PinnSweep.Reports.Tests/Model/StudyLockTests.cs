using System.Text.Json;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Registration;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>A report says what was promised, when, and what it has otherwise.</summary>
public sealed class StudyLockTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 8, 15, 0, TimeSpan.Zero);
    private readonly StudyResults _results = Made.FourMethods().Build();

    [Fact]
    public void A_report_without_locks_says_nothing_of_them()
    {
        var report = StudyReport.Build(_results);

        Assert.Same(report, StudyLock.Tell(report, _results.Plan, []));
        Assert.DoesNotContain("\"locks\"", Written.Json(report), StringComparison.Ordinal);
        Assert.DoesNotContain(DocumentComposer.Facts(report), fact => fact.Name is "locked" or "deviation");
    }

    [Fact]
    public void A_lock_of_this_plan_is_told_with_date_results_and_hypotheses()
    {
        var promise = StudyPromise.Of(_results.Plan) with { Hypotheses = ["relobralo wins"] };

        var report = StudyLock.Tell(StudyReport.Build(_results), Hypothetical(_results.Plan), [new(promise, At, "1.2.0+abc", 0)]);

        Assert.Equal(
            [("locked", "this plan on 2026-11-30 08:15 UTC, before its first result, by PinnSweep 1.2.0+abc"), ("hypothesis", "relobralo wins"), ("deviation", "none from what was locked")],
            DocumentComposer.Facts(report).Where(fact => fact.Name is "locked" or "hypothesis" or "deviation"));
    }

    [Fact]
    public void Another_plan_of_the_name_is_told_after_it_with_what_deviates_in_every_format()
    {
        var now = StudyPromise.Of(_results.Plan);
        var earlier = now with { Plan = new string('f', 64), Rules = [.. now.Rules.Select(rule => rule.Name == "seeds" ? rule with { Items = ["1 … 20"] } : rule)] };
        var report = StudyLock.Tell(StudyReport.Build(_results), _results.Plan, [new(earlier, At, "1.2.0+abc", 2), new(now, At.AddDays(1), "1.2.0+abc", 7)]);

        var facts = DocumentComposer.Facts(report).Where(fact => fact.Name is "locked" or "deviation").ToList();

        Assert.Equal(
            [
                ("locked", "this plan on 2026-12-01 08:15 UTC, after 7 of its results, by PinnSweep 1.2.0+abc"),
                ("deviation", "none from what was locked"),
                ("locked", "another plan, ffffffffffff, on 2026-11-30 08:15 UTC, after 2 of its results, by PinnSweep 1.2.0+abc"),
                ("deviation", "seeds: promised 1 … 20, now 1 … 3"),
            ],
            facts);
        using var json = JsonDocument.Parse(Written.Json(report));
        var locks = json.RootElement.GetProperty("header").GetProperty("locks");
        Assert.Equal((2, true, 7), (locks.GetArrayLength(), locks[0].GetProperty("isThisPlan").GetBoolean(), locks[0].GetProperty("resultsBefore").GetInt32()));
        Assert.Equal("seeds: promised 1 … 20, now 1 … 3", locks[1].GetProperty("deviations")[0].GetString());
        var folder = Directory.CreateTempSubdirectory("pinnsweep-locks-").FullName;
        try
        {
            ReportWriter.Write(report, folder, [ReportFormat.Markdown, ReportFormat.Latex, ReportFormat.Html]);
            foreach (var file in (string[])["report.md", "report.tex", "report.html"])
            {
                Assert.Contains("after 2 of its results", File.ReadAllText(Path.Combine(folder, file)), StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static StudyPlan Hypothetical(StudyPlan plan) => plan with { Spec = plan.Spec with { Hypotheses = ["relobralo wins"] } };
}
