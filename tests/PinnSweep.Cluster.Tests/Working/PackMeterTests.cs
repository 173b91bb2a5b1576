using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class PackMeterTests
{
    private static readonly AttemptId[] Attempts = [.. "abc".Select(letter => new AttemptId(new TrialKey(new string(letter, 64)), 1))];
    private readonly PackMeter _meter = new();
    private readonly List<(double Lanes, double StepsPerSecond)> _seen = [];

    [Fact]
    public void It_counts_the_steps_of_all_once_each_has_said_how_far_it_is()
    {
        // One at 10 steps a second from step 500 on, one at 30 that is heard from the third second on.
        for (var second = 0; second <= 23; second++)
        {
            Hear(second, 0, 500 + (10 * second), 2);
            if (second >= 3)
            {
                Hear(second, 1, 30 * second, 2);
            }
        }

        var (lanes, pace) = Assert.Single(_seen);
        Assert.Equal(2, lanes, 6);
        Assert.InRange(pace, 38, 40);
    }

    [Fact]
    public void A_trial_that_ends_and_its_successor_are_of_one_measurement_and_an_empty_lane_shows()
    {
        for (var second = 0; second <= 20; second++)
        {
            // The first trial ends after ten seconds and the next begins four seconds later.
            if (second <= 10)
            {
                Hear(second, 0, 10 * second, 2);
            }

            Hear(second, 1, 10 * second, second is > 10 and < 14 ? 1 : 2, second > 10 ? 2 : 0);
            if (second >= 14)
            {
                Hear(second, 2, 10 * (second - 14), 2, 2);
            }
        }

        var (lanes, pace) = Assert.Single(_seen);
        Assert.InRange(lanes, 1.7, 1.9);
        Assert.InRange(pace, 17, 19);
    }

    [Fact]
    public void After_a_reset_it_begins_anew()
    {
        Hear(0, 0, 0, 1);
        Hear(19, 0, 190, 1);
        _meter.Reset();
        Hear(25, 0, 1000, 1);
        Hear(44, 0, 1190, 1);

        Assert.Empty(_seen);
        Hear(45, 0, 1200, 1);
        Assert.Equal(10, Assert.Single(_seen).StepsPerSecond, 6);
    }

    private void Hear(double second, int attempt, int step, int lanes, int first = 0)
    {
        AttemptId[] training = lanes == 1 ? [Attempts[attempt]] : [Attempts[first], Attempts[1]];
        if (_meter.Hear(Attempts[attempt], step, training, DateTimeOffset.UnixEpoch.AddSeconds(second)) is { } seen)
        {
            _seen.Add(seen);
        }
    }
}
