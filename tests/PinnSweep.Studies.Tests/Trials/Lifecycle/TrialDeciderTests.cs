using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Tests.Trials.Lifecycle;

public sealed class TrialDeciderTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly LeasePolicy Policy = new(TimeSpan.FromMinutes(1), FaultLimit: 3, LostWorkerLimit: 4);
    private static readonly TrialKey Key = new(new string('a', 64));
    private static readonly WorkerIdentity Worker = new("w", "1");
    private static readonly ResultReference Result = new(new string('b', 64), 10, Outcome.Converged, 100, 1e-3, 2.5);

    [Fact]
    public void Decide_lease_of_a_waiting_trial_numbers_attempts_from_one()
    {
        var state = After(TrialState.New(Key), Lease(), new ReleaseTrial(Key, 1, "drain"), Lease());

        Assert.Equal(2, state.Lease!.Attempt);
        Assert.Equal(Now + Policy.LeaseDuration, state.Lease.Until);
    }

    [Fact]
    public void Decide_lease_of_a_leased_trial_is_refused()
    {
        var state = After(TrialState.New(Key), Lease());

        Assert.Equal(Rejection.WrongPhase, Decide(state, Lease()).Rejection);
    }

    [Fact]
    public void A_result_of_the_running_attempt_is_accepted_and_its_duplicate_is_not()
    {
        var state = After(TrialState.New(Key), Lease(), new AcceptResult(Key, 1, Result));

        Assert.Equal(new TrialPhase.Accepted(1, Result), state.Phase);
        Assert.Equal(Rejection.AlreadyAccepted, Decide(state, new AcceptResult(Key, 1, Result)).Rejection);
    }

    [Fact]
    public void A_late_result_of_a_granted_attempt_is_accepted_while_the_trial_has_none()
    {
        var state = After(TrialState.New(Key), Lease(), Fault(1), Lease(), new AcceptResult(Key, 1, Result));

        Assert.Equal(new TrialPhase.Accepted(1, Result), state.Phase);
        Assert.Equal(Rejection.AlreadyAccepted, Decide(state, new AcceptResult(Key, 2, Result)).Rejection);
    }

    [Fact]
    public void A_late_result_ends_a_quarantine()
    {
        var state = After(TrialState.New(Key), Lease(), Fault(1), Lease(), Fault(2), Lease(), Fault(3));
        Assert.IsType<TrialPhase.Quarantined>(state.Phase);

        Assert.Equal(new TrialPhase.Accepted(2, Result), After(state, new AcceptResult(Key, 2, Result)).Phase);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public void A_result_of_an_attempt_that_was_never_granted_is_refused(int attempt)
    {
        var state = After(TrialState.New(Key), Lease());

        Assert.Equal(Rejection.NeverGranted, Decide(state, new AcceptResult(Key, attempt, Result)).Rejection);
    }

    [Fact]
    public void Lost_workers_count_apart_from_the_trainers_own_faults()
    {
        var state = TrialState.New(Key);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            state = After(state, Lease(), Fault(attempt, FaultKind.LostWorker));
            Assert.IsType<TrialPhase.Waiting>(state.Phase);
        }

        Assert.IsType<TrialPhase.Quarantined>(After(state, Lease(), Fault(4, FaultKind.LostWorker)).Phase);
    }

    [Theory]
    [InlineData(FaultKind.LostWorker)]
    [InlineData(FaultKind.Crash)]
    public void Faults_of_attempts_that_each_advanced_the_checkpoint_never_end_a_trial(FaultKind kind)
    {
        var state = TrialState.New(Key);
        for (var attempt = 1; attempt <= 50; attempt++)
        {
            state = After(state, Lease(), Checkpoint(attempt, 10 * attempt), Fault(attempt, kind));
            Assert.IsType<TrialPhase.Waiting>(state.Phase);
        }

        Assert.Equal(50, state.Faults.Length);
    }

    [Theory]
    [InlineData(FaultKind.LostWorker, 4)]
    [InlineData(FaultKind.Crash, 3)]
    public void A_trial_that_always_falls_at_the_same_later_step_still_ends(FaultKind kind, int limit)
    {
        var state = After(TrialState.New(Key), Lease(), Fault(1, kind), Lease(), Checkpoint(2, 40), Fault(2, kind));
        for (var attempt = 3; attempt <= limit; attempt++)
        {
            Assert.IsType<TrialPhase.Waiting>(state.Phase);
            state = After(state, Lease(), Checkpoint(attempt, 40), Fault(attempt, kind));
        }

        Assert.IsType<TrialPhase.Waiting>(state.Phase);
        Assert.IsType<TrialPhase.Quarantined>(After(state, Lease(), Checkpoint(limit + 1, 30), Fault(limit + 1, kind)).Phase);
    }

    [Fact]
    public void A_checkpoint_that_only_makes_up_for_a_lost_one_is_no_progress()
    {
        var state = After(TrialState.New(Key), Lease(), Checkpoint(1, 40), Fault(1), Lease(), Fault(2));
        var without = state with { Checkpoint = null };

        Assert.IsType<TrialPhase.Quarantined>(After(without, Lease(), Checkpoint(3, 30), Fault(3)).Phase);
        Assert.IsType<TrialPhase.Waiting>(After(without, Lease(), Checkpoint(3, 50), Fault(3)).Phase);
    }

    [Fact]
    public void A_journal_in_which_a_trial_was_given_up_under_the_old_count_is_obeyed()
    {
        var state = After(TrialState.New(Key), Lease(), Fault(1), Lease(), Fault(2), Lease(), Checkpoint(3, 40), Fault(3));

        Assert.IsType<TrialPhase.Waiting>(state.Phase);
        Assert.IsType<TrialPhase.Quarantined>(state.Apply(new TrialQuarantined(Key, Now)).Phase);
    }

    [Fact]
    public void A_retried_trial_keeps_its_evidence_and_gets_all_its_chances_again()
    {
        var state = After(
            TrialState.New(Key), Lease(), Fault(1), Lease(), Fault(2), Lease(), Fault(3), new RetryTrial(Key), Lease(), Fault(4), Lease(), Fault(5));

        Assert.IsType<TrialPhase.Waiting>(state.Phase);
        Assert.Equal([1, 2, 3, 4, 5], state.Faults.Select(fault => fault.Attempt));
    }

    [Fact]
    public void A_checkpoint_outlives_its_attempt_and_goes_with_the_result()
    {
        var checkpoint = new CheckpointReference(new string('c', 64), 5, 40);
        var state = After(TrialState.New(Key), Lease(), new RecordCheckpoint(Key, 1, checkpoint), Fault(1), Lease());

        Assert.Equal(checkpoint, state.Checkpoint);
        Assert.Equal(Rejection.NotAhead, Decide(state, new RecordCheckpoint(Key, 2, checkpoint)).Rejection);
        Assert.Equal(Rejection.Superseded, Decide(state, new RecordCheckpoint(Key, 1, checkpoint with { Step = 50 })).Rejection);
        Assert.Null(After(state, new AcceptResult(Key, 2, Result)).Checkpoint);
    }

    [Fact]
    public void A_trial_whose_result_was_lost_waits_for_another_attempt_and_takes_its_result_alone()
    {
        var lost = After(TrialState.New(Key), Lease(), Fault(1), Lease(), new AcceptResult(Key, 2, Result), new LoseResult(Key, 2, "its content is missing"));

        Assert.IsType<TrialPhase.Waiting>(lost.Phase);
        Assert.Equal((2, 1, 1), (lost.Granted, lost.Faults.Length, lost.Forgiven));
        // Whoever says it again names the content that is gone.
        Assert.Equal(Rejection.Superseded, Decide(lost, new AcceptResult(Key, 2, Result)).Rejection);
        Assert.Equal(new TrialPhase.Accepted(3, Result), After(lost, Lease(), new AcceptResult(Key, 3, Result)).Phase);
    }

    [Fact]
    public void Only_the_accepted_result_can_be_lost()
    {
        var accepted = After(TrialState.New(Key), Lease(), Fault(1), Lease(), new AcceptResult(Key, 2, Result));

        Assert.Equal(Rejection.Superseded, Decide(accepted, new LoseResult(Key, 1, "flipped")).Rejection);
        Assert.Equal(Rejection.WrongPhase, Decide(TrialState.New(Key), new LoseResult(Key, 1, "flipped")).Rejection);
    }

    [Fact]
    public void A_lost_checkpoint_lets_the_attempt_begin_anew()
    {
        var checkpoint = new CheckpointReference(new string('c', 64), 5, 40);
        var state = After(TrialState.New(Key), Lease(), new RecordCheckpoint(Key, 1, checkpoint), new ReleaseTrial(Key, 1, "drain"), Lease());

        Assert.Same(Decision.Nothing, Decide(state, new LoseCheckpoint(Key, 2, new string('d', 64), "flipped")));
        var lost = After(state, new LoseCheckpoint(Key, 2, checkpoint.Blob, "flipped"));

        Assert.Null(lost.Checkpoint);
        Assert.Equal(2, lost.Lease!.Attempt);
        Assert.Empty(lost.Faults);
        Assert.Equal(10, After(lost, new RecordCheckpoint(Key, 2, checkpoint with { Step = 10 })).Checkpoint!.Step);
    }

    private static LeaseTrial Lease() => new(Key, Worker, 1);

    private static RecordFault Fault(int attempt, FaultKind kind = FaultKind.Crash) => new(Key, attempt, new(kind, "it fell over", ""));

    private static RecordCheckpoint Checkpoint(int attempt, int step) => new(Key, attempt, new(new string('c', 64), 5, step));

    private static Decision Decide(TrialState state, TrialCommand command) => TrialDecider.Decide(state, command, Now, Policy);

    private static TrialState After(TrialState state, params TrialCommand[] commands) =>
        commands.Aggregate(state, (current, command) => Decide(current, command).Events.Aggregate(current, (s, e) => s.Apply((TrialEvent)e)));
}
