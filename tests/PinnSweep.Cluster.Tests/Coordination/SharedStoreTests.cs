using PinnSweep.Cluster.Tests.Hosting;
using PinnSweep.Testing;
using PinnSweep.Testing.Postgres;

namespace PinnSweep.Cluster.Tests.Coordination;

/// <summary>Two clusters that know nothing of each other on one PostgreSQL store: the worst that a split can lead to.</summary>
[Collection("several nodes")]
public sealed class SharedStoreTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestCluster _one = new(output) { Place = PostgresServer.Shared.CreateDatabase(), Profile = Quick };
    private TestCluster _other = null!;

    private static string Quick => TestCluster.QuickLab + "\npinnsweep.lease { heartbeat-timeout = 2s, heartbeat-interval = 400ms }";

    public async ValueTask InitializeAsync()
    {
        _other = new(output) { Place = _one.Place, Profile = Quick };
        await _one.StartAsync("a", coordinates: true, slots: 1);
        await UntilHeldBy(_one, "a");
        await UntilEpochAsync(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Only_one_coordinates_and_the_other_goes_on_when_it_leaves()
    {
        var plan = TestStudies.Plan("handed-over", 100, 4, TestStudies.Calm(pause: 5));
        await _one.SubmitAsync(plan);
        await _other.StartAsync("b", coordinates: true, slots: 1);
        await _one.UntilAsync(plan, status => status.Accepted >= 1);
        Assert.Equal(1, Epochs());

        await _one.StopAsync("a");
        await UntilHeldBy(_other, "b");
        var end = await _other.UntilAsync(plan, status => status.IsSettled);

        Assert.Equal((4, 0), (end.Accepted, end.Faults));
        // A node that was kept from the machine for long may lose the lease once more before it coordinates.
        Assert.InRange(Epochs(), 2, 3);
    }

    [Fact]
    public async Task One_that_crashes_is_followed_when_its_lease_has_run_out()
    {
        await _other.StartAsync("b", coordinates: true, slots: 1);

        await _one.CrashAsync("a");
        await UntilHeldBy(_other, "b");

        await UntilEpochAsync(2);
    }

    [Fact]
    public async Task One_whose_lease_was_taken_stops_and_takes_it_again_when_the_thief_is_gone()
    {
        var plan = TestStudies.Plan("robbed", 40, 4, TestStudies.Calm(pause: 5));
        await _one.SubmitAsync(plan);

        _other.Store.Connections.Query(
            "update coordinator_lease set holder = 'thief', token = token + 1, expires_at = clock_timestamp() + interval '1500 milliseconds'", _ => 0);
        await UntilHeldBy(_one, "a");
        var end = await _one.UntilAsync(plan, status => status.IsSettled);

        Assert.Equal(4, end.Accepted);
        await UntilEpochAsync(2);
    }

    /// <summary>
    /// Or a later one: a coordinator that was robbed may begin once more before it is told, and its tables refuse what it decides.
    /// </summary>
    private Task UntilEpochAsync(long epoch) => Waiting.UntilAsync(() => Epochs() >= epoch, Waiting.Patience, () => $"{Epochs()} epochs");

    private static Task UntilHeldBy(TestCluster cluster, string name)
    {
        var lease = cluster.Store.Lease!;
        var owner = $":{cluster[name].Address.Port} on ";
        return Waiting.UntilAsync(
            () => lease.Holder()?.Name.Contains(owner, StringComparison.Ordinal) ?? false, TimeSpan.FromSeconds(60), () => $"held by {lease.Holder()?.Name ?? "nobody"}, not {owner}");
    }

    private long Epochs() => _one.Store.Connections.Query("select count(*) from journal where manifest like 'epoch-began%'", row => row.GetInt64(0)).Single();
}
