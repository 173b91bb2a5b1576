using System.Net;
using System.Net.Http.Json;
using PinnSweep.Api;
using PinnSweep.Studies.Planning.Stages;

namespace PinnSweep.Tests.Api;

/// <summary>A search whose proposals come from outside, over HTTP.</summary>
[Collection("api")]
public sealed class AskApiTests
{
    internal const string Study = """
        study: asked
        seeds: 2
        factors:
          problem: helmholtz
          balancer: [static, {kind: relobralo, temperature: {log: [0.01, 10]}}]
          optimizer: {kind: adam, lr: {log: [1e-4, 1e-2]}}
        budget: {steps: 50}
        tune: {design: external, trials: 3, seeds: {from: 100001, count: 2}}
        """;

    private const string Two = """{"stage": 1, "searches": [{"search": 0, "points": [{"optimizer.lr": 0.002}, {"optimizer.lr": 0.003}]}, {"search": 1, "points": [{"balancer.temperature": 2, "optimizer.lr": 0.002}]}]}""";
    private const string Last = """{"stage": 2, "searches": [{"search": 1, "points": [{"balancer.temperature": 0.5, "optimizer.lr": 0.005}]}]}""";

    [Fact]
    public async Task Proposals_are_asked_for_and_told_until_the_purses_are_used_up_and_then_the_choice_is_evaluated()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        var submitted = await api.SubmittedAsync(Study);

        var asked = await AskedAsync(api);
        Assert.Equal((1, 0, "residual_l2", submitted.Hash), (asked.Stage, asked.Unsettled, asked.By, asked.Hash));
        Assert.Equal(["static", "relobralo"], asked.Searches.Select(search => search.Name));
        Assert.Equal(["balancer.temperature: log 0.01 … 10", "optimizer.lr: log 0.0001 … 0.01"], asked.Searches[1].Space.Select(one => FormattableString.Invariant($"{one.Name}: {one.Scale} {one.Low} … {one.High}")));
        Assert.All(asked.Searches, search => Assert.Equal((3, 2, 1), (search.Purse, search.Left, search.History.Count)));
        Assert.All(asked.Searches, search => Assert.True(search.History[0] is { Stage: 0, Failed: 0, Score: > 0, Seconds: > 0 }));
        var model = await api.GetAsync<StudyModel>("api/studies/asked");
        Assert.True(model is { IsSettled: false, Stage: { Number: 0, IsLast: false, AwaitsProposals: true } });
        Assert.Equal("awaits proposals", PinnSweep.Commands.StudiesVerb.StateOf(model));

        using var words = new StringWriter();
        PinnSweep.Commands.StatusVerb.Print(model, new(words, words, OutIsLive: false, ErrorIsLive: false));
        Assert.Contains("\n  stage 0: generation 1 of the searches; waits for proposals from outside, POST /api/studies/asked/tell\n", words.ToString(), StringComparison.Ordinal);
        Assert.Matches("\n  search 1 +relobralo +1 of 3 proposed, 0 observed\n", words.ToString());
        var watching = api.Client.GetStringAsync(new Uri("api/studies/asked/watch", UriKind.Relative));

        Assert.Equal(new ToldModel(1, 3, 6, true), await ToldAsync(api, Two));
        Assert.Equal(new ToldModel(1, 3, 6, false), await ToldAsync(api, Two));
        var again = await AskedAsync(api);
        Assert.Equal((2, "0 1"), (again.Stage, string.Join(' ', again.Searches.Select(search => search.Left))));
        Assert.Equal([0, 1, 1], again.Searches[0].History.Select(proposal => proposal.Stage));
        Assert.Equal(0.003, again.Searches[0].History[2].Point["optimizer.lr"].GetDouble());
        Assert.Equal(new ToldModel(1, 3, 6, false), await ToldAsync(api, Two));

