using PinnSweep.Commands;
using PinnSweep.Processes;
using PinnSweep.Testing;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Client;

/// <summary>The verbs that talk to a node, from their words to their exit codes.</summary>
[Collection("api")]
public sealed class ClientVerbTests
{
    [Fact]
    public async Task Submit_watch_status_report_go_through_a_node()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true, slots: 2);
        var study = Path.Combine(api.Folder, "quick.yaml");
        await File.WriteAllTextAsync(study, TestApi.Study);

        var submitted = await RunAsync(api, "submit", study, "--set", "seeds=3", "--priority", "2", "--max-running", "1");
        var watched = await RunAsync(api, "watch", "quick");
        var status = await RunAsync(api, "status", "quick");
        var studies = await RunAsync(api, "studies");
        var workers = await RunAsync(api, "workers", "--json");
        var report = await RunAsync(api, "report", "quick", "--format", "csv", "--out", Path.Combine(api.Folder, "report"));

        Assert.Contains("submitted, 3 trials of 1 cells", submitted.Out, StringComparison.Ordinal);
        Assert.Equal(0, watched.Code);
        Assert.Contains("3/3 trials", watched.Error, StringComparison.Ordinal);
        Assert.Contains("priority 2, at most 1 at a time", status.Out, StringComparison.Ordinal);
        Assert.Matches("quick +[0-9a-f]{8} +settled +3/3", studies.Out);
        Assert.Contains("\"name\": \"test\"", workers.Out, StringComparison.Ordinal);
        Assert.Equal(0, report.Code);
        Assert.Contains("trials.csv", Directory.GetFiles(Path.Combine(api.Folder, "report")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Orders_to_workers_and_priorities_go_through_a_node()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true, slots: 1);
        await api.SubmittedAsync(TestApi.LongStudy, "?maxRunning=1");
        await api.UntilAsync("long", study => study.RunningCount == 1);

        var one = await RunAsync(api, "workers", "test");
        var rests = await RunAsync(api, "drain", "test", "--keep");
        var listed = await RunAsync(api, "workers");
        var works = await RunAsync(api, "undrain", "test");
        var priority = await RunAsync(api, "priority", "long", "3");
        var behind = await RunAsync(api, "priority", "long", "-2", "--max-running", "0", "--device", "cpu");

        Assert.StartsWith("test: working, heard ", one.Out, StringComparison.Ordinal);
        Assert.Contains("  machine  ", one.Out, StringComparison.Ordinal);
        Assert.Contains("  long  ", one.Out, StringComparison.Ordinal);
        Assert.Equal("test rests; `pinnsweep undrain test` has it work again\n", rests.Out);
        Assert.Matches("test +resting +", listed.Out);
        Assert.Equal("test was told to take work again\n", works.Out);
        Assert.Equal("long has priority 3, at most 1 at a time, on any slots\n", priority.Out);
        Assert.True(behind.Out == "long has priority -2, as many at a time as there are slots, on cpu slots\n", behind.Error);
    }

    [Fact]
    public async Task A_worker_that_pauses_says_why_wherever_one_looks()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true, slots: 2, diskFloor: long.MaxValue);
        await api.SubmittedAsync(TestApi.Study);
        await Waiting.UntilAsync(() => api.GetAsync<PinnSweep.Api.WorkersModel>("api/workers"), seen => seen.Workers is [{ Paused: not null }], Waiting.Patience);
        var trial = (await api.GetAsync<PinnSweep.Api.Page<PinnSweep.Api.TrialModel>>("api/studies/quick/trials")).Items[0];

        var workers = await RunAsync(api, "workers");
        var why = await RunAsync(api, "why", trial.Key[..12]);
        var ready = await api.Client.GetStringAsync(new Uri("healthz/ready", UriKind.Relative));

        Assert.Matches("test +paused", workers.Out);
        Assert.Contains("test pauses and goes on by itself when this is over: ", workers.Out, StringComparison.Ordinal);
        Assert.Contains("free in the work folder", workers.Out, StringComparison.Ordinal);
        Assert.Contains("test pauses (", why.Out, StringComparison.Ordinal);
        Assert.StartsWith("ready, and pauses: ", ready, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_file_beside_the_study_travels_with_it()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        var study = Path.Combine(api.Folder, "own.yaml");
        await File.WriteAllTextAsync(Path.Combine(api.Folder, "mine.yaml"), PinnSweep.Problems.ProblemFiles.ProblemFileExamples.Text("example"));
        await File.WriteAllTextAsync(study, "study: own\nmetric: residual_l2\nseeds: 1\nfactors:\n  problem: [{kind: file, path: mine.yaml}]\nbudget: {steps: 5}\n");

        var submitted = await RunAsync(api, "submit", study);

        Assert.True(submitted.Code == 0, submitted.Error);
        Assert.Single((await api.GetAsync<PinnSweep.Api.Page<PinnSweep.Api.TrialModel>>("api/studies/own/trials")).Items);
    }

    [Theory]
    [InlineData("status qick", "nearest 'quick'")]
    [InlineData("pause nowhere", "study 'nowhere' is unknown")]
    [InlineData("drain nobody", "is not registered; none is")]
    [InlineData("undrain nobody", "is not registered; none is")]
    [InlineData("workers nobody", "is not registered; none is")]
    [InlineData("priority quick 1 --device gpuu", "nearest 'gpu'")]
    [InlineData("priority quikc 1", "nearest 'quick'")]
    [InlineData("why 00000000", "no trial's key begins with 00000000")]
    [InlineData("retry quick", "expected --failed")]
    [InlineData("status ..", "'..' is no name")]
    [InlineData("report quick --verify x", "--verify: needs the store itself")]
    public async Task A_mistake_is_told_with_exit_code_1(string words, string said)
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        await api.SubmittedAsync(TestApi.Study);

        var run = await RunAsync(api, words.Split(' '));

        Assert.Equal(ExitCode.UserMistake, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_and_a_wrong_token_say_what_to_mend()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);

        var nobody = await RunWordsAsync("studies", "--url", "http://127.0.0.1:1");
        var wrong = await RunWordsAsync("studies", "--url", api.Url.ToString(), "--token", "wrong-token-0123456789");

        Assert.Equal((ExitCode.UserMistake, ExitCode.UserMistake), (nobody.Code, wrong.Code));
        Assert.Contains("pinnsweep node", nobody.Error, StringComparison.Ordinal);
        Assert.Contains("the token is not one of this node's", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watching_begun_between_two_coordinators_waits_for_the_next()
    {
        using var node = new BetweenCoordinators(refusals: 2);

        var watched = await RunWordsAsync("watch", "quick", "--url", node.Url);

        Assert.Equal(0, watched.Code);
        Assert.Equal(1, watched.Error.Split($"{BetweenCoordinators.Words}; trying again").Length - 1);
        Assert.Contains("3 of 3 trials have a result", watched.Error, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Out, string Error)> RunAsync(TestApi api, params string[] words) =>
        RunWordsAsync([.. words, "--url", api.Url.ToString(), "--token", TestApi.OperateToken]);

    private static async Task<(int Code, string Out, string Error)> RunWordsAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var interrupts = new Interrupts();
        var code = await RootVerb.RunAsync(words, new(output, error, false, false), interrupts);
        return (code, output.ToString(), error.ToString());
    }
}
