using Akka.Actor;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Coordination;

/// <summary>What queue and slots are told to the log, and when.</summary>
public sealed class LoadLogTests : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private readonly TestLog _log = new(null);
    private readonly StandingClock _clock = new();
    private readonly DecisionBatch _batch;
    private readonly LoadLog _load;

    public LoadLogTests()
    {
        _batch = new(new(new LeasePolicy(TimeSpan.FromMinutes(1))), new(_clock), () => { });
        _load = new(_batch, Every, _log.Factory.CreateLogger("PinnSweep.Cluster"));
        _batch.Decide(new BeginEpoch());
    }

    private IEnumerable<string> Told => _log.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf("Information", StringComparison.Ordinal) + 12)..].Trim());

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Without_work_nothing_is_told()
    {
        _load.Look();

        Assert.Empty(_log.Text);
    }

    [Fact]
    public void What_waits_is_told_from_time_to_time_and_a_study_when_it_moved()
    {
        _batch.Decide(new SubmitStudy("hash", "mine", [Key('a'), Key('b')]));
        _batch.Roster.Welcome(new(new("node-1", "1"), ActorRefs.Nobody, new SlotCount(Cpu: 3, Gpu: 0), "0.1"));

        _load.Look();
        _load.Look();
        _clock.Skip(Every);
        _load.Look();

        Assert.Equal(
            [
                "2 trials wait, 0 are trained in 3 slots of 1 workers",
                "study hash (mine): 0 of 2 trials have a result, 0 are trained, 2 wait, 0 are given up, 0 faults",
                "2 trials wait, 0 are trained in 3 slots of 1 workers",
            ],
            Told);
    }

    [Fact]
    public void The_end_of_work_is_told_once()
    {
        _batch.Decide(new SubmitStudy("hash", "mine", [Key('a')]));
        _load.Look();
        _batch.Decide(new CancelStudy("hash"));

        _clock.Skip(Every);
        _load.Look();
        _clock.Skip(Every);
        _load.Look();

        Assert.Equal("0 trials wait, 0 are trained in 0 slots of 0 workers", Assert.Single(Told.Skip(2)));
    }

    private static TrialKey Key(char digit) => new(new string(digit, 64));
}
