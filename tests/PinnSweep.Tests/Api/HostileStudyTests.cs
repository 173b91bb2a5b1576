using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace PinnSweep.Tests.Api;

/// <summary>While hostile studies are submitted without pause, all others are served as if they were not.</summary>
[Collection("api")]
public sealed class HostileStudyTests(ITestOutputHelper output)
{
    private const string Other = """
        study: other
        seeds: 3
        factors: {problem: [helmholtz], balancer: [static, relobralo]}
        budget: {steps: 60}
        """;

    public static TheoryData<string> Kinds { get; } = ["nested squares", "nested sinh", "a large grid"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Requests_of_others_are_answered_while_a_hostile_study_is_refused(string kind) => RunAsync(kind, rounds: 12);

    /// <summary>The figure of the promise, on an idle machine.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Kinds))]
    public async Task Nineteen_of_twenty_requests_of_others_take_under_half_a_second(string kind) =>
        Assert.InRange(await RunAsync(kind, rounds: 100), TimeSpan.Zero, TimeSpan.FromSeconds(0.5));

    /// <summary>The time in which 95 % of the requests of others were answered.</summary>
    private async Task<TimeSpan> RunAsync(string kind, int rounds)
    {
        await using var api = await TestApi.StartAsync(slots: 1, change: options => options with { PlanningLimit = TimeSpan.FromSeconds(3) });
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", study => study.IsSettled);
        using var end = new CancellationTokenSource();
        var hostile = AttackAsync(api, Hostile(kind), end.Token);
        var times = new List<TimeSpan>();
        for (var round = 0; round < rounds; round++)
        {
            await TimedAsync(() => api.Client.GetAsync("api/studies/quick"));
            await TimedAsync(() => api.Client.GetAsync("api/studies/quick/trials"));
            await TimedAsync(() => api.Client.GetAsync("api/studies/quick/report"));
            await TimedAsync(() => api.SubmitAsync(Other, $"?set=seeds%3D{1 + round}"));
        }

        await end.CancelAsync();
        var answers = await hostile;
        var slow = times.Order().ElementAt((int)Math.Ceiling(times.Count * 0.95) - 1);
        output.WriteLine($"95 % of {times.Count} requests within {slow.TotalMilliseconds:0} ms, the slowest {times.Max().TotalMilliseconds:0} ms, beside {answers.Count} hostile ones: {string.Join(", ", answers.GroupBy(answer => answer).Select(answer => $"{answer.Key} × {answer.Count()}"))}");
        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.True(answer is HttpStatusCode.BadRequest or HttpStatusCode.ServiceUnavailable, answer.ToString()));
        return slow;

        async Task TimedAsync(Func<Task<HttpResponseMessage>> request)
        {
            var clock = Stopwatch.StartNew();
            using var answer = await request();
            times.Add(clock.Elapsed);
            Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static async Task<List<HttpStatusCode>> AttackAsync(TestApi api, string study, CancellationToken end)
    {
        using var client = api.ClientWith(null);
        var answers = new List<HttpStatusCode>();
        do
        {
            using var answer = await client.PostAsync("api/studies", new StringContent(study), CancellationToken.None);
            answers.Add(answer.StatusCode);
        }
        while (!end.IsCancellationRequested);

        return answers;
    }

    private static string Hostile(string kind) => kind switch
    {
        "nested squares" => Own($"{Nested("(", 40)}u{Nested("^2)", 40)} + 1e308*1e308"),
        "nested sinh" => Own($"u + {Nested("sinh(", 40)}x + 1{Nested(")", 40)}"),
        _ => $"study: large\nseeds: 1\nbudget: {{steps: 5}}\nfactors:\n  problem: [helmholtz]\n  balancer: [{Levels("relobralo", "temperature")}]\n  optimizer: [{Levels("adam", "lr")}]\n  network: [{{kind: mlp, hidden: [{string.Join(',', Enumerable.Repeat("9", 900))}]}}]\n",
    };

    private static string Nested(string part, int times) => string.Concat(Enumerable.Repeat(part, times));

    private static string Levels(string kind, string parameter) => string.Join(',', Enumerable.Range(1, 490).Select(i => $"{{kind: {kind}, {parameter}: {i}}}"));

    private static string Own(string equation)
    {
        var problem = $"problem: mine\ncoordinates: {{x: [-1, 1], t: [0, 1]}}\ntime: t\nequations: {{residual: \"u_t + {equation}\"}}\nconditions:\n  start: {{on: t-lower, expression: u}}\n";
        return $"# --file {JsonSerializer.Serialize((string[])["p.yaml", problem])}\nstudy: hostile\nbudget: {{steps: 5}}\nmetric: residual_l2\nfactors:\n  problem: [{{kind: file, path: p.yaml}}]\n";
    }
}
