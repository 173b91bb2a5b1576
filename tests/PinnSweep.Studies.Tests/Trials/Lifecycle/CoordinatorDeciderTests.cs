using CsCheck;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Tests.Trials.Lifecycle;

public sealed class CoordinatorDeciderTests
{
    private static readonly Gen<SweepCommand[]> Lives = SweepHistory.Commands.Array[0, 60];
    private static readonly WorkerIdentity Worker = new("w", "1");

    [Fact]
    public void Replaying_the_events_gives_the_state() => Lives.Sample(
        life =>
        {
            var history = SweepHistory.Of(life);
            Assert.Equal(SweepHistory.Dump(history.State), SweepHistory.Dump(CoordinatorState.Empty.ApplyAll(history.Events)));
        },
        iter: 3000);

    [Fact]
    public void A_state_restored_from_its_parts_is_the_state() => Lives.Sample(
        life =>
        {
            var state = SweepHistory.Of(life).State;
            var studies = state.Studies.Values.OrderBy(study => study.Order).Select(study => (
                new StudySubmitted(study.Hash, study.Name, study.Trials, default, study.Placement) { Seeds = study.Seeds }, study.IsWanted, study.IsPaused));
            Assert.Equal(SweepHistory.Dump(state), SweepHistory.Dump(CoordinatorState.Restore(state.Epoch, studies, state.Trials.Values)));
        },
        iter: 3000);

    [Fact]
    public void No_trial_has_two_accepted_results_and_none_is_dropped() => Lives.Sample(
        life =>
        {
            var history = SweepHistory.Of(life);
            var accepted = history.Events.OfType<TrialAccepted>().ToArray();

            var lost = history.Events.OfType<TrialResultLost>().ToLookup(happened => happened.Key);
            Assert.All(accepted.GroupBy(happened => happened.Key), trial => Assert.InRange(trial.Count() - lost[trial.Key].Count(), 0, 1));
            foreach (var (command, decision, before) in history.Results)
            {
                var mustCount = before is not null && command.Attempt > before.LostThrough && command.Attempt >= 1 && command.Attempt <= before.Granted && before.Phase is not TrialPhase.Accepted;
                Assert.Equal(mustCount, decision.Events.Count == 1);
            }

            foreach (var happened in accepted.GroupBy(happened => happened.Key).Where(trial => trial.Count() > lost[trial.Key].Count()).Select(trial => trial.Last()))
            {
                Assert.Equal(new TrialPhase.Accepted(happened.Attempt, happened.Result), history.State.Trials[happened.Key].Phase);
            }
        },
        iter: 3000);

    [Fact]
    public void Attempts_are_granted_one_after_the_other_and_never_twice() => Lives.Sample(
        life =>
        {
            foreach (var trial in SweepHistory.Of(life).Events.OfType<TrialLeased>().GroupBy(happened => happened.Key))
            {
                Assert.Equal(Enumerable.Range(1, trial.Count()), trial.Select(happened => happened.Lease.Attempt));
            }
        },
        iter: 1000);

    [Fact]
    public void The_counts_of_every_study_are_those_of_its_trials() => Lives.Sample(
        life =>
        {
            var state = SweepHistory.Of(life).State;
            foreach (var study in state.Studies.Values)
            {
                var phases = study.Trials.Select(key => state.Trials[key].Phase).ToArray();
                Assert.Equal(phases.Count(phase => phase is TrialPhase.Waiting), study.Waiting.Count);
                Assert.Equal(phases.Count(phase => phase is TrialPhase.Leased), study.Leased);
                Assert.Equal(phases.Count(phase => phase is TrialPhase.Accepted), study.Accepted);
                Assert.Equal(phases.Count(phase => phase is TrialPhase.Quarantined), study.Quarantined);
                Assert.Equal(phases.Count(phase => phase is TrialPhase.Cancelled), study.Cancelled);
                Assert.Equal(study.Trials.Sum(key => state.Trials[key].Faults.Length), study.Faults);
            }

            Assert.Equal(state.Trials.Values.Where(trial => trial.Lease is not null).Select(trial => trial.Key).ToHashSet(), [.. state.Running]);
        },
        iter: 2000);

