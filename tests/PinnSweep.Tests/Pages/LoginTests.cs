using System.Net;
using PinnSweep.Api;
using PinnSweep.Pages;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Pages;

/// <summary>Who is let in, and for how long.</summary>
[Collection("api")]
public sealed class LoginTests
{
    [Fact]
    public async Task A_browser_logs_in_once_and_is_led_to_where_it_wanted()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        using var surfer = new Surfer(api.Url);

        using var stopped = await surfer.GetAsync("cluster?x=1");
        var login = await surfer.PageAsync(stopped.Headers.Location!.ToString().TrimStart('/'));
        using var wrong = await surfer.PostAsync("login", ("token", "wrong-token-0123456789"), ("next", "/"));
        using var right = await surfer.PostAsync("login", ("token", TestApi.ReadToken), ("next", login.QuerySelector("input[name=next]")!.GetAttribute("value")!));
        using var cluster = await surfer.GetAsync("cluster");

        Assert.Equal(HttpStatusCode.Redirect, stopped.StatusCode);
        Assert.Equal("/login?next=%2Fcluster%3Fx%3D1", stopped.Headers.Location.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal((HttpStatusCode.SeeOther, "/cluster?x=1"), (right.StatusCode, right.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.OK, cluster.StatusCode);
        var cookie = right.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestApi.ReadToken, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logging_out_ends_the_session_and_needs_the_page_that_offers_it()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        await api.UntilReadyAsync();
        using var surfer = await Surfer.WithAsync(api, TestApi.ReadToken);
        var form = (await surfer.PageAsync("")).QuerySelector("form.leave")!;

        using var forged = await surfer.PostAsync("logout");
        using var still = await surfer.GetAsync("");
        using var left = await surfer.SubmitAsync(form);
        using var after = await surfer.GetAsync("");

        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Assert.Equal("/login?said=out", left.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task Whoever_fails_too_often_has_to_wait_even_with_the_right_token()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        using var surfer = new Surfer(api.Url);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await surfer.PostAsync("login", ("token", $"wrong-token-000000000{attempt}"));
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var right = await surfer.PostAsync("login", ("token", TestApi.ReadToken));

        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.Empty(surfer.Cookies);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task Another_sites_page_logs_nobody_in(string origin)
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        using var surfer = new Surfer(api.Url);

        using var answer = await surfer.SendAsync("login", origin, ("token", TestApi.ReadToken));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(surfer.Cookies);
    }

    [Fact]
    public async Task A_session_gives_no_orders_to_the_interface_for_programs()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        await api.SubmittedAsync(TestApi.LongStudy);
        using var surfer = await Surfer.WithAsync(api, TestApi.OperateToken);

        using var read = await surfer.GetAsync("api/studies/long");
        using var order = await surfer.PostAsync("api/studies/long/cancel");

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, order.StatusCode);
        Assert.False((await api.GetAsync<StudyModel>("api/studies/long")).IsCancelled);
    }

    [Theory]
    [InlineData("/studies/a?x=1&y=%2F", "/studies/a?x=1&y=%2F")]
    [InlineData("/", "/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("studies", "/")]
    [InlineData("//evil.example/x", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/x\\..\\..//evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/x\r\nSet-Cookie: a=b", "/")]
    [InlineData("http://evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/login?next=/login", "/")]
    [InlineData("/.//evil.example", "/")]
    [InlineData("/x/..//evil.example", "/")]
    public void A_link_to_the_login_leads_to_this_node_alone(string? next, string expected) => Assert.Equal(expected, LoginEndpoints.LocalPath(next));
}
