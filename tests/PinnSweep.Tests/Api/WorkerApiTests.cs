using System.Net;
using System.Net.Http.Json;
using System.Text;
using Akka.Actor;
using PinnSweep.Api;
using PinnSweep.Testing;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Tests.Api;

/// <summary>Workers over HTTP: what they say of themselves, and the orders that they take.</summary>
[Collection("api")]
public sealed class WorkerApiTests
{
    [Fact]
    public async Task A_worker_tells_its_machine_its_pace_and_what_it_trains()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.LongStudy);
        await api.UntilAsync("long", study => study.RunningCount == 2);

        var detail = await Waiting.UntilAsync(
            () => api.GetAsync<WorkerDetailModel>("api/workers/test"),
            seen => seen.Training.Count == 2 && seen.Training.All(training => training is { Slot: not null, Step: > 0 }) && seen.Worker.Throughput is { StepsPerSecond: > 0 },
            Waiting.Patience);
        var listed = Assert.Single((await api.GetAsync<WorkersModel>("api/workers")).Workers);

        Assert.Equal([0, 1], detail.Training.Select(training => training.Slot));
        Assert.All(detail.Training, training => Assert.Equal(("long", "helmholtz", 1), (training.Study, training.Labels["problem"], training.Attempt)));
        Assert.All(detail.Training, training => Assert.InRange(training.Since!.Value, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow()));
        Assert.All((WorkerModel[])[detail.Worker, listed], worker =>
        {
            Assert.Equal(("working", Environment.ProcessorCount), (worker.State, worker.Machine!.Cores));
            Assert.True(worker is { Machine: { MemoryBytes: > 0, FreeMemoryBytes: > 0, Processor.Length: > 0, System.Length: > 0, Engine: "auto" }, UptimeSeconds: > 0 });
        });
    }

    [Theory]
    [InlineData("drain?keep=true", "resting")]
    [InlineData("drain", "draining")]
    public async Task A_worker_whose_node_stays_gives_everything_back_and_works_again_when_it_is_told(string order, string state)
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.LongStudy);
        await api.UntilAsync("long", study => study.RunningCount == 2);

        using var ordered = await api.Client.PostAsync($"api/workers/test/{order}", null);
        await api.UntilAsync("long", study => study.RunningCount == 0);
        var rested = Assert.Single((await api.GetAsync<WorkersModel>("api/workers")).Workers);
        using var undrained = await api.Client.PostAsync("api/workers/test/undrain", null);
        var again = await api.UntilAsync("long", study => study.RunningCount == 2);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (ordered.StatusCode, undrained.StatusCode));
        Assert.Equal((state, true), (rested.State, rested.IsDraining));
        Assert.Equal(0, again.Faults);
        Assert.False(api.Node.Ended.IsCompleted);
        await Waiting.UntilAsync(() => api.GetAsync<WorkersModel>("api/workers"), seen => seen.Workers is [{ State: "working", IsDraining: false }], Waiting.Patience);
    }

    [Fact]
    public async Task A_worker_of_an_older_version_is_never_told_to_rest_for_it_would_end()
    {
        await using var api = await TestApi.StartAsync();
        using var old = Inbox.Create(api.Node.System);
        api.Node.Coordinator.Tell(new RegisterWorker(new("old", "1"), new(1, 0), "0.0.1", []), old.Receiver);
        await Waiting.UntilAsync(() => api.GetAsync<WorkersModel>("api/workers"), seen => seen.Workers.Count == 1, Waiting.Patience);

        using var rest = await api.Client.PostAsync("api/workers/old/drain?keep=true", null);
        using var undrain = await api.Client.PostAsync("api/workers/old/undrain", null);
        var untouched = Assert.Single((await api.GetAsync<WorkersModel>("api/workers")).Workers);
        using var drain = await api.Client.PostAsync("api/workers/old/drain", null);

        var (status, detail) = await TestApi.ProblemOf(rest);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("drain it without --keep", detail, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, undrain.StatusCode);
        Assert.Equal(("working", null), (untouched.State, untouched.Machine));
        Assert.Equal(HttpStatusCode.OK, drain.StatusCode);
        Assert.True(Assert.Single((await api.GetAsync<WorkersModel>("api/workers")).Workers).IsDraining);
    }

    [Fact]
    public async Task An_unknown_worker_is_told_with_the_nearest_name()
    {
        await using var api = await TestApi.StartAsync(slots: 1);
        await Waiting.UntilAsync(() => api.GetAsync<WorkersModel>("api/workers"), seen => seen.Workers.Count == 1, Waiting.Patience);

        using var undrain = await api.Client.PostAsync("api/workers/tset/undrain", null);
        using var detail = await api.Client.GetAsync("api/workers/tset");

        foreach (var answer in (HttpResponseMessage[])[undrain, detail])
        {
            var (status, said) = await TestApi.ProblemOf(answer);
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Contains("nearest 'test'", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_priority_is_changed_and_what_is_not_said_stays()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.LongStudy, "?priority=1&maxRunning=3&device=cpu");
        using var paused = await api.Client.PostAsync("api/studies/long/pause", null);

        using var raised = await OrderAsync(api, "{\"priority\": 7}");
        using var freed = await OrderAsync(api, "{\"maxRunning\": 0, \"device\": \"any\"}");
        var study = await api.GetAsync<StudyModel>("api/studies/long");

        Assert.Equal(new(7, 3, "cpu"), await raised.Content.ReadFromJsonAsync<PriorityModel>(ApiJson.Options));
        Assert.Equal(new(7, 0, "any"), await freed.Content.ReadFromJsonAsync<PriorityModel>(ApiJson.Options));
        Assert.Equal((7, null, null, true), (study.Priority, study.MaxRunning, study.Device, study.IsPaused));
    }

    [Theory]
    [InlineData("{\"device\": \"gpuu\"}", "nearest 'gpu'")]
    [InlineData("{\"maxRunning\": -1}", "maxRunning -1: expected")]
    [InlineData("{\"prioriti\": 1}", "expected {\"priority\": N")]
    [InlineData("{\"priority\": 1, \"priority\": 2}", "expected {\"priority\": N")]
    [InlineData("{}", "expected {\"priority\": N")]
    [InlineData("", "expected {\"priority\": N")]
    public async Task A_priority_with_mistakes_is_refused_and_changes_nothing(string body, string said)
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.LongStudy, "?priority=1");

        using var refused = await OrderAsync(api, body);

        var (status, detail) = await TestApi.ProblemOf(refused);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(said, detail, StringComparison.Ordinal);
        Assert.Equal(1, (await api.GetAsync<StudyModel>("api/studies/long")).Priority);
    }

    [Fact]
    public async Task A_cancelled_study_is_not_called_back_by_a_priority()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.LongStudy);
        using var cancelled = await api.Client.PostAsync("api/studies/long/cancel", null);

        using var refused = await OrderAsync(api, "{\"priority\": 7}");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.True((await api.GetAsync<StudyModel>("api/studies/long")).IsCancelled);
    }

    private static Task<HttpResponseMessage> OrderAsync(TestApi api, string body) =>
        api.Client.PostAsync("api/studies/long/priority", new StringContent(body, Encoding.UTF8, "application/json"));
}
