using Akka.Configuration;
using Microsoft.Extensions.Time.Testing;
using PinnSweep.Cluster.Hosting;

namespace PinnSweep.Cluster.Tests;

public sealed class OwnTimeTests
{
    private static readonly Config Detector = ConfigurationFactory.ParseString(
        "threshold = 8, max-sample-size = 1000, min-std-deviation = 100ms, acceptable-heartbeat-pause = 5s, heartbeat-interval = 1s");

    [Fact]
    public void A_process_that_is_served_has_all_the_time()
    {
        var clock = new FakeTimeProvider();
        using var time = new OwnTime(clock);

        Serve(clock, TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromMinutes(5), time.Elapsed);
    }

    [Fact]
    public void Time_in_which_the_process_was_not_served_is_not_its_own()
    {
        var clock = new StandingClock();
        using var time = new OwnTime(clock);
        var before = time.Elapsed;

        clock.Skip(TimeSpan.FromMinutes(5));

        Assert.InRange(time.Elapsed - before, TimeSpan.Zero, TimeSpan.FromMinutes(4));
    }

    [Fact]
    public void A_node_that_was_not_served_does_not_take_others_for_dead()
    {
        var clock = new StandingClock();
        using var time = new OwnTime(clock);
        var detector = new FairFailureDetector(Detector, time);
        detector.HeartBeat();

        clock.Skip(TimeSpan.FromMinutes(5));

        Assert.True(detector.IsAvailable);
    }

    [Fact]
    public void Silence_that_a_served_node_hears_is_a_death()
    {
        var clock = new FakeTimeProvider();
        using var time = new OwnTime(clock);
        var detector = new FairFailureDetector(Detector, time);
        for (var beat = 0; beat < 10; beat++)
        {
            detector.HeartBeat();
            Serve(clock, TimeSpan.FromSeconds(1));
        }

        Assert.True(detector.IsAvailable);
        Serve(clock, TimeSpan.FromSeconds(10));
        Assert.False(detector.IsAvailable);
    }

    /// <summary>Timers of this clock fire when it has been moved on, so it goes in small steps.</summary>
    private static void Serve(FakeTimeProvider clock, TimeSpan time)
    {
        for (var step = TimeSpan.Zero; step < time; step += TimeSpan.FromMilliseconds(50))
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
        }
    }
}
