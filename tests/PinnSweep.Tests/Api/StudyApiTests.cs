using System.Net;
using System.Net.Http.Json;
using PinnSweep.Api;
using PinnSweep.Studies.Registration;

namespace PinnSweep.Tests.Api;

[Collection("api")]
public sealed class StudyApiTests
{
    [Fact]
    public async Task A_submitted_study_is_trained_listed_and_reported()
    {
        await using var api = await TestApi.StartAsync(slots: 2);

        using var first = await api.SubmitAsync(TestApi.Study, "?set=seeds%3D3&priority=4");
        Assert.True(first.IsSuccessStatusCode, await first.Content.ReadAsStringAsync());
        var submitted = (await first.Content.ReadFromJsonAsync<SubmittedModel>(ApiJson.Options))!;
        var settled = await api.UntilAsync("quick", study => study.IsSettled);
        using var again = await api.SubmitAsync(TestApi.Study, "?set=seeds%3D3");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal($"/api/studies/{submitted.Hash}", first.Headers.Location!.ToString());
        Assert.Equal(("quick", 1, 3, true), (submitted.Name, submitted.Cells, submitted.Trials, submitted.IsNew));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal((3, 3, 4), (settled.Planned, settled.Accepted, settled.Priority));
        var list = await api.GetAsync<Page<StudyModel>>("api/studies");
        Assert.Equal(["quick"], list.Items.Select(study => study.Name));
        foreach (var name in (string[])["quick", submitted.Hash, submitted.Hash[..8]])
        {
            Assert.Equal(submitted.Hash, (await api.GetAsync<StudyModel>($"api/studies/{name}")).Hash);
        }

        Assert.Equal(2, (await api.Client.GetStringAsync("api/studies/quick/watch")).Split("event: ").Length - 1);
        var trials = await api.GetAsync<Page<TrialModel>>("api/studies/quick/trials?skip=1&take=5");
        Assert.Equal((3, 1, 2), (trials.Total, trials.Skip, trials.Items.Count));
        Assert.All(trials.Items, trial => Assert.Equal(("accepted", 1, 50, "helmholtz"), (trial.Phase, trial.Attempt, trial.Step, trial.Labels["problem"])));
        var why = await api.GetAsync<WhyModel>($"api/trials/{trials.Items[0].Key[..12]}/why");
        Assert.Equal((trials.Items[0].Key, "accepted"), (why.Key, why.Phase));
        var detail = await api.GetAsync<TrialDetailModel>($"api/trials/{trials.Items[0].Key}");
        Assert.Contains("helmholtz", detail.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_with_more_steps_goes_on_and_is_told_to_whoever_submits_it_and_asks_why()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", study => study.IsSettled);

        using var answer = await api.SubmitAsync(TestApi.Study, "?set=budget.steps%3D100");
        var longer = (await answer.Content.ReadFromJsonAsync<SubmittedModel>(ApiJson.Options))!;
        var settled = await api.UntilAsync(longer.Hash, study => study.IsSettled);

        Assert.Equal(2, settled.Continued);
        Assert.Contains("2 trials of 2 go on from the end of the same with 50 steps", longer.Notices);
        var trials = await api.GetAsync<Page<TrialModel>>($"api/studies/{longer.Hash}/trials");
        foreach (var trial in trials.Items)
        {
            var detail = await api.GetAsync<TrialDetailModel>($"api/trials/{trial.Key}");
            Assert.Equal(100, detail.Result!.Steps);
            Assert.Contains(detail.Lines, line => line.StartsWith("it went on from the end of trial ", StringComparison.Ordinal) && line.EndsWith(" at step 50", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("md", "text/markdown", "quick")]
    [InlineData("tex", "application/x-tex", "quick")]
    [InlineData("json", "application/json", "quick")]
    [InlineData("csv", "text/csv", "problem")]
    [InlineData("tidy.csv", "text/csv", "optimizer.lr")]
    [InlineData("html", "text/html", "quick")]
    public async Task Report_in_a_format_is_made_from_the_store(string format, string type, string holds)
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", study => study.IsSettled);

        using var report = await api.Client.GetAsync($"api/studies/quick/report?format={format}");

        Assert.Equal(HttpStatusCode.OK, report.StatusCode);
        Assert.Equal(type, report.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", report.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("default-src 'none';", report.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", report.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(type == "text/html", report.Headers.GetValues("Content-Security-Policy").Single().Contains("style-src 'sha256-", StringComparison.Ordinal));
        Assert.Contains(holds, await report.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(api.Folder, "http")));
    }

    [Fact]
    public async Task A_report_tells_what_was_locked_and_what_deviates_from_it()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", study => study.IsSettled);
        var promise = StudyPromise.Of(api.Store.Studies.PlanOf(api.Store.Studies.Find("quick")!, Methods.Catalogs.PinnCatalog.Instance));
        var other = promise with { Plan = new string('a', 64), Rules = [.. promise.Rules.Select(rule => rule.Name == "seeds" ? rule with { Items = ["1 … 9"] } : rule)] };

        var before = await api.Client.GetStringAsync("api/studies/quick/report");
        api.Store.Locks.Add(new(other, DateTimeOffset.UnixEpoch, "1.0.0", 0));
        var after = await api.Client.GetStringAsync("api/studies/quick/report");

        Assert.DoesNotContain("another plan", before, StringComparison.Ordinal);
        Assert.Contains("another plan, aaaaaaaaaaaa, on 1970-01-01 00:00 UTC, before its first result", after, StringComparison.Ordinal);
        Assert.Contains("promised 1 … 9, now 1 … 2", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_pause_resume_and_cancel_a_study()
    {
        await using var api = await TestApi.StartAsync(slots: 1);
        await api.SubmittedAsync(TestApi.LongStudy);
        var running = await api.UntilAsync("long", study => study.RunningCount == 1 && study.Running![0].Step > 0);

        using var paused = await api.Client.PostAsync("api/studies/long/pause", null);
        await api.UntilAsync("long", study => study is { IsPaused: true, RunningCount: 0 });
        using var resumed = await api.Client.PostAsync("api/studies/long/resume", null);
        await api.UntilAsync("long", study => study is { IsPaused: false, RunningCount: 1 });
        using var cancelled = await api.Client.PostAsync("api/studies/long/cancel", null);
        var end = await api.UntilAsync("long", study => study is { IsCancelled: true, RunningCount: 0 });

        Assert.Equal(["balancer"], running.Varying);
        Assert.Equal("test", running.Running![0].Worker);
        Assert.All([paused, resumed, cancelled], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(4, end.Cancelled);
        var trials = await api.GetAsync<Page<TrialModel>>("api/studies/long/trials");
        Assert.All(trials.Items, trial => Assert.Equal("cancelled", trial.Phase));
    }

    [Fact]
    public async Task Watching_tells_states_as_they_change_and_the_end()
    {
        await using var api = await TestApi.StartAsync(slots: 1);
        await api.SubmittedAsync(TestApi.LongStudy);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/studies/long/watch") { Headers = { { "Last-Event-ID", "41" } } };

        using var response = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var events = new List<(string Kind, string? Id)>();
        var isCancelled = false;
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync())
        {
            events.Add((item.EventType, item.EventId));
            if (!isCancelled && item.EventType == WatchEndpoint.Status && item.Data.Contains("\"step\":", StringComparison.Ordinal))
            {
                isCancelled = true;
                using var cancelled = await api.Client.PostAsync("api/studies/long/cancel", null);
            }
        }

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal((WatchEndpoint.Status, "42"), events[0]);
        Assert.Equal(WatchEndpoint.End, events[^1].Kind);
        Assert.Equal(events.Select(item => long.Parse(item.Id!, System.Globalization.CultureInfo.InvariantCulture)).Order(), events.Select(item => long.Parse(item.Id!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Watching_where_nothing_changes_gives_signs_of_life()
    {
        await using var api = await TestApi.StartAsync(change: options => options with { HeartbeatEvery = TimeSpan.FromMilliseconds(20) });
        await api.SubmittedAsync(TestApi.Study);

        using var response = await api.Client.GetAsync("api/studies/quick/watch", HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync())
        {
            if (item.EventType == WatchEndpoint.Heartbeat)
            {
                return;
            }
        }

        Assert.Fail("the events ended without a heartbeat");
    }

    [Fact]
    public async Task Workers_are_listed_and_drained()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.LongStudy);
        await api.UntilAsync("long", study => study.RunningCount == 2);

        using var drained = await api.Client.PostAsync("api/workers/test/drain", null);
        await api.UntilAsync("long", study => study.RunningCount == 0);
        var workers = await api.GetAsync<WorkersModel>("api/workers");
        using var unknown = await api.Client.PostAsync("api/workers/tset/drain", null);

        Assert.Equal(HttpStatusCode.OK, drained.StatusCode);
        Assert.Equal(("test", true, 0), (workers.Workers[0].Name, workers.Workers[0].IsDraining, workers.Workers[0].Running));
        var (status, detail) = await TestApi.ProblemOf(unknown);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("nearest 'test'", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_with_mistakes_is_refused_with_every_line_and_stores_nothing()
    {
        await using var api = await TestApi.StartAsync();

        using var refused = await api.SubmitAsync("study: x\nfactors:\n  problem: [helmholz]\nbudget: {steps: 0}\n", "?file=mine.yaml");

        var (status, detail) = await TestApi.ProblemOf(refused);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("mine.yaml:3: ", detail, StringComparison.Ordinal);
        Assert.Contains("nearest 'helmholtz'", detail, StringComparison.Ordinal);
        Assert.Contains("mine.yaml:4: ", detail, StringComparison.Ordinal);
        Assert.Empty(api.Store.Studies.List());
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../secret.yaml")]
    [InlineData("problem.yaml")]
    public async Task A_file_that_did_not_come_with_the_study_is_refused(string path)
    {
        await using var api = await TestApi.StartAsync();
        File.WriteAllText(Path.Combine(api.Folder, "problem.yaml"), "problem: secret");

        using var refused = await api.SubmitAsync($"study: x\nfactors:\n  problem: [{{kind: file, path: {path}}}]\nbudget: {{steps: 5}}\n");

        var (status, detail) = await TestApi.ProblemOf(refused);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("only a study that is a file itself can name files", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_came_with_the_study_is_used()
    {
        await using var api = await TestApi.StartAsync();
        var problem = System.Text.Json.JsonSerializer.Serialize((string[])["mine.yaml", PinnSweep.Problems.ProblemFiles.ProblemFileExamples.Text("example")]);

        using var taken = await api.SubmitAsync($"# --file {problem}\nstudy: x\nmetric: residual_l2\nfactors:\n  problem: [{{kind: file, path: mine.yaml}}]\nbudget: {{steps: 5}}\n");

        Assert.True(taken.StatusCode == HttpStatusCode.Created, await taken.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("api/studies/..%2F..%2Fetc%2Fpasswd", HttpStatusCode.BadRequest)]
    [InlineData("api/studies/%2e%2e", HttpStatusCode.NotFound)]
    [InlineData("api/studies/nowhere", HttpStatusCode.NotFound)]
    [InlineData("api/studies/-", HttpStatusCode.BadRequest)]
    [InlineData("api/studies?take=0", HttpStatusCode.BadRequest)]
    [InlineData("api/studies?skip=-1", HttpStatusCode.BadRequest)]
    [InlineData("api/studies?skip=many", HttpStatusCode.BadRequest)]
    [InlineData("api/trials/xyz/why", HttpStatusCode.BadRequest)]
    [InlineData("api/trials/abcdef/why", HttpStatusCode.NotFound)]
    [InlineData("api/blobs/abc", HttpStatusCode.BadRequest)]
    [InlineData("api/studies/quick/report?format=exe", HttpStatusCode.BadRequest)]
    [InlineData("api/nothing", HttpStatusCode.NotFound)]
    public async Task A_bad_request_is_answered_with_a_problem(string path, HttpStatusCode expected)
    {
        await using var api = await TestApi.StartAsync();

        using var answer = await api.Client.GetAsync(path);

        Assert.Equal(expected, (await TestApi.ProblemOf(answer)).Status);
    }

    [Fact]
    public async Task The_document_describes_every_endpoint()
    {
        await using var api = await TestApi.StartAsync();

        var document = await api.Client.GetStringAsync("openapi.json");

        using var json = System.Text.Json.JsonDocument.Parse(document);
        var paths = json.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        Assert.Superset(
            new HashSet<string>(["/api/studies", "/api/studies/{id}", "/api/studies/{id}/trials", "/api/studies/{id}/watch", "/api/studies/{id}/pause", "/api/studies/{id}/retry", "/api/studies/{id}/report", "/api/studies/{id}/ask", "/api/studies/{id}/tell", "/api/studies/{id}/tags", "/api/studies/{id}/notes", "/api/studies/{id}/notes/{number}", "/api/studies/{id}/external", "/api/trials/{key}/why", "/api/workers", "/api/workers/{name}/drain", "/api/blobs/{sha256}", "/healthz/ready", "/api/version", "/api/workers/{name}", "/api/workers/{name}/undrain", "/api/studies/{id}/priority"]),
            paths.ToHashSet());
        Assert.DoesNotContain("PinnSweep.", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_says_what_requests_take_what_answers_hold_and_what_a_bad_one_is_told()
    {
        await using var api = await TestApi.StartAsync();

        using var document = System.Text.Json.JsonDocument.Parse(await api.Client.GetStringAsync("openapi.json"));

        var missing = new List<string>();
        foreach (var (path, method, operation) in from path in document.RootElement.GetProperty("paths").EnumerateObject() from method in path.Value.EnumerateObject() select (path.Name, method.Name, method.Value))
        {
            if (Text(operation, "summary").Length < 10)
            {
                missing.Add($"{method} {path}: a summary");
            }

            var parameters = operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().ToList() : [];
            missing.AddRange(parameters.Where(parameter => Text(parameter, "description").Length < 10).Select(parameter => $"{method} {path}: what {Text(parameter, "name")} means"));
            var responses = operation.GetProperty("responses").EnumerateObject().ToList();
            foreach (var response in responses.Where(response => response.Name.StartsWith('2')))
            {
                var hasContent = response.Value.TryGetProperty("content", out var content);
                if (method is "get" && !hasContent)
                {
                    missing.Add($"{method} {path}: what {response.Name} holds");
                }

                missing.AddRange((hasContent ? content.EnumerateObject() : []).Where(type => !IsDescribed(type)).Select(type => $"{method} {path}: a schema of {type.Name}"));
            }

            var takesSomething = parameters.Count > 0 || operation.TryGetProperty("requestBody", out _);
            if (takesSomething && !responses.Any(response => response.Name == "400" && response.Value.GetProperty("content").EnumerateObject().Any(type => Text(type.Value.GetProperty("example"), "detail").Length > 10)))
            {
                missing.Add($"{method} {path}: what a bad request is told");
            }
        }

        Assert.Equal([], missing);
        var trials = document.RootElement.GetProperty("paths").GetProperty("/api/studies/{id}/trials").GetProperty("get").GetProperty("parameters").EnumerateArray().ToDictionary(parameter => Text(parameter, "name"));
        Assert.Contains("quarantined", Text(trials["state"], "description"), StringComparison.Ordinal);
        Assert.Equal(["json", "csv"], trials["format"].GetProperty("schema").GetProperty("enum").EnumerateArray().Select(value => value.GetString()));

        static string Text(System.Text.Json.JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

        // JSON is told as an object or a list of objects; other types are what they are.
        static bool IsDescribed(System.Text.Json.JsonProperty type) => type.Value.TryGetProperty("schema", out var schema)
            && (type.Name != "application/json" || schema.TryGetProperty("$ref", out _) || schema.TryGetProperty("properties", out _) || schema.TryGetProperty("items", out _) || schema.TryGetProperty("format", out _));
    }

    [Fact]
    public async Task Without_a_coordinator_questions_are_answered_with_not_now()
    {
        await using var api = await TestApi.StartAsync(change: options => options with { AskTimeout = TimeSpan.FromSeconds(0.5) });
        await api.Node.System.Terminate();

        using var answer = await api.Client.GetAsync("api/studies");
        using var refused = await api.SubmitAsync(TestApi.LongStudy);
        using var live = await api.Client.GetAsync("healthz/live");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await TestApi.ProblemOf(answer)).Status);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await TestApi.ProblemOf(refused)).Status);
        Assert.Null(api.Store.Studies.Find("long"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, live.StatusCode);
    }
}
