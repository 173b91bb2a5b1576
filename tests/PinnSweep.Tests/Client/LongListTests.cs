using System.Globalization;
using Akka.Actor;
using PinnSweep.Api;
using PinnSweep.Commands;
using PinnSweep.Processes;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Tests.Api;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Tests.Client;

/// <summary>Lists longer than one answer of the coordinator: nothing is left out without a word, and the rest can be had.</summary>
[Collection("api")]
public sealed class LongListTests
{
    private const int Listed = 400;

    [Fact]
    public async Task Workers_beyond_the_first_page_are_counted_and_had_by_skipping()
    {
        await using var api = await TestApi.StartAsync();
        string[] names = [.. Enumerable.Range(1, Listed + 1).Select(number => string.Create(CultureInfo.InvariantCulture, $"w-{number:000}"))];
        using var silent = Inbox.Create(api.Node.System);
        foreach (var name in names)
        {
            api.Node.Coordinator.Tell(new RegisterWorker(new(name, "1"), new(1, 0), "0", []), silent.Receiver);
        }

        var first = await api.GetAsync<WorkersModel>("api/workers");
        var rest = await api.GetAsync<WorkersModel>($"api/workers?skip={Listed}");
        var told = await RunAsync(api, "workers");
        var toldRest = await RunAsync(api, "workers", "--skip", "400");
        var mistaken = await RunAsync(api, "drain", "w-4O1");

        Assert.Equal((names.Length, 0), (first.Total, first.Skip));
        Assert.Equal(names, first.Workers.Concat(rest.Workers).Select(worker => worker.Name));
        Assert.Contains("401 in all; --skip 400 shows the next", told.Error, StringComparison.Ordinal);
        Assert.Contains(names[^1], toldRest.Out, StringComparison.Ordinal);
        Assert.Equal("", toldRest.Error);
        Assert.Contains("'w-401'", mistaken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_trials_beyond_the_first_page_are_counted_and_shown_as_running()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.Study, "?set=seeds%3D450");
        using var silent = Inbox.Create(api.Node.System);
        WorkerIdentity worker = new("large", "1");
        api.Node.Coordinator.Tell(new RegisterWorker(worker, new(440, 0), "0", []), silent.Receiver);
        api.Node.Coordinator.Tell(new RequestWork(worker, new(440, 0)), silent.Receiver);

        var study = await api.UntilAsync("quick", study => study.RunningCount == 440);
        var told = await RunAsync(api, "status", "quick");
        var page = await api.GetAsync<Page<TrialModel>>("api/studies/quick/trials?take=1000");
        var tail = await api.GetAsync<Page<TrialModel>>("api/studies/quick/trials?skip=438");

        Assert.Equal(Listed, study.Running!.Count);
        Assert.EndsWith("  and 40 more\n", told.Out, StringComparison.Ordinal);
        Assert.Equal([.. Enumerable.Repeat("running", 440), .. Enumerable.Repeat("waiting", 10)], page.Items.Select(trial => trial.Phase));
        Assert.Equal([.. Enumerable.Repeat("running", 2), .. Enumerable.Repeat("waiting", 10)], tail.Items.Select(trial => trial.Phase));
    }

    private static async Task<(string Out, string Error)> RunAsync(TestApi api, params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var interrupts = new Interrupts();
        await RootVerb.RunAsync([.. words, "--url", api.Url.ToString()], new(output, error, false, false), interrupts);
        return (output.ToString(), error.ToString());
    }
}
