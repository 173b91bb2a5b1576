using System.Net;
using System.Text.Json;
using Akka.Actor;
using PinnSweep.Api;
using PinnSweep.Testing;
using PinnSweep.Tests.Api;
using PinnSweep.Views;

namespace PinnSweep.Tests.Pages;

/// <summary>What open pages of a real node are told.</summary>
[Collection("api")]
public sealed class LiveEventsTests
{
    [Fact]
    public async Task A_hundred_who_look_at_a_study_are_one_follower_and_hear_what_changes()
    {
        await using var api = await TestApi.StartAsync(slots: 1);
        await api.SubmittedAsync(TestApi.LongStudy);
        await api.UntilAsync("long", study => study.RunningCount == 1);
        var before = Followers(api);

        var readers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => EventReader.OpenAsync(api.Client, "live/studies/long")));
        await Task.WhenAll(readers.Select(reader => reader.UntilAsync("state", html => html.Contains("1 running", StringComparison.Ordinal))));
        var during = Followers(api);
        using (await api.Client.PostAsync("api/studies/long/pause", null))
        {
            await Task.WhenAll(readers.Select(reader => reader.UntilAsync("state", html => html.Contains("paused", StringComparison.Ordinal))));
        }

        Array.ForEach(readers, reader => reader.Dispose());
        await Waiting.UntilAsync(() => Task.FromResult(Followers(api)), count => count == before, Waiting.Patience);
        Assert.Equal(before + 1, during);
    }

    [Fact]
    public async Task Whoever_comes_back_hears_everything_at_once_with_numbers_that_go_on()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.LongStudy);
        using var first = await EventReader.OpenAsync(api.Client, "live/studies/long");
        await first.UntilAsync("matrix", _ => true);

        using var second = await EventReader.OpenAsync(api.Client, "live/studies/long", "41");
        await second.UntilAsync("matrix", _ => true);
        using (await api.Client.PostAsync("api/studies/long/pause", null))
        {
            await second.UntilAsync("state", html => html.Contains("paused", StringComparison.Ordinal));
        }

        Assert.Equal("42", second.Id);
    }

    [Fact]
    public async Task Whoever_does_not_read_holds_nobody_up()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.LongStudy);
        using var silent = await EventReader.OpenAsync(api.Client, "live/studies/long");
        using var reader = await EventReader.OpenAsync(api.Client, "live/studies/long");

        foreach (var (order, word) in (IEnumerable<(string, string)>)[("pause", "unpaused"), ("pause", "paused"), ("resume", "unpaused"), ("pause", "paused")])
        {
            using (await api.Client.PostAsync($"api/studies/long/{(word == "unpaused" ? "resume" : order)}", null))
            {
                await reader.UntilAsync("state", html => html.Contains($"\"{word} ", StringComparison.Ordinal));
            }
        }

        // It missed what came in between, and its first word is the newest or on the way to it.
        await silent.UntilAsync("state", html => html.Contains("\"paused ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_study_that_is_done_is_told_again_when_an_order_brings_it_back()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.LongStudy);
        using var reader = await EventReader.OpenAsync(api.Client, "live/studies/long");
        using (await api.Client.PostAsync("api/studies/long/cancel", null))
        {
            await reader.UntilAsync("state", html => html.Contains("chip cancelled", StringComparison.Ordinal));
        }

        await api.SubmittedAsync(TestApi.LongStudy);

        await reader.UntilAsync("state", html => html.Contains("chip waiting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_running_trial_tells_its_curve_as_it_grows()
    {
        await using var api = await TestApi.StartAsync(slots: 1);
        await api.SubmittedAsync(TestApi.LongStudy);
        var study = await api.UntilAsync("long", study => study.RunningCount == 1);
        using var reader = await EventReader.OpenAsync(api.Client, $"live/trials/{study.Running![0].Key[..12]}");

        var first = Curve(await reader.UntilAsync("curve", json => Curve(json).Steps.Length > 0));
        var later = Curve(await reader.UntilAsync("curve", json => Curve(json).Steps[^1] > first.Steps[^1]));

        Assert.True(later.IsLive);
        Assert.Equal(later.Steps.Length, later.RelativeL2.Length);
    }

    [Theory]
    [InlineData("live/studies", "studies")]
    [InlineData("live/cluster", "workers")]
    public async Task Lists_are_told_too_and_silence_has_a_sign_of_life(string path, string part)
    {
        await using var api = await TestApi.StartAsync(slots: 1, change: options => options with { HeartbeatEvery = TimeSpan.FromSeconds(0.2) });
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", study => study.IsSettled);
        using var reader = await EventReader.OpenAsync(api.Client, path);

        await reader.UntilAsync(part, html => html.Contains(part == "studies" ? "quick" : "test", StringComparison.Ordinal));
        await reader.UntilAsync("beat", _ => true);
    }

    [Fact]
    public async Task A_node_that_stops_lets_everybody_go()
    {
        EventReader reader;
        await using (var api = await TestApi.StartAsync())
        {
            await api.SubmittedAsync(TestApi.LongStudy);
            using var client = api.ClientWith(null);
            reader = await EventReader.OpenAsync(client, "live/studies/long");
            await reader.UntilAsync("matrix", _ => true);
            await api.StopServingAsync();
            while (await reader.NextAsync() is not null)
            {
            }
        }

        reader.Dispose();
    }

    [Theory]
    [InlineData("live/studies/quick", null, HttpStatusCode.Unauthorized)]
    [InlineData("live/studies/nothing", TestApi.ReadToken, HttpStatusCode.NotFound)]
    [InlineData("live/trials/00000000", TestApi.ReadToken, HttpStatusCode.NotFound)]
    public async Task Nobody_hears_what_they_may_not_see_or_what_is_not_there(string path, string? token, HttpStatusCode status)
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        await api.SubmittedAsync(TestApi.Study);
        using var client = api.ClientWith(token);

        using var answer = await client.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
    }

    private static int Followers(TestApi api) => ((LocalActorRef)((ExtendedActorSystem)api.Node.System).Guardian).Children.Count();

    private static CurveView Curve(string json) => JsonSerializer.Deserialize<CurveView>(json, ApiJson.Options)!;
}
