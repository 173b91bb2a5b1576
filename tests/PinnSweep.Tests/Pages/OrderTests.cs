using System.Net;
using PinnSweep.Api;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Pages;

/// <summary>Orders by forms: who can give them, and that nobody else's page can.</summary>
[Collection("api")]
public sealed class OrderTests
{
    [Fact]
    public async Task A_study_is_paused_resumed_ranked_and_cancelled_by_its_pages()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        await api.SubmittedAsync(TestApi.LongStudy);
        using var surfer = await Surfer.WithAsync(api, TestApi.OperateToken);
        var page = await surfer.PageAsync("studies/long");

        using var paused = await surfer.SubmitAsync(page.QuerySelector("form.order.pause")!);
        var told = await surfer.PageAsync(paused.Headers.Location!.ToString().TrimStart('/'));
        var whilePaused = await api.GetAsync<StudyModel>("api/studies/long");
        using var resumed = await surfer.SubmitAsync(page.QuerySelector("form.order.resume")!);
        var whileResumed = await api.GetAsync<StudyModel>("api/studies/long");
        var ask = await surfer.PageAsync(page.QuerySelector("a.order.priority")!.GetAttribute("href")!.TrimStart('/'));
        ask.QuerySelector("#priority")!.SetAttribute("value", "7");
        ask.QuerySelector("#most")!.SetAttribute("value", "2");
        using var ranked = await surfer.SubmitAsync(ask.QuerySelector("form.fields")!);
        var whileRanked = await api.GetAsync<StudyModel>("api/studies/long");
        var confirm = await surfer.PageAsync(page.QuerySelector("a.order.cancel")!.GetAttribute("href")!.TrimStart('/'));
        using var cancelled = await surfer.SubmitAsync(confirm.QuerySelector("form.confirm")!);
        var afterwards = await api.GetAsync<StudyModel>("api/studies/long");

        Assert.Equal(HttpStatusCode.SeeOther, paused.StatusCode);
        Assert.Contains("pauses", told.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("paused", told.QuerySelector("[data-state]")!.GetAttribute("data-state"), StringComparison.Ordinal);
        Assert.True(whilePaused.IsPaused);
        Assert.False(whileResumed.IsPaused);
        Assert.Equal((7, 2), (whileRanked.Priority, whileRanked.MaxRunning));
        Assert.True(afterwards.IsCancelled);
    }

    [Fact]
    public async Task Whoever_may_only_look_sees_no_buttons_and_is_refused()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        await api.SubmittedAsync(TestApi.LongStudy);
        using var reader = await Surfer.WithAsync(api, TestApi.ReadToken);
        var page = await reader.PageAsync("studies/long");
        var form = page.QuerySelector("form.leave input[name=form]")!.GetAttribute("value")!;

        using var order = await reader.PostAsync("orders/studies/long/pause", ("form", form));
        using var ask = await reader.GetAsync("studies/long/cancel");

        Assert.Empty(page.QuerySelectorAll(".orders, form[action*=orders]"));
        Assert.Equal(HttpStatusCode.Forbidden, order.StatusCode);
        Assert.Contains("may only read", (await Surfer.PageOf(order)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, ask.StatusCode);
        Assert.False((await api.GetAsync<StudyModel>("api/studies/long")).IsPaused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_page_but_this_nodes_own_gives_orders(bool hasTokens)
    {
        await using var api = await TestApi.StartAsync(hasTokens);
        await api.SubmittedAsync(TestApi.LongStudy);
        using var surfer = hasTokens ? await Surfer.WithAsync(api, TestApi.OperateToken) : new Surfer(api.Url);
        using var other = hasTokens ? await Surfer.WithAsync(api, TestApi.OperateToken) : new Surfer(api.Url);
        var own = await FormValueAsync(surfer);

        using var without = await surfer.PostAsync("orders/studies/long/pause");
        using var wrong = await surfer.PostAsync("orders/studies/long/pause", ("form", new string('A', own.Length)));
        using var twice = await surfer.PostAsync("orders/studies/long/pause", ("form", "x"), ("form", own));
        using var foreign = await surfer.SendAsync("orders/studies/long/pause", "http://evil.example", ("form", own));
        using var json = await surfer.Client.PostAsync("orders/studies/long/pause", new StringContent($$"""{"form":"{{own}}"}""", System.Text.Encoding.UTF8, "application/json"));
        using var got = await surfer.GetAsync($"orders/studies/long/pause?form={own}");
        var before = await api.GetAsync<StudyModel>("api/studies/long");
        using var right = await surfer.PostAsync("orders/studies/long/pause", ("form", own));

        Assert.All([without, wrong, twice, foreign], answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, got.StatusCode);
        Assert.False(before.IsPaused);
        Assert.Equal(HttpStatusCode.SeeOther, right.StatusCode);
        // Another session's value is none of this one's; without tokens all are the one user of this machine.
        Assert.Equal(hasTokens, await FormValueAsync(other) != own);
    }

    [Fact]
    public async Task Without_a_session_an_order_is_refused()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        await api.SubmittedAsync(TestApi.LongStudy);
        using var surfer = new Surfer(api.Url);

        using var order = await surfer.PostAsync("orders/studies/long/pause", ("form", ""));

        Assert.Equal(HttpStatusCode.Unauthorized, order.StatusCode);
    }

    [Theory]
    [InlineData("orders/studies/nothing/pause", HttpStatusCode.NotFound)]
    [InlineData("orders/workers/drain", HttpStatusCode.NotFound)]
    [InlineData("orders/studies/long/priority?", HttpStatusCode.BadRequest)]
    public async Task An_order_that_cannot_be_done_says_why(string path, HttpStatusCode status)
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.LongStudy);
        using var surfer = new Surfer(api.Url);

        using var answer = await surfer.PostAsync(path, ("form", await FormValueAsync(surfer)), ("worker", "nobody"), ("priority", "high"));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_worker_rests_and_is_drained_from_the_page_of_the_cluster()
    {
        await using var api = await TestApi.StartAsync(slots: 1);
        await api.UntilReadyAsync();
        using var surfer = new Surfer(api.Url);
        var page = await surfer.PageAsync("cluster");

        var form = page.QuerySelector("form[action='/orders/workers/rest']")!;
        using var rested = await surfer.SubmitAsync(form);
        await PinnSweep.Testing.Waiting.UntilAsync(() => surfer.PageAsync("cluster"), shown => shown.QuerySelector("#worker-test .chip.resting") is not null, PinnSweep.Testing.Waiting.Patience);
        form.SetAttribute("action", form.QuerySelector("button.danger")!.GetAttribute("formaction"));
        using var answer = await surfer.SubmitAsync(form);

        Assert.Equal("/cluster?said=rested", rested.Headers.Location!.ToString());
        Assert.Equal("/cluster?said=drained", answer.Headers.Location!.ToString());
        // The node coordinates, so it stays; its worker takes nothing more.
        await PinnSweep.Testing.Waiting.UntilAsync(() => surfer.PageAsync("cluster"), shown => shown.QuerySelector("#worker-test .chip.draining") is not null, PinnSweep.Testing.Waiting.Patience);
    }

    private static async Task<string> FormValueAsync(Surfer surfer) =>
        (await surfer.PageAsync("studies/long")).QuerySelector("form.order.pause input[name=form]")!.GetAttribute("value")!;
}
