using System.Diagnostics;
using PinnSweep.Testing;
using PinnSweep.Testing.Postgres;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Hosting;

/// <summary>Three coordinators with the shipped settings on PostgreSQL, of which the one that coordinates crashes.</summary>
[Collection("troubled nodes")]
public sealed class ThreeCoordinatorsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly string[] Seeds = ["c1", "c2", "c3"];

    private readonly TestCluster _cluster = new(output)
    {
        Place = PostgresServer.Shared.CreateDatabase(),
        Profile = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "cluster-config", "ha.conf")),
    };

    public async ValueTask InitializeAsync()
    {
        // The worker comes first, as the first node is the one that is asked.
        await _cluster.StartAsync("w", coordinates: false, slots: 2, Seeds);
        foreach (var name in Seeds)
        {
            await _cluster.StartAsync(name, coordinates: true, slots: -1, Seeds);
        }
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task When_the_one_that_coordinates_crashes_another_goes_on_and_running_trials_never_notice()
    {
        var plan = TestStudies.Plan("failover", 1200, 3, TestStudies.Calm(pause: 10));
        await _cluster.SubmitAsync(plan);
        await _cluster.UntilAsync(plan, status => status.RunningCount == 2);
        var first = _cluster.Store.Lease!.Holder()!;
        var coordinator = Seeds.Single(name => first.Name.Contains($":{_cluster[name].Address.Port} on ", StringComparison.Ordinal));

        await _cluster.CrashAsync(coordinator);
        var clock = Stopwatch.StartNew();
        await Waiting.UntilAsync(() => Epochs() == 2, Waiting.Patience, () => $"{Epochs()} epochs, held by {_cluster.Store.Lease.Holder()}");
        output.WriteLine($"the next epoch began after {clock.Elapsed.TotalSeconds:F1} s");
        var end = await _cluster.UntilAsync(plan, status => status.IsSettled);

        Assert.Equal((3, 0), (end.Accepted, end.Faults));
        Assert.All(_cluster.AcceptedAttempts(), attempt => Assert.Equal(1, attempt));
        Assert.True(_cluster.Store.Lease.Holder()!.Token > first.Token);
    }

    private long Epochs() => _cluster.Store.Connections.Query("select count(*) from journal where manifest like 'epoch-began%'", row => row.GetInt64(0)).Single();
}
