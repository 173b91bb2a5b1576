using System.Net;
using AngleSharp.Dom;
using PinnSweep.Api;
using PinnSweep.Pages;
using PinnSweep.Studies.Planning;
using PinnSweep.Tests.Api;
using PinnSweep.Tests.Views;

namespace PinnSweep.Tests.Pages;

/// <summary>Every page of a real node, as it is without scripts.</summary>
[Collection("api")]
public sealed class PageTests
{
    [Fact]
    public async Task A_study_shows_where_it_stands_and_its_trials_are_a_click_away()
    {
        StudyPlan plan = null!;
        await using var api = await TestApi.FilledAsync(store => plan = MadeStudy.ForCoordinator(store, MadeStudy.Grid, isDone: trial => trial.Description.Seed < 3));
        await api.SubmittedAsync(MadeStudy.Grid);
        using var surfer = new Surfer(api.Url);

        var list = await surfer.PageAsync("");
        var study = await surfer.PageAsync(list.QuerySelector("table a")!.GetAttribute("href")!.TrimStart('/'));
        var cell = study.QuerySelector(".matrix td.cell a")!;
        var trials = await surfer.PageAsync(cell.GetAttribute("href")!.TrimStart('/'));
        var trial = await surfer.PageAsync(trials.QuerySelector("tbody a.key")!.GetAttribute("href")!.TrimStart('/'));

        Assert.Equal("grid · PinnSweep", study.Title);
        Assert.Contains("14 of 21 trials done", Text(study.QuerySelector("#live-state")!), StringComparison.Ordinal);
        Assert.Equal(["helmholtz", "wave"], study.QuerySelectorAll(".matrix thead th").Skip(1).Take(2).Select(Text));
        // Errors of 1e-2 and 2e-2: their geometric mean, and a t interval with one degree of freedom on the logarithms.
        Assert.Equal("1.41e-2", Text(cell.QuerySelector(".mean")!));
        Assert.Equal("[1.73e-4, 1.16e0]", Text(cell.QuerySelector(".interval")!));
        Assert.Equal("2 of 3", Text(cell.QuerySelector(".count")!));
        Assert.Equal("n/a", Text(study.QuerySelector(".matrix td.none span")!));
        Assert.Equal(3, trials.QuerySelectorAll("table.list tbody tr").Length);
        Assert.Equal($"Trial {plan.Trials[0].Key.Short}", Text(trial.QuerySelector("h1")!));
        Assert.Contains("pinnsweep train --problem helmholtz", trial.QuerySelector("pre.command")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("worker-0", Text(trial.QuerySelector("#live-attempts")!), StringComparison.Ordinal);
        Assert.Equal(2, trial.QuerySelectorAll("#live-result [aria-label='Loss terms'] tbody tr").Length);
        Assert.Equal(4, trial.QuerySelectorAll("#curve-numbers tr").Length);
    }

    [Fact]
    public async Task Filters_and_order_of_trials_are_in_the_address()
    {
        await using var api = await TestApi.FilledAsync(store => MadeStudy.ForCoordinator(store, MadeStudy.Grid, isDone: trial => trial.Description.Seed < 3));
        await api.SubmittedAsync(MadeStudy.Grid);
        using var surfer = new Surfer(api.Url);

        var page = await surfer.PageAsync("studies/grid/trials?state=accepted&where=balancer%3Drelobralo&where=&seed=&sort=-error");
        var errors = page.QuerySelectorAll("tbody td:nth-of-type(6)").Select(Text).ToList();
        using var empty = await surfer.GetAsync("studies/grid/trials?state=diverged");
        using var wrong = await surfer.GetAsync("studies/grid/trials?state=divergd");

        Assert.Equal(6, page.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(errors.OrderByDescending(error => double.Parse(error, System.Globalization.CultureInfo.InvariantCulture)), errors);
        Assert.Equal("descending", page.QuerySelector("th[aria-sort]")!.GetAttribute("aria-sort"));
        Assert.Equal("balancer=relobralo", page.QuerySelectorAll("select[name=where] option[selected]").Single().GetAttribute("value"));
        Assert.Contains("sort=error", page.QuerySelector("th[aria-sort] a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("No trial is like this", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("diverged", Text((await Surfer.PageOf(wrong)).QuerySelector("main")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curves_by_cell_are_numbers_for_a_picture_and_a_table()
    {
        await using var api = await TestApi.FilledAsync(store => MadeStudy.ForCoordinator(store, MadeStudy.Grid));
        await api.SubmittedAsync(MadeStudy.Grid);
        using var surfer = new Surfer(api.Url);

        var table = await surfer.PageAsync("studies/grid/curves?column=wave&x=seconds");
        var curves = await api.GetAsync<CellCurvesModel>("studies/grid/curves.json?column=wave&x=seconds");
        using var wrong = await surfer.GetAsync("studies/grid/curves?x=minutes");

        Assert.Equal(["Seconds", .. curves.Curves.Select(curve => $"{curve.Name} (3 seeds)")], table.QuerySelectorAll("thead th").Select(Text));
        Assert.Equal(3, table.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task The_cluster_shows_who_works_and_why_something_waits()
    {
        await using var api = await TestApi.StartAsync(slots: 1);
        await api.UntilReadyAsync();
        await api.SubmittedAsync(TestApi.LongStudy);
        await api.UntilAsync("long", study => study.RunningCount == 1);
        using var surfer = new Surfer(api.Url);

        var page = await surfer.PageAsync("cluster");

        Assert.Contains("test", Text(page.QuerySelector("#worker-test th")!), StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("#worker-test a.key"));
        Assert.Contains("Every slot is taken; 3 trials wait for one.", page.QuerySelectorAll("#live-cluster li").Select(Text));
    }

    [Theory]
    [InlineData("studies/quik", HttpStatusCode.NotFound, "nearest 'quick'")]
    [InlineData("studies/quick/nothing", HttpStatusCode.NotFound, "nothing is served")]
    [InlineData("trials/00000000", HttpStatusCode.NotFound, "no trial's key begins with 00000000")]
    [InlineData("trials/xyz", HttpStatusCode.BadRequest, "xyz")]
    [InlineData("nothing", HttpStatusCode.NotFound, "nothing is served")]
    public async Task What_is_not_there_is_told_as_a_page_to_people_and_as_a_problem_to_programs(string path, HttpStatusCode status, string said)
    {
        await using var api = await TestApi.StartAsync(slots: 1);
        await api.SubmittedAsync(TestApi.Study);
        using var surfer = new Surfer(api.Url);

        var page = await surfer.PageAsync(path, status);
        using var problem = await api.Client.GetAsync(path);

        Assert.Contains(said, Text(page.QuerySelector("main")!), StringComparison.Ordinal);
        Assert.Equal(status, (await TestApi.ProblemOf(problem)).Status);
    }

    [Fact]
    public async Task Every_page_asks_nothing_of_elsewhere_and_holds_no_script_or_style_of_its_own()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true, slots: 1);
        var plan = MadeStudy.In(api.Store, MadeStudy.Grid);
        await api.SubmittedAsync(MadeStudy.Grid);
        using var surfer = await Surfer.WithAsync(api, TestApi.OperateToken);
        string[] paths =
        [
            "", "cluster", "login", "nothing", "studies/grid", "studies/grid/trials", "studies/grid/curves", "studies/grid/cancel", "studies/grid/priority", $"trials/{plan.Trials[0].Key.Hex}",
        ];

        foreach (var path in paths)
        {
            using var answer = await surfer.GetAsync(path);
            var page = await Surfer.PageOf(answer);

            Assert.Equal(PageResult.ContentSecurityPolicy, answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
            Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
            Assert.All(page.QuerySelectorAll("[src], [href], [action]"), element =>
                Assert.StartsWith("/", (element.GetAttribute("src") ?? element.GetAttribute("href") ?? element.GetAttribute("action"))!.Replace("#main", "/", StringComparison.Ordinal), StringComparison.Ordinal));
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Single(page.QuerySelectorAll("main"));
            Assert.False(string.IsNullOrWhiteSpace(page.Title));
            Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
            foreach (var asset in page.QuerySelectorAll("head [src], head [href]").Select(element => element.GetAttribute("src") ?? element.GetAttribute("href")!))
            {
                using var file = await surfer.GetAsync(asset.TrimStart('/'));
                Assert.Equal(HttpStatusCode.OK, file.StatusCode);
                Assert.Contains("immutable", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_node_without_pages_serves_programs_as_ever()
    {
        await using var api = await TestApi.StartAsync(change: options => options with { Pages = null });
        using var surfer = new Surfer(api.Url);

        using var page = await surfer.GetAsync("");
        using var studies = await surfer.GetAsync("api/studies");

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.OK, studies.StatusCode);
    }

    private static string Text(INode node) => string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
