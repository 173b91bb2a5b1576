using System.Net;
using AngleSharp.Dom;
using PinnSweep.Testing;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Pages;

/// <summary>The report in a study's page, the searches, and two studies side by side.</summary>
[Collection("api")]
public sealed class ReportPageTests
{
    private const string Other = """
        study: other
        seeds: 3
        factors: {problem: [helmholtz]}
        budget: {steps: 60}
        """;

    private const string Tuned = """
        study: tuned
        seeds: 2
        factors:
          problem: [helmholtz]
          balancer: [static, {kind: relobralo, temperature: {log: [0.01, 1]}}]
        budget: {steps: 50}
        tune: {each: [balancer], design: sobol, trials: 3, seeds: {from: 100001, count: 1}}
        control: static
        """;

    [Fact]
    public async Task The_page_of_a_study_has_the_tables_that_are_made_and_the_place_where_newer_ones_come()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        var study = await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", state => state.IsSettled);
        await api.Client.GetStringAsync("studies/quick/report-fragment");
        using var surfer = new Surfer(api.Url);

        var page = await surfer.PageAsync("studies/quick");

        var panel = page.QuerySelector("#live-report")!;
        Assert.Equal($"/studies/{study.Hash[..12]}/report-fragment?part=standing", panel.GetAttribute("data-fetch"));
        Assert.NotEqual("", panel.GetAttribute("data-version"));
        Assert.NotNull(panel.QuerySelector("table#report-accuracy"));
        Assert.Contains("2 of 2 trials", panel.QuerySelector(".as-of")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/api/studies/{study.Hash[..12]}/export", page.QuerySelectorAll(".links a")[0].GetAttribute("href"));
        var list = await surfer.PageAsync(panel.QuerySelector("#report-accuracy tbody a")!.GetAttribute("href")!);
        Assert.Equal(2, list.QuerySelectorAll("main tbody tr").Length);
    }

    [Fact]
    public async Task The_searches_of_a_study_are_shown_with_their_spaces_and_figures()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(Tuned);
        await api.UntilAsync("tuned", state => state.IsSettled);
        using var surfer = new Surfer(api.Url);

        var page = await Waiting.UntilAsync(() => surfer.PageAsync("studies/tuned/tuning"), page => page.QuerySelector("#report-searches") is not null, Waiting.Patience);

        Assert.Equal("page", page.QuerySelector(".tabs a[href$='/tuning']")!.GetAttribute("aria-current"));
        Assert.NotNull(page.QuerySelector("#report-spaces"));
        Assert.NotEmpty(page.QuerySelectorAll("picture img"));
        foreach (var picture in page.QuerySelectorAll("picture img").Take(3))
        {
            using var figure = await surfer.GetAsync(picture.GetAttribute("src")!);
            Assert.Equal("image/svg+xml", figure.Content.Headers.ContentType?.MediaType);
            Assert.NotEqual("", picture.GetAttribute("alt"));
        }
    }

    [Fact]
    public async Task A_study_that_tunes_nothing_says_so()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.Study);
        using var surfer = new Surfer(api.Url);

        Assert.Contains("tunes nothing", (await surfer.PageAsync("studies/quick/tuning")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_studies_stand_side_by_side_with_what_changed_and_why()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.SubmittedAsync(Other);
        await api.UntilAsync("quick", state => state.IsSettled);
        await api.UntilAsync("other", state => state.IsSettled);
        using var surfer = new Surfer(api.Url);

        var page = await surfer.PageAsync("compare?left=quick&right=other");

        Assert.Equal("page", page.QuerySelector("nav a[href='/compare']")!.GetAttribute("aria-current"));
        Assert.Equal(["quick", "other"], page.QuerySelectorAll("select option[selected]").Select(option => option.TextContent.Split(',')[0]));
        var facts = page.QuerySelectorAll("dl.facts > div").ToDictionary(fact => fact.QuerySelector("dt")!.TextContent, fact => fact.QuerySelector("dd")!.TextContent);
        Assert.Equal(("0", "2", "3"), (facts["Trials in both (the same key)"], facts["Trials of the first alone"], facts["Trials of the second alone"]));
        var cell = Assert.Single(page.QuerySelectorAll("main table")[^1].QuerySelectorAll("tbody tr"));
        Assert.Contains("budget: 50 steps → 60 steps", cell.TextContent, StringComparison.Ordinal);
        Assert.Contains("seeds: 1 … 2 → 1 … 3", cell.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_two_are_chosen_all_are_offered_and_one_that_is_not_there_is_told()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.Study);
        using var surfer = new Surfer(api.Url);

        var page = await surfer.PageAsync("compare?left=quick");
        var missing = await surfer.PageAsync("compare?left=quick&right=quack", HttpStatusCode.NotFound);

        Assert.Equal(2, page.QuerySelectorAll("select").Length);
        Assert.Contains("choose a study", page.QuerySelector("select[name=right]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("nearest 'quick'", missing.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }
}
