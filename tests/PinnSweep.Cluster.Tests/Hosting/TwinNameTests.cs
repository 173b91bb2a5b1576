using System.Diagnostics;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Testing;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Tests.Hosting;

/// <summary>Two nodes whose workers have one name, as cloned machines have.</summary>
public sealed class TwinNameTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly string[] Seeds = ["coordinator", "w", "twin"];

    private readonly TestCluster _cluster = new(output) { Worker = (_, settings) => settings with { Name = "one-name" } };

    public async ValueTask InitializeAsync()
    {
        await _cluster.StartAsync("coordinator", coordinates: true, slots: -1, Seeds);
        await _cluster.StartAsync("w", coordinates: false, slots: 2, Seeds);
        await UntilAsync(_cluster["w"], node => node.IsReady);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_second_is_refused_with_the_reason_and_the_first_never_notices(bool isBusy)
    {
        var plan = TestStudies.Plan("twins", isBusy ? 1500 : 20, 4, TestStudies.Calm(pause: 5));
        if (isBusy)
        {
            await _cluster.SubmitAsync(plan);
            await _cluster.UntilAsync(plan, status => status.RunningCount == 2);
        }

        var twin = await _cluster.StartAsync("twin", coordinates: false, slots: 2, Seeds);
        Assert.Equal(NodeEnd.NameTaken, await twin.Ended.WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken));
        output.WriteLine(twin.EndReason!);
        Assert.Contains($":{_cluster["w"].Address.Port}", twin.EndReason!, StringComparison.Ordinal);
        Assert.Contains("--name", twin.EndReason!, StringComparison.Ordinal);
        if (!isBusy)
        {
            await _cluster.SubmitAsync(plan);
        }

        var end = await _cluster.UntilAsync(plan, status => status.IsSettled);
        Assert.Equal((4, 0, 0), (end.Accepted, end.Quarantined, end.Faults));
        Assert.All(_cluster.AcceptedAttempts(), attempt => Assert.Equal(1, attempt));
        Assert.False(_cluster["w"].Ended.IsCompleted);
    }

    [Fact]
    public async Task After_the_coordinator_comes_anew_the_one_that_trains_keeps_its_name()
    {
        var plan = TestStudies.Plan("failover", 1500, 4, TestStudies.Calm(pause: 5));
        await _cluster.SubmitAsync(plan);
        await _cluster.UntilAsync(plan, status => status.RunningCount == 2);

        await _cluster.CrashAsync("coordinator");
        var twin = await _cluster.StartAsync("twin", coordinates: false, slots: 2, Seeds);
        await _cluster.StartAsync("coordinator", coordinates: true, slots: -1, Seeds);

        Assert.Equal(NodeEnd.NameTaken, await twin.Ended.WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken));
        var end = await _cluster.UntilAsync(plan, status => status.IsSettled);
        Assert.Equal((4, 0, 0), (end.Accepted, end.Quarantined, end.Faults));
    }

    [Fact]
    public async Task A_worker_started_again_on_its_own_address_has_its_name_at_once()
    {
        await _cluster.CrashAsync("w");
        var clock = Stopwatch.StartNew();
        var again = await _cluster.StartAsync("w", coordinates: false, slots: 2, Seeds);

        await UntilAsync(again, node => node.IsReady);

        output.WriteLine($"registered after {clock.Elapsed.TotalSeconds:F1} s");
        Assert.False(again.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_worker_started_again_elsewhere_waits_for_the_silence_of_the_lost_one()
    {
        var cluster = Akka.Cluster.Cluster.Get(_cluster["coordinator"].System);
        await Waiting.UntilAsync(() => cluster.State.Members.Count(member => member.Status == Akka.Cluster.MemberStatus.Up) == 2, Waiting.Patience, () => $"{cluster.State}");
        await _cluster.CrashAsync("w");
        var again = await _cluster.StartAsync("twin", coordinates: false, slots: 2, Seeds);

        await UntilAsync(again, node => node.IsReady);

        Assert.EndsWith($":{again.Address.Port}", (await _cluster.AskAsync<WorkerList>(new ListWorkers())).Workers.Single().Address, StringComparison.Ordinal);
    }

    private static Task UntilAsync(ClusterNode node, Func<ClusterNode, bool> condition) =>
        Waiting.UntilAsync(() => condition(node), Waiting.Patience, () => $"ready: {node.IsReady}, ended: {node.Ended.IsCompleted}, {node.EndReason}");
}
