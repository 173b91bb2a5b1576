using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class WorkerPaceTests
{
    private static readonly DateTimeOffset Begun = DateTimeOffset.UnixEpoch;
    private static readonly AttemptId One = new(new(new string('1', 64)), 1);
    private static readonly AttemptId Other = new(new(new string('2', 64)), 1);
    private readonly WorkerPace _pace = new(Begun);

    [Fact]
    public void Results_are_counted_by_the_hour_from_the_first_minute_on()
    {
        _pace.Finish(Begun.AddSeconds(10));
        Assert.Null(_pace.Of(Begun.AddSeconds(59)).TrialsPerHour);

        _pace.Finish(Begun.AddSeconds(100));

        Assert.Equal(2 * 30, _pace.Of(Begun.AddMinutes(2)).TrialsPerHour!.Value, 1e-9);
    }

    [Fact]
    public void Results_older_than_ten_minutes_count_no_more()
    {
        _pace.Finish(Begun.AddMinutes(1));
        _pace.Finish(Begun.AddMinutes(2));

        Assert.Equal(6, _pace.Of(Begun.AddMinutes(11.5)).TrialsPerHour!.Value, 1e-9);
        Assert.Equal(0, _pace.Of(Begun.AddMinutes(12)).TrialsPerHour);
    }

    [Fact]
    public void Steps_are_those_of_all_attempts_that_train_and_said_something_in_the_last_minute()
    {
        _pace.GetOn(One, 100, Begun);
        _pace.GetOn(One, 200, Begun.AddSeconds(10));
        _pace.GetOn(Other, 50, Begun.AddSeconds(40));

        Assert.Equal(250, _pace.Of(Begun.AddSeconds(50)).StepsPerSecond);
        Assert.Equal(50, _pace.Of(Begun.AddSeconds(70)).StepsPerSecond);
        _pace.GetOn(One, double.NaN, Begun.AddSeconds(71));
        Assert.Equal(50, _pace.Of(Begun.AddSeconds(72)).StepsPerSecond);
        _pace.End(Other);
        Assert.Equal(new WorkerThroughput(null, 0) with { TrialsPerHour = 0 }, _pace.Of(Begun.AddSeconds(73)));
    }
}