        await ToldAsync(api, Last);
        var settled = await api.UntilAsync("asked", study => study.IsSettled);
        Assert.True(settled.Stage is { Number: 3, IsLast: true, AwaitsProposals: false });
        Assert.Equal([(3, 3, 3), (3, 3, 3)], settled.Searches!.Select(search => (search.Proposals, search.Observed, search.Purse!.Value)));
        Assert.All(settled.Searches!, search => Assert.InRange(search.Chosen!.Value, 0, 2));
        var last = (await watching).Split("event: status").Last();
        Assert.Contains("\"stage\":{\"number\":3,", last, StringComparison.Ordinal);
        Assert.Contains("\"chosen\":", last, StringComparison.Ordinal);
        var end = await api.GetAsync<AskModel>("api/studies/asked/ask");
        Assert.False(end.IsAwaited);
        using var report = await api.Client.GetAsync(new Uri("api/studies/asked/report?format=md", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, report.StatusCode);
        // What was told stands in the store as every other decision does, and every trial of it in the pages of trials.
        var plan = api.Store.Studies.StagedPlanOf(submitted.Hash)!;
        Assert.Equal([StageKind.Generation, StageKind.Generation, StageKind.Generation, StageKind.Evaluation], plan.Stages.Select(stage => stage.Kind));
        var trials = await api.GetAsync<Page<TrialModel>>("api/studies/asked/trials?take=1000");
        Assert.Equal(plan.Trials.Select(trial => trial.Key.Hex), trials.Items.Select(trial => trial.Key));
        Assert.All(trials.Items, trial => Assert.Equal("accepted", trial.Phase));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_with_what_is_expected_and_changes_nothing()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(Study);
        await api.SubmittedAsync(TestApi.LongStudy);
        await AskedAsync(api);

        var bodies = new (string Body, HttpStatusCode Status, string Said)[]
        {
            ("", HttpStatusCode.BadRequest, "expected {\"stage\": N"),
            ("[]", HttpStatusCode.BadRequest, "expected {\"stage\": N"),
            ("null", HttpStatusCode.BadRequest, "expected {\"stage\": N"),
            ("{\"stage\": 1}", HttpStatusCode.BadRequest, "expected {\"stage\": N"),
            ("{\"stage\": 1, \"searches\": [null]}", HttpStatusCode.BadRequest, "expected {\"stage\": N"),
            ("{\"stage\": 1, \"searches\": [{\"search\": 0, \"points\": [null]}]}", HttpStatusCode.BadRequest, "expected {\"stage\": N"),
            ("{\"stage\": 1, \"searches\": [], \"serches\": 1}", HttpStatusCode.BadRequest, "serches"),
            ("{\"stage\": 1, \"searches\": [{\"search\": 0, \"points\": [{\"optimizer.lr\": 0.001, \"optimizer.lr\": 0.002}]}]}", HttpStatusCode.BadRequest, "optimizer.lr"),
            ("{\"stage\": 1, \"searches\": []}", HttpStatusCode.BadRequest, "no point is told"),
            ("{\"stage\": 1, \"searches\": [{\"search\": 7, \"points\": []}]}", HttpStatusCode.BadRequest, "search 7: the study has searches 0 to 1"),
            (Two.Replace("\"search\": 1", "\"search\": 0", StringComparison.Ordinal), HttpStatusCode.BadRequest, "search 0: stands twice"),
            (Two.Replace("optimizer.lr", "optimizer.rl", StringComparison.Ordinal), HttpStatusCode.BadRequest, "search 0, point 0: no dimension is called 'optimizer.rl'; nearest 'optimizer.lr'"),
            (Two.Replace("0.003", "3", StringComparison.Ordinal), HttpStatusCode.BadRequest, "search 0, point 1: optimizer.lr is '3'; expected 0.0001 … 0.01 (log)"),
            (Two.Replace("0.003", "0.001", StringComparison.Ordinal), HttpStatusCode.BadRequest, "search 0, point 1: is proposal 0 already"),
            (Two.Replace("{\"optimizer.lr\": 0.003}", "{\"optimizer.lr\": 0.003}, {\"optimizer.lr\": 0.004}", StringComparison.Ordinal), HttpStatusCode.BadRequest, "3 points are told and 2 of its purse of 3 are left"),
            (Two.Replace("\"stage\": 1", "\"stage\": 2", StringComparison.Ordinal), HttpStatusCode.Conflict, "stage 2 is not asked for; the next is 1"),
            (Two.Replace("\"stage\": 1", "\"stage\": 0", StringComparison.Ordinal), HttpStatusCode.Conflict, "stage 0 is decided otherwise already"),
            (Two.Replace("\"stage\": 1", "\"stage\": -1", StringComparison.Ordinal), HttpStatusCode.BadRequest, "stage -1: expected the number"),
        };
        foreach (var (body, status, said) in bodies)
        {
            using var refused = await TellAsync(api, body);
            var problem = await TestApi.ProblemOf(refused);
            Assert.True(problem.Status == status && problem.Detail.Contains(said, StringComparison.Ordinal), $"{body}: {problem}");
        }

        using var foreign = await TellAsync(api, Two, "long");
        Assert.Equal((HttpStatusCode.Conflict, "study long does not tune; only tune: {design: external} asks somebody outside"), await TestApi.ProblemOf(foreign));
        Assert.Equal(1, (await AskedAsync(api)).Stage);

        await ToldAsync(api, Two);
        using var otherwise = await TellAsync(api, Two.Replace("0.003", "0.004", StringComparison.Ordinal));
        var conflict = await TestApi.ProblemOf(otherwise);
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("stage 1 is decided otherwise already: generation 2 of the searches; search 0: {\"optimizer.lr\":0.002}, {\"optimizer.lr\":0.003}; search 1: ", conflict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_taken_before_the_stage_before_is_trained_and_why_tells_what_is_waited_for()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(Study);

        var asked = await api.GetAsync<AskModel>("api/studies/asked/ask");
        using var early = await TellAsync(api, Two);
        using var unknown = await api.Client.GetAsync(new Uri("api/trials/0123456789abcdef/why", UriKind.Relative));
        using var cancelled = await api.Client.PostAsync(new Uri("api/studies/asked/cancel", UriKind.Relative), null);
        using var late = await TellAsync(api, Two);

        Assert.Equal((false, 1, 4), (asked.IsAwaited, asked.Stage, asked.Unsettled));
        Assert.All(asked.Searches, search => Assert.Null(Assert.Single(search.History).Score));
        Assert.Equal((HttpStatusCode.Conflict, "stage 1 is not asked for yet: 4 trials before it have no result"), await TestApi.ProblemOf(early));
        Assert.EndsWith("; study asked waits for 4 trials of stage 0 (generation 1 of the searches) before stage 1 is decided", (await TestApi.ProblemOf(unknown)).Detail, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, "study asked is cancelled; submit it again first"), await TestApi.ProblemOf(late));
    }

    internal static Task<AskModel> AskedAsync(TestApi api) =>
        Testing.Waiting.UntilAsync(() => api.GetAsync<AskModel>("api/studies/asked/ask"), asked => asked.IsAwaited, Testing.Waiting.Patience);

    private static Task<HttpResponseMessage> TellAsync(TestApi api, string body, string study = "asked") =>
        api.Client.PostAsync(new Uri($"api/studies/{study}/tell", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

    private static async Task<ToldModel> ToldAsync(TestApi api, string body)
    {
        using var answer = await TellAsync(api, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<ToldModel>(ApiJson.Options))!;
    }
}
