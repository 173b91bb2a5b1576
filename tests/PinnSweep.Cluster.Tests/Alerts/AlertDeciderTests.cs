using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Cluster.Alerts;
using PinnSweep.Cluster.Security;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Alerts;

/// <summary>What is worth telling, and how often: pure decisions under a clock that tests turn.</summary>
public sealed class AlertDeciderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly LeasePolicy Policy = new(TimeSpan.FromMinutes(1));
    private static readonly WorkerIdentity Worker = new("gpu-3", "1");

    private readonly AlertPlan _plan = new([]) { NoWorkerFor = TimeSpan.FromMinutes(10) };
    private AlertMemory _memory = AlertMemory.Of(new("origin", Start), [], []);
    private CoordinatorState _state = CoordinatorState.Empty;
    private DateTimeOffset _now = Start;
    private ImmutableArray<FleetMember> _fleet = [new("gpu-3", new(1, 0))];

    [Fact]
    public void A_study_is_settled_once_however_often_it_is_looked_at()
    {
        Submit("study", 'a', 'b');
        Assert.Empty(Look());
        Finish('a');
        Assert.Empty(Look());
        Finish('b');

        var alert = Assert.Single(Look());
        Assert.Empty(Look());
        Assert.Equal((AlertEvent.StudySettled, ("mine", "study")), (alert.Event, alert.Study!.Value));
        Assert.Equal(_now, alert.At);
        Assert.Equal("Study mine is settled: 2 of 2 trials have a result.", alert.Text);
    }

    [Fact]
    public void Whoever_takes_over_tells_what_was_not_told_under_the_same_id_and_nothing_twice()
    {
        Submit("study", 'a');
        Finish('a');
        var before = _memory;
        var told = Assert.Single(Look());

        // Killed before the store had it.
        _memory = before;
        _now += TimeSpan.FromHours(3);
        _state = _state.Apply(new EpochBegan(7, _now));
        Assert.Equal(JsonSerializer.Serialize(told), JsonSerializer.Serialize(Assert.Single(Look())));

        // Killed after it.
        _memory = AlertMemory.Of(before.Origin, [told.Id], []);
        Assert.Empty(Look());
    }

    [Fact]
    public void Ids_of_two_stores_differ()
    {
        Submit("study", 'a');
        Finish('a');
        var other = AlertMemory.Of(new("other", Start), [], []);

        Assert.NotEqual(Assert.Single(Look()).Id, Assert.Single(AlertDecider.Decide(other, _plan, new ClusterSight(_state, _fleet), _now).Raised).Id);
    }

    [Fact]
    public void What_was_settled_before_alerts_began_is_not_told()
    {
        _now -= TimeSpan.FromDays(1);
        Submit("study", 'a', 'b');
        Finish('a');
        GiveUp('b');
        _now = Start + TimeSpan.FromMinutes(1);
        Assert.Empty(Look());
        Assert.Empty(Look());

        Decide(new RetryStudy("study"));
        GiveUp('b');

        Assert.Equal([AlertEvent.FirstQuarantine, AlertEvent.StudySettled], Look().Select(alert => alert.Event).Order().Reverse());
    }

    [Fact]
    public void A_study_that_is_settled_again_after_a_retry_is_told_again_and_the_first_quarantine_is_not()
    {
        Submit("study", 'a', 'b');
        GiveUp('a');
        var first = Assert.Single(Look());
        Finish('b');
        var settled = Assert.Single(Look());
        Assert.Equal((AlertEvent.FirstQuarantine, AlertEvent.StudySettled), (first.Event, settled.Event));
        Assert.StartsWith("The first trial of study mine was given up after repeated faults: aaaaaaaa", first.Text, StringComparison.Ordinal);
        Assert.Contains("last on gpu-3: it broke. `pinnsweep why", first.Text, StringComparison.Ordinal);
        Assert.Contains("1 were given up", settled.Text, StringComparison.Ordinal);

        Decide(new RetryStudy("study"));
        Assert.Empty(Look());
        Finish('a');

        var again = Assert.Single(Look());
        Assert.Equal(AlertEvent.StudySettled, again.Event);
        Assert.NotEqual(settled.Id, again.Id);
    }

    [Fact]
    public void A_study_that_somebody_cancelled_is_no_news()
    {
        Submit("study", 'a');
        Decide(new CancelStudy("study"));

        Assert.Empty(Look());
    }

    [Fact]
    public void Trials_that_wait_without_a_worker_are_told_after_the_minutes_of_the_plan_once()
    {
        Submit("study", 'a');
        _fleet = [];
        Assert.Empty(Look());
        _now += TimeSpan.FromMinutes(9.9);
        Assert.Empty(Look());
        _now += TimeSpan.FromMinutes(0.1);

        var alert = Assert.Single(Look());
        Assert.Equal("1 trial waits, and no worker has taken any for 10 minutes: none is registered.", alert.Text);
        _now += TimeSpan.FromHours(5);
        Assert.Empty(Look());
    }

    [Fact]
    public void A_worker_that_pauses_or_drains_takes_nothing()
    {
        Submit("study", 'a', 'b');
        _fleet = [new("gpu-3", new(1, 0), IsDraining: true), new("gpu-4", new(1, 0), Paused: "disk full")];
        Assert.Equal(AlertEvent.MachineFault, Assert.Single(Look()).Event);
        _now += TimeSpan.FromMinutes(10);

        Assert.Equal("2 trials wait, and no worker has taken any for 10 minutes: 1 pause, 1 drain.", Assert.Single(Look()).Text);
    }

    [Fact]
    public void A_worker_that_comes_back_in_time_ends_the_wait()
    {
        Submit("study", 'a');
        _fleet = [];
        Look();
        _now += TimeSpan.FromMinutes(9);
        _fleet = [new("gpu-3", new(1, 0))];
        Look();
        _fleet = [];
        _now += TimeSpan.FromMinutes(1);
        Assert.Empty(Look());
        _now += TimeSpan.FromMinutes(9.9);
        Assert.Empty(Look());
        _now += TimeSpan.FromMinutes(0.1);

        Assert.Single(Look());
    }

    [Fact]
    public void The_wait_goes_on_under_a_coordinator_that_takes_over()
    {
        Submit("study", 'a');
        _fleet = [];
        Look();
        _now += TimeSpan.FromMinutes(10);
        _memory = AlertMemory.Of(_memory.Origin, [], _memory.Conditions.Values);

        Assert.Equal(AlertEvent.NoWorker, Assert.Single(Look()).Event);
    }

    [Fact]
    public void A_machine_that_flickers_is_told_once_and_one_that_fails_again_later_twice()
    {
        Pause("disk full");
        var first = Assert.Single(Look());
        Assert.Equal("Worker gpu-3 pauses because of its machine and goes on by itself when this is over: disk full.", first.Text);
        Pause("disk full still");
        Assert.Empty(Look());
        Pause(null);
        Assert.Empty(Look());
        _now += TimeSpan.FromMinutes(9);
        Pause("disk full");
        Assert.Empty(Look());

        Pause(null);
        Look();
        _now += TimeSpan.FromMinutes(10);
        Pause("disk full");

        Assert.NotEqual(first.Id, Assert.Single(Look()).Id);
    }

    [Fact]
    public void A_worker_that_is_away_while_coordinators_change_is_not_told_anew()
    {
        Pause("disk full");
        Look();
        _memory = AlertMemory.Of(_memory.Origin, _memory.Known, _memory.Conditions.Values);
        _fleet = [];
        _now += TimeSpan.FromHours(1);
        Assert.Empty(Look());
        Pause("disk full");

        Assert.Empty(Look());
    }

    [Fact]
    public void A_disk_is_told_when_it_is_as_full_as_the_plan_says()
    {
        Assert.Empty(LookAtMachine(new("/data/pinnsweep.db", 101, 1000)));

        var alert = Assert.Single(LookAtMachine(new("/data/pinnsweep.db", 100, 1000)));
        Assert.Equal((AlertEvent.StoreFull, true), (alert.Event, alert.Text.Contains("/data/pinnsweep.db is 90 % full", StringComparison.Ordinal)));
        Assert.Empty(LookAtMachine(new("/data/pinnsweep.db", 1, 1000)));
        Assert.Empty(LookAtMachine(null));
    }

    [Fact]
    public void A_certificate_is_told_three_times_and_a_new_one_anew()
    {
        var end = Start.AddDays(60);
        var told = new List<string>();
        for (var day = 0; day < 62; day++)
        {
            _now = Start.AddDays(day) + TimeSpan.FromHours(1);
            told.AddRange(LookAtMachine(null, new CertificateEnd("node.crt", "gpu-3", end, end - _now)).Select(alert => $"{day}: {alert.Text[..45]}"));
        }

        Assert.Equal(
            ["39: node.crt of gpu-3 ends on 2027-01-29, in 21 d", "53: node.crt of gpu-3 ends on 2027-01-29, in 7 da", "59: node.crt of gpu-3 ends on 2027-01-29, in 1 da"],
            told);
        Assert.Single(LookAtMachine(null, new CertificateEnd("node.crt", "gpu-3", end.AddDays(1), TimeSpan.FromDays(2))));
    }

    private ImmutableArray<Alert> Look() => Take(AlertDecider.Decide(_memory, _plan, new ClusterSight(_state, _fleet), _now));

    private ImmutableArray<Alert> LookAtMachine(DiskSight? disk, params CertificateEnd[] ends) => Take(AlertDecider.Decide(_memory, _plan, new MachineSight(disk, [.. ends]), _now));

    private ImmutableArray<Alert> Take(AlertDecision decision)
    {
        _memory = decision.Memory;
        return decision.Raised;
    }

    private void Pause(string? why) => _fleet = [new("gpu-3", new(1, 0), Paused: why)];

    private void Submit(string hash, params char[] trials) => Decide(new SubmitStudy(hash, "mine", [.. trials.Select(Key)]));

    private void Finish(char trial)
    {
        Grant();
        Decide(new AcceptResult(Key(trial), _state.Trials[Key(trial)].Granted, new ResultReference(new string('f', 64), 1, Outcome.Stalled, 10, 0.5, 1)));
    }

    private void GiveUp(char trial)
    {
        for (var fault = 0; _state.Trials[Key(trial)].Phase is not TrialPhase.Quarantined; fault++)
        {
            Assert.True(fault < 50, "it is never given up");
            Grant();
            Decide(new RecordFault(Key(trial), _state.Trials[Key(trial)].Granted, new Fault(FaultKind.Crash, "it broke.\nat length", "")));
        }
    }

    private void Grant() => Decide(new GrantWork(Worker, new(10, 0), [new("gpu-3", new(10, 0))]));

    private void Decide(SweepCommand command) => _state = _state.ApplyAll(CoordinatorDecider.Decide(_state, command, _now, Policy).Events);

    private static TrialKey Key(char digit) => new(new string(digit, 64));
}
