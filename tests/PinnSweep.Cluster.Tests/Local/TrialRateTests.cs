using Microsoft.Extensions.Time.Testing;
using PinnSweep.Cluster.Local;

namespace PinnSweep.Cluster.Tests.Local;

public sealed class TrialRateTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Of_counts_results_since_a_trial_was_first_seen_running()
    {
        var rate = new TrialRate(_clock);
        Assert.Equal(0, rate.Of(accepted: 5, running: 0));

        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, rate.Of(accepted: 7, running: 2));
        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(0.75, rate.Of(accepted: 10, running: 0));
    }
}