    [Fact]
    public void However_it_went_a_worker_that_goes_on_settles_every_trial() => Lives.Sample(
        life =>
        {
            var history = SweepHistory.Of(life);
            history.Do(new ResumeStudy("first"));
            history.Do(new ExpireLeases([.. history.State.Leases.Select(held => new AttemptId(held.Key, held.Lease.Attempt))]));
            while (history.Do(new GrantWork(Worker, 1)).Events is [TrialLeased leased])
            {
                history.Do(new AcceptResult(leased.Key, leased.Lease.Attempt, new("result", 1, Outcome.Converged, 1, 1, 1)));
            }

            foreach (var study in history.State.Studies.Values.Where(study => study.IsWanted))
            {
                Assert.True(study.IsSettled);
                Assert.DoesNotContain(study.Trials, key => !history.State.Trials[key].IsSettled);
            }
        },
        iter: 2000);

    [Fact]
    public void Submitting_a_study_twice_changes_nothing()
    {
        var history = SweepHistory.Of([]);

        Assert.Empty(history.Do(new SubmitStudy("first", "first", history.State.Studies["first"].Trials)).Events);
    }

    [Fact]
    public void A_lost_result_of_a_trial_that_nobody_wants_is_not_trained_again()
    {
        var history = SweepHistory.Of([new GrantWork(Worker, 1)]);
        var finished = history.State.Studies["first"].Trials[0];
        history.Do(new AcceptResult(finished, 1, new("result", 1, Outcome.Converged, 1, 1, 1)));
        history.Do(new CancelStudy("first"));

        history.Do(new LoseResult(finished, 1, "its content is missing"));

        Assert.IsType<TrialPhase.Cancelled>(history.State.Trials[finished].Phase);
        history.Do(new SubmitStudy("first", "first", history.State.Studies["first"].Trials));
        Assert.Equal([0, 1, 2], history.State.Studies["first"].Waiting);
    }

    [Fact]
    public void A_trial_that_another_study_finished_is_not_run_again()
    {
        var history = SweepHistory.Of([new GrantWork(Worker, 3)]);
        var shared = history.State.Studies["first"].Trials[2];
        history.Do(new AcceptResult(shared, 1, new("result", 1, Outcome.Converged, 1, 1, 1)));

        history.Do(new SubmitStudy("second", "second", [shared, new(new string('d', 64))]));

        Assert.Equal(1, history.State.Studies["second"].Accepted);
        Assert.Equal([1], history.State.Studies["second"].Waiting);
    }

    [Fact]
    public void Slots_go_to_the_study_with_the_fewest_running_trials()
    {
        var history = SweepHistory.Of([new GrantWork(Worker, 1), new SubmitStudy("late", "late", [new(new string('x', 64)), new(new string('y', 64))])]);

        var granted = history.Do(new GrantWork(Worker, 2)).Events.OfType<TrialLeased>().Select(happened => happened.Key.Hex[0]);

        Assert.Equal("xb", string.Concat(granted));
    }

    [Fact]
    public void A_worker_that_comes_back_anew_loses_its_old_leases_at_once()
    {
        var history = SweepHistory.Of([new GrantWork(Worker, 2), new GrantWork(new("other", "1"), 1)]);

        history.Do(new WelcomeWorker(new("w", "2"), []));

        Assert.Equal([new WorkerIdentity("other", "1")], history.State.Leases.Select(held => held.Lease.Worker));
        Assert.Equal(2, history.State.Studies["first"].Faults);
    }

    [Fact]
    public void A_grant_that_a_living_worker_never_got_is_given_back_and_no_fault()
    {
        var history = SweepHistory.Of([new GrantWork(Worker, 2)]);
        var got = history.State.Leases.Select(held => new AttemptId(held.Key, held.Lease.Attempt)).First();

        history.Do(new WelcomeWorker(Worker, [got]));

        Assert.Equal([got.Key], history.State.Leases.Select(held => held.Key));
        Assert.Equal(0, history.State.Studies["first"].Faults);
    }

    [Fact]
    public void Cancelling_a_study_spares_what_another_one_wants()
    {
        var history = SweepHistory.Of([]);
        var shared = history.State.Studies["first"].Trials[2];
        history.Do(new SubmitStudy("second", "second", [shared]));

        history.Do(new CancelStudy("first"));

        Assert.Equal(2, history.State.Studies["first"].Cancelled);
        Assert.IsType<TrialPhase.Waiting>(history.State.Trials[shared].Phase);
    }
}
