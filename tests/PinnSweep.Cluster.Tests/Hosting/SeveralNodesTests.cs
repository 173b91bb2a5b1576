using System.Collections.Immutable;
using Akka.Cluster;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Testing;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Tests.Hosting;

[Collection("several nodes")]
public sealed class SeveralNodesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly string[] Seeds = ["coordinator", "w1", "w2"];

    private readonly TestCluster _cluster = new(output);

    public async ValueTask InitializeAsync()
    {
        await _cluster.StartAsync("coordinator", coordinates: true, slots: -1, Seeds);
        await _cluster.StartAsync("w1", coordinates: false, slots: 2, Seeds);
        await _cluster.StartAsync("w2", coordinates: false, slots: 2, Seeds);

        // A node that only the crashed one knew of would be a stranger to the others: they must have heard of each other before anything is
        // killed.
        foreach (var name in Seeds)
        {
            await UntilAllAreUpAsync(_cluster[name]);
        }
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Workers_on_other_nodes_train_a_study_and_what_a_lost_one_had_goes_on_elsewhere()
    {
        var plan = TestStudies.Plan("lost", 400, 8, TestStudies.Calm(pause: 5));
        await _cluster.SubmitAsync(plan);
        await _cluster.UntilAsync(plan, status => status.Running.Count(running => running is { Worker: "w2", Progress.Step: > 50 }) == 2);

        await _cluster.CrashAsync("w2");
        var end = await _cluster.UntilAsync(plan, status => status.IsSettled);

        Assert.Equal(8, end.Accepted);
        Assert.Equal(2, end.Faults);
        var results = _cluster.Store.Studies.LoadResults(plan).Results.Values;
        Assert.Equal(2, results.Count(result => result.Events["started-at"] > 0));
        Assert.All(results, result => Assert.Equal(400, result.Steps));
    }

    [Fact]
    public async Task A_crashed_coordinator_comes_back_to_the_same_cluster_and_running_trials_never_notice()
    {
        var plan = TestStudies.Plan("crash", 1000, 6, TestStudies.Calm(pause: 10));
        await _cluster.SubmitAsync(plan);
        await _cluster.UntilAsync(plan, status => status.RunningCount == 4);

        var back = await CrashAndRestartAsync();
        var end = await _cluster.UntilAsync(plan, status => status.IsSettled);

        Assert.Equal((6, 0), (end.Accepted, end.Faults));
        Assert.All(_cluster.AcceptedAttempts(), attempt => Assert.Equal(1, attempt));
        // Trials do not wait for gossip, so a short study on a busy machine may end before everybody is up.
        await UntilAllAreUpAsync(back);
        Assert.All(["w1", "w2"], name => Assert.False(_cluster[name].Ended.IsCompleted));
    }

    [Fact]
    public async Task A_drained_worker_gives_back_what_it_trains_and_ends_and_why_tells_what_trials_wait_for()
    {
        var plan = TestStudies.Plan("drain", 600, 6, TestStudies.Calm(pause: 10));
        await _cluster.SubmitAsync(plan);
        await _cluster.UntilAsync(plan, status => status.RunningCount == 4);
        var waiting = plan.Trials[5].Key;
        Assert.Contains("it waits for a free slot", (await _cluster.AskAsync<TrialAnswer>(new WhyTrial(waiting.Hex[..12]))).Lines[0], StringComparison.Ordinal);
        Assert.Equal(["w1", "w2"], (await _cluster.AskAsync<WorkerList>(new ListWorkers())).Workers.Select(worker => worker.Name));

        Assert.True((await _cluster.AskAsync<WorkerAnswer>(new DrainWorker("w2"))).IsKnown);
        Assert.Equal(NodeEnd.Drained, await _cluster["w2"].Ended.WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken));
        var status = await _cluster.UntilAsync(plan, status => status.Running.All(running => running.Worker == "w1"));

        Assert.Equal(0, status.Faults);
        Assert.False((await _cluster.AskAsync<WorkerAnswer>(new DrainWorker("w3"))).IsKnown);
        Assert.True((await _cluster.AskAsync<WorkerList>(new ListWorkers())).Workers.Single(worker => worker.Name == "w2").IsDraining);
    }

    [Fact]
    public async Task A_worker_that_rests_stays_takes_nothing_over_a_failover_too_and_works_again_when_it_is_told()
    {
        var plan = TestStudies.Plan("rest", 2000, 6, TestStudies.Calm(pause: 10));
        await _cluster.SubmitAsync(plan);
        await _cluster.UntilAsync(plan, status => status.RunningCount == 4);

        Assert.Null((await _cluster.AskAsync<WorkerAnswer>(new RestWorker("w2"))).Refusal);
        await _cluster.UntilAsync(plan, status => status.RunningCount == 2 && status.Running.All(running => running.Worker == "w1"));
        await CrashAndRestartAsync();
        var rested = await Waiting.UntilAsync(WorkersAsync, workers => workers.Length == 2, Waiting.Patience);
        Assert.Equal([WorkerMode.Working, WorkerMode.Resting], rested.Select(worker => worker.Mode));
        Assert.Equal([false, true], rested.Select(worker => worker.IsDraining));
        Assert.False(_cluster["w2"].Ended.IsCompleted);

        Assert.Null((await _cluster.AskAsync<WorkerAnswer>(new WakeWorker("w2"))).Refusal);
        var status = await _cluster.UntilAsync(plan, status => status.Running.Count(running => running.Worker == "w2") == 2);

        Assert.Equal(0, status.Faults);
        Assert.Contains(await WorkersAsync(), worker => worker is { Name: "w2", Mode: WorkerMode.Working, IsDraining: false });
        Assert.Contains(await WorkersAsync(), worker => worker is { Name: "w2", Machine.Cores: > 0, Pulse.UptimeSeconds: > 0 });
    }

    [Fact]
    public async Task A_paused_study_gives_its_slots_to_others_and_goes_on_from_its_checkpoints()
    {
        var slow = TestStudies.Plan("slow", 500, 4, TestStudies.Calm(pause: 5));
        var other = TestStudies.Plan("other", 20, 4, TestStudies.Calm(pause: 1));
        await _cluster.SubmitAsync(slow, new(1));
        await _cluster.UntilAsync(slow, status => status.Running.Count(running => running.Progress.Step > 50) == 4);

        Assert.True((await _cluster.AskAsync<StudyAnswer>(new PauseRequest(slow.Hash))).IsKnown);
        var paused = await _cluster.UntilAsync(slow, status => status.RunningCount == 0);
        Assert.True(paused is { IsPaused: true, Waiting: 4, Faults: 0 });
        await _cluster.SubmitAsync(other);
        await _cluster.UntilAsync(other, status => status.IsSettled);
        Assert.Equal(["other", "slow"], (await _cluster.AskAsync<StudyList>(new ListStudies(0, 10))).Studies.Select(study => study.Name));

        await _cluster.AskAsync<StudyAnswer>(new ResumeRequest(slow.Hash));
        await _cluster.UntilAsync(slow, status => status.IsSettled);

        Assert.All(_cluster.Store.Studies.LoadResults(slow).Results.Values, result => Assert.True(result.Events["started-at"] > 50));
    }

    private async Task<ImmutableArray<WorkerSummary>> WorkersAsync() => (await _cluster.AskAsync<WorkerList>(new ListWorkers())).Workers;

    private async Task<ClusterNode> CrashAndRestartAsync()
    {
        var address = _cluster["coordinator"].Address;
        await _cluster.CrashAsync("coordinator");
        // Its absence has been noticed before it is back.
        foreach (var name in (string[])["w1", "w2"])
        {
            await Waiting.UntilAsync(
                () => Akka.Cluster.Cluster.Get(_cluster[name].System).State.Unreachable,
                unreachable => unreachable.Any(member => member.Address == address),
                Waiting.Patience,
                unreachable => $"{name} misses {string.Join(", ", unreachable)}");
        }

        return await _cluster.StartAsync("coordinator", coordinates: true, slots: -1, Seeds);
    }

    private static async Task UntilAllAreUpAsync(ClusterNode node)
    {
        var cluster = Akka.Cluster.Cluster.Get(node.System);
        await Waiting.UntilAsync(
            () => cluster.State.Members,
            members => members.Count == 3 && members.All(member => member.Status == MemberStatus.Up),
            Waiting.Patience,
            members => string.Join(", ", members));
    }
}
