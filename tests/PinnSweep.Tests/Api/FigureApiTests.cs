using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PinnSweep.Api;
using PinnSweep.Testing;

namespace PinnSweep.Tests.Api;

[Collection("api")]
public sealed partial class FigureApiTests
{
    [Fact]
    public async Task A_fragment_tells_the_time_and_the_number_of_its_trials_and_its_numbers_lead_to_them()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        var study = await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", state => state.IsSettled);

        using var answer = await api.Client.GetAsync("studies/quick/report-fragment");
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^<p class=\"as-of\">As of <time datetime=\"[0-9TZ:-]+\">[0-9 :-]+ UTC</time>, 2 of 2 trials.</p>", html);
        Assert.Contains("<h3 id=\"report-s2-accuracy\">Accuracy</h3>", html, StringComparison.Ordinal);

        // The number of the cell is one that the list of trials takes, and the cell has both.
        var cell = Cell().Match(html).Groups[1].Value;
        Assert.Equal(2, (await api.GetAsync<Page<TrialModel>>($"api/studies/{study.Hash}/trials?cell={cell}")).Total);
        var trials = await api.GetAsync<Page<TrialModel>>("api/studies/quick/trials");
        Assert.All(trials.Items, trial => Assert.Contains($"<a href=\"/trials/{trial.Key}\">", html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Before_the_first_result_a_fragment_says_so_and_there_is_no_figure()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.LongStudy);

        var html = await api.Client.GetStringAsync("studies/long/report-fragment");
        var figures = await api.GetAsync<FiguresModel>("api/studies/long/figures");
        using var figure = await api.Client.GetAsync("api/studies/long/figures/convergence-steps.svg");

        Assert.Contains("0 of 4 trials", html, StringComparison.Ordinal);
        Assert.Contains("No trial has ended yet", html, StringComparison.Ordinal);
        Assert.Equal(("long", 0, 4, 0), (figures.Study, figures.Finished, figures.Planned, figures.Figures.Count));
        Assert.Equal((HttpStatusCode.NotFound, "study 'long' has no figure yet"), await TestApi.ProblemOf(figure));
    }

    [Fact]
    public async Task Every_figure_that_is_listed_is_served_on_both_grounds_and_only_once_to_who_has_it()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", state => state.IsSettled);

        var figures = await api.GetAsync<FiguresModel>("api/studies/quick/figures");

        Assert.Contains("convergence-steps", figures.Figures.Select(figure => figure.Name));
        Assert.All(figures.Figures, figure => Assert.StartsWith(figure.Title, figure.Caption, StringComparison.Ordinal));
        foreach (var address in figures.Figures.SelectMany(figure => new[] { $"api/studies/quick/figures/{figure.Name}.svg", $"api/studies/quick/figures/{figure.Name}.svg?scheme=dark" }))
        {
            using var answer = await api.Client.GetAsync(address);
            Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("svg", XElement.Parse(await answer.Content.ReadAsStringAsync()).Name.LocalName);
            using var again = new HttpRequestMessage(HttpMethod.Get, address);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var same = await api.Client.SendAsync(again);
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        }
    }

    [Theory]
    [InlineData("api/studies/quick/figures/convergence-step.svg", HttpStatusCode.NotFound, "figure 'convergence-step' is unknown; nearest 'convergence-steps'")]
    [InlineData("api/studies/quick/figures/convergence-steps.svg?scheme=drak", HttpStatusCode.BadRequest, "scheme 'drak' is unknown; nearest 'dark'")]
    [InlineData("studies/quick/report-fragment?part=tunning", HttpStatusCode.BadRequest, "part 'tunning' is unknown; nearest 'tuning'")]
    [InlineData("studies/quack/report-fragment", HttpStatusCode.NotFound, "study 'quack' is unknown; nearest 'quick'")]
    public async Task What_is_not_there_is_told_with_what_is(string address, HttpStatusCode status, string words)
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", state => state.IsSettled);

        using var answer = await api.Client.GetAsync(address);

        var told = await TestApi.ProblemOf(answer);
        Assert.Equal(status, told.Status);
        Assert.StartsWith(words, told.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fragment_is_made_again_when_results_came_and_not_otherwise()
    {
        await using var api = await TestApi.StartAsync(slots: 4);
        await api.SubmittedAsync(TestApi.Study.Replace("steps: 50", "steps: 2000000000", StringComparison.Ordinal));
        var before = await api.Client.GetStringAsync("studies/quick/report-fragment");
        await api.SubmittedAsync(TestApi.Study.Replace("study: quick", "study: other", StringComparison.Ordinal));
        var none = await api.Client.GetStringAsync("studies/other/report-fragment");

        var some = await Waiting.UntilAsync(
            () => api.Client.GetStringAsync("studies/other/report-fragment"), html => html.Contains(" 2 of 2 trials", StringComparison.Ordinal), Waiting.Patience);
        var after = await api.Client.GetStringAsync("studies/quick/report-fragment");

        Assert.NotEqual(none, some);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task The_export_is_the_html_report_as_a_file_to_keep()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", state => state.IsSettled);

        using var answer = await api.Client.GetAsync("api/studies/quick/export");
        var report = await api.Client.GetByteArrayAsync("api/studies/quick/report?format=html");

        Assert.Equal(report, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("attachment", "quick.html"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName!.Trim('"')));
        Assert.DoesNotContain("src=\"http", Encoding.UTF8.GetString(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_shows_its_curve_and_says_why_it_has_no_picture_of_its_solution()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", state => state.IsSettled);
        var key = (await api.GetAsync<Page<TrialModel>>("api/studies/quick/trials")).Items[0].Key;

        var curve = await api.Client.GetStringAsync($"api/trials/{key[..12]}/curve.svg?x=seconds&scheme=dark");
        using var field = await api.Client.GetAsync($"api/trials/{key}/field.svg");
        using var wrong = await api.Client.GetAsync($"api/trials/{key}/curve.svg?x=epochs");
        using var none = await api.Client.GetAsync($"api/trials/{new string('0', 64)}/curve.svg");

        Assert.Contains($"Curve of trial {key[..8]} against training time (s)", curve, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, field.StatusCode);
        Assert.Contains("its problem has not two coordinates", (await TestApi.ProblemOf(field)).Detail, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "x 'epochs' is unknown; allowed: steps, seconds"), await TestApi.ProblemOf(wrong));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Figures_and_fragments_need_a_token_where_the_node_has_some()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        await api.SubmittedAsync(TestApi.Study);
        using var nobody = api.ClientWith(null);

        foreach (var address in (string[])["studies/quick/report-fragment", "api/studies/quick/figures", "api/studies/quick/figures/x.svg", "api/studies/quick/export"])
        {
            using var answer = await nobody.GetAsync(address);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [GeneratedRegex("/trials\\?cell=([0-9]+)\"")]
    private static partial Regex Cell();
}
