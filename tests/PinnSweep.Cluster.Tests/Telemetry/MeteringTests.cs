using System.Text.RegularExpressions;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Cluster.Tests.Hosting;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Telemetry;

/// <summary>What is counted is what is in the store, with trials that fail, workers that vanish and coordinators that die.</summary>
[Collection("telemetry")]
public sealed partial class MeteringTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly string[] Seeds = ["coordinator", "w1", "w2"];

    private readonly TestCluster _cluster = new(output);
    private readonly ReadMetrics _metrics = new();

    public async ValueTask InitializeAsync()
    {
        await _cluster.StartAsync("coordinator", coordinates: true, slots: -1, Seeds);
        await _cluster.StartAsync("w1", coordinates: false, slots: 2, Seeds);
        await _cluster.StartAsync("w2", coordinates: false, slots: 1, Seeds);
        await _cluster.UntilWorkersAreAsync("w1", "w2");
    }

    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Counters_and_gauges_equal_the_counts_of_the_store()
    {
        var plan = TestStudies.Plan(
            "measured", 40, 3, TestStudies.Calm(pause: 2), TestStudies.Scripted("exit", at: 20), TestStudies.Scripted("fail", at: 10, times: 1), TestStudies.Scripted("abort", at: 30, times: 2));
        await _cluster.SubmitAsync(plan);

        var end = await _cluster.UntilAsync(plan, status => status.IsSettled);

        Assert.Equal((9, 3), (end.Accepted, end.Quarantined));
        await UntilGaugesEqualTheStoreAsync();
        Assert.Equal(9, _metrics.Sum("pinnsweep.trials.accepted", "study=measured"));
        Assert.Equal(3, _metrics.Sum("pinnsweep.trials.quarantined", "study=measured"));
        Assert.Equal(FaultsInStore(), FaultsCounted());
        Assert.Equal(3, FaultsCounted()["error"]);
        Assert.Equal(
            _metrics.Sum("pinnsweep.attempts.granted"),
            _metrics.Sum("pinnsweep.trials.accepted") + _metrics.Sum("pinnsweep.attempts.faulted") + _metrics.Sum("pinnsweep.attempts.released"));
        Assert.Equal(_cluster.Store.Connections.Query("select sum(bytes) from blobs where sha256 in (select blob from results)", row => row.GetInt64(0)).Single(), ResultBytes());
        Assert.Equal(
            ["device=cpu state=ready 3", "device=gpu state=ready 0"],
            _metrics.Gauge("pinnsweep.slots.registered").Where(slots => slots.Key.EndsWith("ready", StringComparison.Ordinal)).Select(slots => $"{slots.Key} {slots.Value}"));
        Assert.Equal(["worker=w1", "worker=w2"], _metrics.Gauge("pinnsweep.slots.leased").Keys);
    }

    [Fact]
    public async Task After_kills_of_a_worker_and_of_the_coordinator_gauges_equal_the_store_and_none_is_of_before()
    {
        var plan = TestStudies.Plan("killed", 150, 6, TestStudies.Calm(pause: 5), TestStudies.Scripted("exit", at: 20));
        await _cluster.SubmitAsync(plan);
        await _cluster.UntilAsync(plan, status => status is { Accepted: > 0, Running.IsEmpty: false });
        await _cluster.CrashAsync("w2");
        await _cluster.UntilAsync(plan, status => status.Accepted > 1);

        await _cluster.CrashAsync("coordinator");
        Assert.DoesNotContain(_metrics.Look(), measured => measured.Name is "pinnsweep.trials.known" or "pinnsweep.queue.trials" or "pinnsweep.store.results");

        await _cluster.StartAsync("coordinator", coordinates: true, slots: -1, Seeds);
        await _cluster.StartAsync("w2", coordinates: false, slots: 1, Seeds);
        var end = await _cluster.UntilAsync(plan, status => status.IsSettled);
        Assert.Equal((6, 6), (end.Accepted, end.Quarantined));
        await UntilGaugesEqualTheStoreAsync();
        Assert.Equal(2, _metrics.Gauge("pinnsweep.coordinator.epoch").Single().Value);
        Assert.InRange(_metrics.Sum("pinnsweep.trials.accepted"), 1, 6);
    }

    [Fact]
    public async Task Every_measurement_has_exactly_the_labels_that_its_instrument_is_described_with()
    {
        var plan = TestStudies.Plan("described", 60, 2, TestStudies.Calm(pause: 5), TestStudies.Scripted("exit", at: 40));
        await _cluster.SubmitAsync(plan);
        await _cluster.UntilAsync(plan, status => !status.Running.IsEmpty);
        var during = await Waiting.UntilAsync(_metrics.Look, seen => seen.Any(measured => measured.Name == "pinnsweep.training.rate"), Waiting.Patience);
        await _cluster.UntilAsync(plan, status => status.IsSettled);

        var described = Metering.All.ToDictionary(instrument => instrument.Name);
        var measured = _metrics.Counted.Concat(during).Concat(_metrics.Look()).ToArray();

        Assert.All(measured, one => Assert.Equal(described[one.Name].Labels.Order(StringComparer.Ordinal), one.Labels.Select(label => label.Split('=')[0])));
        Assert.True(measured.DistinctBy(one => one.Name).Count() > 20);
        Assert.All(described.Values, instrument => Assert.Matches(Name(), instrument.Name));
        Assert.All(described.Values, instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));
        // A name that is the beginning of another would be a word and a folder at once.
        Assert.DoesNotContain(described.Keys, name => described.Keys.Any(other => other.StartsWith($"{name}.", StringComparison.Ordinal)));
    }

    private async Task UntilGaugesEqualTheStoreAsync()
    {
        var counts = _cluster.Store.Decisions.Counts();
        // The coordinator shows itself twice a second.
        await Waiting.UntilAsync(
            () => _metrics.Gauge("pinnsweep.trials.known"),
            trials => trials.GetValueOrDefault("state=accepted") == counts.Results && trials.GetValueOrDefault("state=quarantined") == counts.Quarantined && trials["state=running"] == 0,
            Waiting.Patience,
            trials => $"{string.Join(", ", trials)} where the store has {counts}");
        Assert.Equal(counts.Results, (await Waiting.UntilAsync(() => _metrics.Gauge("pinnsweep.store.results"), results => results[""] == counts.Results, Waiting.Patience))[""]);
        Assert.Equal(counts.Quarantined, _metrics.Gauge("pinnsweep.store.quarantined")[""]);
        Assert.Equal(FaultsInStore().ToDictionary(fault => $"fault={fault.Key}", fault => fault.Value), _metrics.Gauge("pinnsweep.store.faults"));
    }

    private SortedDictionary<string, double> FaultsInStore() => new(
        _cluster.Store.Connections.Query("select kind, count(*) from faults group by kind", row => (row.GetString(0), row.GetInt64(1))).ToDictionary(row => row.Item1, row => (double)row.Item2),
        StringComparer.Ordinal);

    private SortedDictionary<string, double> FaultsCounted() => new(
        _metrics.Counted.Where(measured => measured.Name == "pinnsweep.attempts.faulted")
            .GroupBy(measured => measured.Labels[0].Split('=')[1], measured => measured.Value)
            .ToDictionary(kind => kind.Key, kind => kind.Sum()),
        StringComparer.Ordinal);

    /// <summary>Checkpoints are gone once results are there, and of each result one copy is stored.</summary>
    private double ResultBytes() => _metrics.Sum("pinnsweep.worker.blob.io", "direction=store") - _metrics.Sum("pinnsweep.checkpoint.size");

    [GeneratedRegex(@"^pinnsweep(\.[a-z]+(_[a-z]+)*)+$")]
    private static partial Regex Name();
}
