using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Storage.Studies;
using PinnSweep.Tests.Views;
using PinnSweep.Views;

namespace PinnSweep.Tests.Api;

/// <summary>Trials, cells, curves, events and comparisons of studies that a node trains or has trained.</summary>
[Collection("api")]
public sealed class TrialApiTests
{
    [Fact]
    public async Task Trials_cells_and_curves_of_a_finished_study_agree()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", study => study.IsSettled);

        var trials = await api.GetAsync<TrialsModel>("api/studies/quick/trials?sort=-seed");
        var filtered = await api.GetAsync<TrialsModel>("api/studies/quick/trials?where=problem%3Dhelmholtz&seed=2&state=accepted");
        var csv = await api.Client.GetAsync("api/studies/quick/trials?format=csv");
        var cells = await api.GetAsync<CellsModel>("api/studies/quick/cells");
        var curves = await api.GetAsync<CellCurvesModel>("api/studies/quick/curves?x=seconds");
        var curve = await api.GetAsync<JsonElement>($"api/trials/{trials.Items[0].Key[..12]}/curve?points=4");

        Assert.Equal([2L, 1L], trials.Items.Select(trial => trial.Seed));
        Assert.Equal("quick", trials.Study);
        Assert.All(trials.Items, trial => Assert.Equal(("accepted", 50, "test"), (trial.Phase, trial.Step, trial.Worker)));
        Assert.Equal(2, Assert.Single(filtered.Items).Seed);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal(3, (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var cell = Assert.Single(cells.Cells);
        Assert.Equal((2, 2, 0), (cell.Planned, cell.Done, cell.Running));
        Assert.Equal(trials.Items.Count(trial => trial.RelativeL2 is not null && trial.Outcome != "diverged"), cell.N);
        Assert.Equal("seconds", curves.X);
        Assert.InRange(curve.GetProperty("steps").GetArrayLength(), 1, 4);
        Assert.False(curve.GetProperty("isLive").GetBoolean());
    }

    [Fact]
    public async Task A_trial_is_told_as_objects_with_attempts_evidence_and_the_command_that_trains_it_again()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", study => study.IsSettled);
        var key = (await api.GetAsync<TrialsModel>("api/studies/quick/trials")).Items[0].Key;

        var trial = await api.GetAsync<TrialDetailModel>($"api/trials/{key[..12]}");
        var attempts = await api.GetAsync<AttemptModel[]>($"api/trials/{key}/attempts");

        Assert.Equal((key, "accepted"), (trial.Key, trial.Phase));
        Assert.Equal(("helmholtz", 50), (trial.Parameters!.Levels["problem"].Kind, trial.Parameters.Steps));
        Assert.NotEmpty(trial.Parameters.Levels["optimizer"].Parameters);
        Assert.Equal("quick", Assert.Single(trial.Studies).Study);
        Assert.Equal(("test", 50, 1), (trial.Result!.Worker, trial.Result.Steps, trial.Result.Attempt));
        Assert.NotNull(trial.Result.AcceptedAt);
        Assert.Equal("relative_l2", trial.Result.Errors[0].Metric);
        Assert.StartsWith("pinnsweep train --problem helmholtz", trial.Command, StringComparison.Ordinal);
        var attempt = Assert.Single(attempts);
        Assert.Equal((1, "test", "accepted"), (attempt.Attempt, attempt.Worker, attempt.Ending));
        Assert.True(attempt.StartedAt <= attempt.EndedAt);
    }

