using System.Text.RegularExpressions;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tests.Model.Tuning;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Tests.Formats;

public sealed partial class HtmlFragmentTests
{
    private static readonly FragmentLinks Links = new(
        key => $"/studies/s/trials?cell={key.Short}", key => $"/trials/{key.Hex}", name => ($"/figures/{name}.svg?scheme=light", $"/figures/{name}.svg?scheme=dark"));

    [Fact]
    public void Numbers_lead_to_their_trials_and_keys_to_one()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());

        var html = HtmlFragment.Render(LiveReport.Of(report).Standing, Links);

        Assert.Contains($"<a href=\"/studies/s/trials?cell={report.Blocks[0].InOrder().Single(cell => cell.Standing == Standing.Best).Trials[0].Key.Short}\"><span class=\"best\">", html, StringComparison.Ordinal);
        Assert.All(report.Trials, trial => Assert.Contains($"<a href=\"/trials/{trial.Key.Hex}\"><code>{trial.Key.Short}</code></a>", html, StringComparison.Ordinal));
    }

    [Fact]
    public void It_has_no_style_of_its_own_no_script_and_ids_that_meet_none_of_a_page()
    {
        var live = LiveReport.Of(StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned, StagedReportTests.Worked)));

        var html = HtmlFragment.Render([.. live.Standing, .. live.Tuning.Where(section => section.Title.StartsWith("Search", StringComparison.Ordinal))], Links);

        Assert.DoesNotContain("style", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<svg", html, StringComparison.Ordinal);
        var ids = Ids().Matches(html).Select(match => match.Groups[1].Value).ToArray();
        Assert.All(ids, id => Assert.StartsWith("report-", id, StringComparison.Ordinal));
        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains("srcset=\"/figures/proposals-1.svg?scheme=dark\" media=\"(prefers-color-scheme: dark)\"", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<h[1246]", html);
    }

    [Fact]
    public void Labels_and_links_stay_text()
    {
        var level = new Level("mlp", SpecValue.Map.Empty);
        var report = StudyReport.Build(Made.FourMethods().With(Factor.Network, ("\"><script>alert(1)</script>", level, [])).With(Factor.Problem, "<b>p</b>", "q").Build());

        var html = HtmlFragment.Render(LiveReport.Of(report).Standing, Links with { TrialOf = _ => "/\"><script>" });

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>p", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;p&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/&quot;&gt;&lt;script&gt;\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_that_scroll_can_have_the_focus_and_have_a_name()
    {
        var html = HtmlFragment.Render(LiveReport.Of(StudyReport.Build(Made.FourMethods().Build())).Standing, Links, level: 2);

        Assert.Equal(Regex.Count(html, "<table "), Regex.Count(html, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"[^\"]+\"><table "));
        Assert.Contains("<h2 id=\"report-s2-accuracy\">Accuracy</h2>", html, StringComparison.Ordinal);
    }

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();
}
