using PinnSweep.Cluster.Coordination;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Coordination;

public class CoordinatorSettingsTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(200, 100)]
    [InlineData(10_000, 5_000)]
    public void SnapshotAfter_grows_with_the_trials_that_a_snapshot_holds(int trials, int events)
    {
        var settings = new CoordinatorSettings(new LeasePolicy(TimeSpan.FromSeconds(1))) { SnapshotEvery = 100 };

        Assert.Equal(events, settings.SnapshotAfter(trials));
    }
}