    [Fact]
    public async Task A_study_says_what_it_waits_for()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.LongStudy);

        var waits = await api.GetAsync<WhyStudyModel>("api/studies/long/why");
        using var paused = await api.Client.PostAsync("api/studies/long/pause", null);
        var pauses = await api.GetAsync<WhyStudyModel>("api/studies/long/why");

        Assert.Equal(("long", "waiting"), (waits.Study, waits.State));
        Assert.Contains("4 of 4 trials wait, 0 run", waits.Lines);
        Assert.Contains(waits.Lines, line => line.Contains("no worker is registered", StringComparison.Ordinal));
        Assert.Contains(pauses.Lines, line => line.Contains("`resume long` goes on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_studies_are_compared()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.SubmittedAsync(TestApi.Study.Replace("study: quick", "study: other", StringComparison.Ordinal).Replace("50", "60", StringComparison.Ordinal));
        await api.UntilAsync("quick", study => study.IsSettled);
        await api.UntilAsync("other", study => study.IsSettled);

        var changed = await api.GetAsync<StudyComparison>("api/compare?left=quick&right=other&full=true");
        var same = await api.GetAsync<StudyComparison>("api/compare?left=quick&right=quick");

        Assert.Contains(new("budget", "50 steps", "60 steps"), Assert.Single(changed.Changed).Why);
        Assert.Equal((0, 1), (same.Changed.Length, same.Unchanged));
    }

    [Fact]
    public async Task Events_are_paged_and_a_client_that_comes_back_goes_on_where_it_was()
    {
        await using var api = await TestApi.StartAsync(slots: 1);
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", study => study.IsSettled);
        var all = await PinnSweep.Testing.Waiting.UntilAsync(() => api.GetAsync<EventsModel>("api/studies/quick/events"), page => page.Items.Count == 4, PinnSweep.Testing.Waiting.Patience);

        var first = await api.GetAsync<EventsModel>("api/studies/quick/events?take=3");
        var rest = await api.GetAsync<EventsModel>($"api/studies/quick/events?after={first.Next}");
        var heard = await HearAsync(api, all.Items[1].Id, 2);

        Assert.Equal(["accepted", "accepted", "started", "started"], all.Items.Select(one => one.Kind).Order());
        Assert.Equal(all.Items.Select(one => one.Id).Order(StringComparer.Ordinal), all.Items.Select(one => one.Id));
        Assert.True(first.HasMore);
        Assert.Equal(all.Items[3], Assert.Single(rest.Items));
        Assert.False(rest.HasMore);
        Assert.Equal(all.Items.Skip(2).Select(one => one.Id), heard);
    }

    [Theory]
    [InlineData("api/studies/quick/trials?state=wating", "nearest 'waiting'")]
    [InlineData("api/studies/quick/trials?sort=eror", "nearest 'error'")]
    [InlineData("api/studies/quick/trials?cell=1", "the cells 0 to 0")]
    [InlineData("api/studies/quick/trials?where=problem%3Dhelmholz", "nearest 'helmholtz'")]
    [InlineData("api/studies/quick/trials?format=exe", "expected json or csv")]
    [InlineData("api/studies/quick/curves?x=step", "nearest 'steps'")]
    [InlineData("api/studies/quick/curves?column=helmholz", "nearest 'helmholtz'")]
    [InlineData("api/studies/quick/events?after=yesterday", "expected the id of an event")]
    [InlineData("api/trials/abcdef/curve?points=3", "expected 4 to 5000")]
    [InlineData("api/compare?left=quick", "expected two studies")]
    public async Task A_mistake_names_what_is_allowed(string path, string said)
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.Study);

        using var answer = await api.Client.GetAsync(path);

        var (status, detail) = await TestApi.ProblemOf(answer);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(said, detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_listener_hears_each_event_once_also_a_late_one_and_comes_back_with_the_newest()
    {
        EventModel[] events = [.. Enumerable.Range(0, 6).Select(i => EventModel.Of(new StoredEvent(MadeStudy.At + TimeSpan.FromSeconds(i / 2), i % 2 == 0 ? "accepted" : "started", new(new string((char)('a' + i), 64)), 1, null, "")))];
        var listener = new StudyEvents.Listener(events[1].Id);
        var from = EventId.At(MadeStudy.At - TimeSpan.FromMinutes(5));

        var first = listener.Take([events[0], events[1], events[3], events[4]], from);
        var last = listener.Last;
        var late = listener.Take(events[..5], from);
        var afterLate = listener.Last;
        var next = listener.Take(events, from);

        Assert.Equal([events[3], events[4]], first);
        Assert.Equal(events[4].Id, last);
        Assert.Equal([events[2]], late);
        Assert.Equal(events[4].Id, afterLate);
        Assert.Equal([events[5]], next);
        Assert.Equal(events.Select(one => one.Id).Order(StringComparer.Ordinal), events.Select(one => one.Id));
        Assert.Equal(MadeStudy.At + TimeSpan.FromSeconds(2), EventId.MomentOf(events[5].Id));
        Assert.Null(EventId.MomentOf("yesterday"));
    }

    private static async Task<List<string>> HearAsync(TestApi api, string last, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/studies/quick/events") { Headers = { { "Last-Event-ID", last } } };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var heard = new List<string>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync())
        {
            if (item.EventType != WatchEndpoint.Heartbeat)
            {
                heard.Add(item.EventId!);
            }

            if (heard.Count == count)
            {
                break;
            }
        }

        return heard;
    }
}
