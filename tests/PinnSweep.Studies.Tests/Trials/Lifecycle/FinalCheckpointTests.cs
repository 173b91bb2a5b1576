using System.Collections.Immutable;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Tests.Trials.Lifecycle;

/// <summary>The checkpoint at the end of a trial goes on to the trial with more steps, and is gone once nobody can use it.</summary>
public sealed class FinalCheckpointTests
{
    private const int Steps = 40;
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly LeasePolicy Policy = new(TimeSpan.FromSeconds(60));
    private static readonly WorkerIdentity Worker = new("w", "1");
    private static readonly TrialKey First = Key('a');
    private static readonly TrialKey Second = Key('b');
    private static readonly TrialKey Longer = Key('c');
    private static readonly StudyStage Rung = new(0, "rung 1", false) { KeepsFinal = true };
    private static readonly StudyStage NextRung = new(1, "rung 2", false) { KeepsFinal = true };
    private static readonly StudyStage End = new(2, "evaluation", true);

    private readonly List<SweepEvent> _events = [];
    private CoordinatorState _state = CoordinatorState.Empty;

    [Fact]
    public void A_promoted_trial_takes_the_checkpoint_over_and_the_others_lose_theirs()
    {
        FinishRung();
        Assert.Equal(Checkpoint(First), _state.Trials[First].Final);

        Extend(NextRung, [Longer], [new(Longer, First)]);

        Assert.Equal(Checkpoint(First), _state.Trials[Longer].Checkpoint);
        Assert.Null(_state.Trials[First].Final);
        Assert.Null(_state.Trials[Second].Final);
        var extended = _events.OfType<StudyExtended>().Single();
        Assert.Equal([new ContinuedTrial(Longer, First)], extended.Continues);
        Assert.Equal([Second], extended.Forgets);
        Assert.Equal(Steps, _state.Trials[Longer].Reached);
    }

    [Fact]
    public void It_loses_the_checkpoint_with_its_own_result_unless_it_may_go_on_itself()
    {
        FinishRung();
        Extend(NextRung, [Longer], [new(Longer, First)]);
        Lease();
        Decide(new RecordCheckpoint(Longer, 1, new("longer", 9, 160)));
        Decide(new AcceptResult(Longer, 1, Result(160)));
        Assert.Equal(160, _state.Trials[Longer].Final!.Step);

        Extend(End, [], []);

        Assert.All(_state.Trials.Values, trial => Assert.Null(trial.Checkpoint));
        Assert.Equal([Longer], _events.OfType<StudyExtended>().Last().Forgets);
    }

    [Fact]
    public void A_lost_checkpoint_is_nobodys_fault_and_the_trial_begins_anew()
    {
        FinishRung();
        Extend(NextRung, [Longer], [new(Longer, First)]);
        Lease();

        Decide(new LoseCheckpoint(Longer, 1, Checkpoint(First).Blob, "gone"));
        Decide(new RecordCheckpoint(Longer, 1, new("new", 9, 5)));

        Assert.Equal(5, _state.Trials[Longer].Checkpoint!.Step);
        Assert.Empty(_state.Trials[Longer].Faults.ToArray());
    }

    [Fact]
    public void What_is_not_of_the_end_or_diverged_is_not_kept()
    {
        Submit("s", Rung, First, Second);
        Lease();
        Decide(new RecordCheckpoint(First, 1, Checkpoint(First) with { Step = Steps - 1 }));
        Decide(new AcceptResult(First, 1, Result(Steps)));
        Decide(new RecordCheckpoint(Second, 1, Checkpoint(Second)));
        Decide(new AcceptResult(Second, 1, Result(Steps) with { Outcome = Outcome.Diverged }));

        Assert.Null(_state.Trials[First].Checkpoint);
        Assert.Null(_state.Trials[Second].Checkpoint);
        Assert.All(_events.OfType<TrialAccepted>(), accepted => Assert.False(accepted.KeepsFinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_no_stage_may_go_on_nothing_is_kept(bool isStaged)
    {
        Submit("s", isStaged ? Rung with { KeepsFinal = false } : null, First);
        Lease();

        Finish(First);

        Assert.Null(_state.Trials[First].Checkpoint);
    }

    [Fact]
    public void A_study_that_is_cancelled_leaves_none_and_one_that_shares_the_trial_keeps_it()
    {
        Submit("other", Rung, First);
        FinishRung();

        Decide(new CancelStudy("s"));
        Assert.NotNull(_state.Trials[First].Final);
        Assert.Null(_state.Trials[Second].Final);

        Decide(new CancelStudy("other"));
        Assert.Null(_state.Trials[First].Final);
    }

    [Fact]
    public void A_trial_that_has_got_further_elsewhere_takes_none()
    {
        Submit("other", null, Longer);
        Lease();
        Decide(new RecordCheckpoint(Longer, 1, new("further", 9, 100)));
        FinishRung();

        Extend(NextRung, [Longer], [new(Longer, First)]);

        Assert.Equal("further", _state.Trials[Longer].Checkpoint!.Blob);
        Assert.Null(_state.Trials[First].Final);
    }

    [Fact]
    public void A_lost_result_is_made_again_from_the_end()
    {
        FinishRung();

        Decide(new LoseResult(First, 1, "damaged"));

        Assert.Equal(Checkpoint(First), _state.Trials[First].Checkpoint);
        Assert.Null(_state.Trials[First].Final);
    }

    [Fact]
    public void Replaying_the_events_gives_the_state()
    {
        FinishRung();
        Extend(NextRung, [Longer], [new(Longer, First)]);

        var replayed = CoordinatorState.Empty.ApplyAll(_events);

        Assert.Equal(SweepHistory.Dump(_state), SweepHistory.Dump(replayed));
        Assert.Equal(_state.Trials[Longer], replayed.Trials[Longer] with { Faults = _state.Trials[Longer].Faults });
    }

    [Fact]
    public void What_a_damaged_journal_has_lost_is_passed_over()
    {
        FinishRung();
        var extended = new StudyExtended("s", NextRung, [Longer], "", Now) { Continues = [new(Longer, Key('e'))], Forgets = [Key('f'), First] };

        var state = _state.Apply(extended);

        Assert.Null(state.Trials[Longer].Checkpoint);
        Assert.Null(state.Trials[First].Final);
    }

    [Fact]
    public void A_state_beside_a_result_begins_any_number_of_trials_and_stays_where_it_is()
    {
        FinishBeside(First);
        var (longest, unknown) = (Key('d'), Key('e'));

        Decide(new SubmitStudy("more", "more", [Longer]) { Continues = [new(Longer, First), new(unknown, First)] });
        Decide(new SubmitStudy("most", "most", [longest]) { Continues = [new(longest, First)] });

        Assert.Equal([new ContinuedTrial(Longer, First)], _events.OfType<StudySubmitted>().Single(study => study.Hash == "more").Continues);
        foreach (var key in new[] { Longer, longest })
        {
            Assert.Equal((Checkpoint(First), Steps, new Continuation(First, Steps)), (_state.Trials[key].Checkpoint!, _state.Trials[key].Reached, _state.Trials[key].Continued!));
        }

        Assert.Equal(Checkpoint(First), _state.Trials[First].Final);
        Assert.Null(_state.Trials[First].Checkpoint);
        Assert.Equal([0, 1, 1], _state.Studies.Values.OrderBy(study => study.Order).Select(study => study.Continued));
        Assert.Equal(SweepHistory.Dump(_state), SweepHistory.Dump(CoordinatorState.Empty.ApplyAll(_events)));
    }

    [Fact]
    public void A_study_that_is_submitted_again_takes_what_has_been_finished_since()
    {
        Submit("more", null, Longer);
        FinishBeside(First);
        SubmitStudy again = new("more", "more", [Longer]) { Continues = [new(Longer, First)] };

        Lease();
        Decide(again);
        Assert.Null(_state.Trials[Longer].Continued);
        Decide(new ReleaseTrial(Longer, _state.Trials[Longer].Granted, "drain"));
        Decide(again);
        Decide(again);

        Assert.Equal(First, _state.Trials[Longer].Continued!.From);
        Assert.Equal(2, _events.OfType<StudySubmitted>().Count(study => study.Hash == "more"));
    }

    [Fact]
    public void Cancelling_the_shorter_study_takes_nothing_from_what_is_beside_its_results()
    {
        FinishBeside(First);

        Decide(new CancelStudy("s"));
        Decide(new SubmitStudy("more", "more", [Longer]) { Continues = [new(Longer, First)] });

        Assert.Empty(_events.OfType<StudyCancelled>().Single().Forgets);
        Assert.Equal(Checkpoint(First), _state.Trials[Longer].Checkpoint);
    }

    [Fact]
    public void Who_has_a_checkpoint_or_a_result_of_its_own_or_finds_none_goes_on_from_nobody()
    {
        FinishBeside(First);
        Submit("own", null, Longer, Second);
        Lease();
        Decide(new RecordCheckpoint(Longer, 1, new("own", 9, 5)));
        Decide(new AcceptResult(Second, 1, Result(Steps)));

        Decide(new SubmitStudy("more", "more", [Longer, Second, Key('d')]) { Continues = [new(Longer, First), new(Second, First), new(Key('d'), Key('e'))] });

        Assert.Empty(_events.OfType<StudySubmitted>().Last().Continues);
        Assert.Equal("own", _state.Trials[Longer].Checkpoint!.Blob);
        Assert.Null(_state.Trials[Key('d')].Checkpoint);
        Assert.All(_state.Trials.Values, trial => Assert.Null(trial.Continued));
    }

    [Fact]
    public void A_trial_that_lost_what_it_began_with_did_not_go_on_and_one_with_a_result_did()
    {
        FinishBeside(First);
        Decide(new SubmitStudy("more", "more", [Longer, Second]) { Continues = [new(Longer, First), new(Second, First)] });
        Lease();

        Decide(new LoseCheckpoint(Longer, 1, Checkpoint(First).Blob, "gone"));
        Decide(new AcceptResult(Second, 1, Result(160)));

        Assert.Null(_state.Trials[Longer].Continued);
        Assert.Equal(1, _state.Studies["more"].Continued);
        Assert.Equal(First, _state.Trials[Second].Continued!.From);
        Assert.Contains(TrialExplanation.Of(_state, Second, []), line => line == $"it went on from the end of trial {First.Short} at step {Steps}");
        Assert.DoesNotContain(TrialExplanation.Of(_state, Longer, []), line => line.Contains("on from the end", StringComparison.Ordinal));
    }

    private void FinishBeside(TrialKey key)
    {
        Submit("s", null, key);
        Lease();
        Decide(new AcceptResult(key, 1, Result(Steps) with { Final = Checkpoint(key) }));
    }

    private static TrialKey Key(char digit) => new(new string(digit, 64));

    private static CheckpointReference Checkpoint(TrialKey key) => new($"end of {key.Short}", 7, Steps);

    private static ResultReference Result(int steps) => new("result", 1, Outcome.Stalled, steps, 0.5, 1);

    private void FinishRung()
    {
        Submit("s", Rung, First, Second);
        Lease();
        Finish(First);
        Finish(Second);
    }

    private void Finish(TrialKey key)
    {
        Decide(new RecordCheckpoint(key, 1, Checkpoint(key)));
        Decide(new AcceptResult(key, 1, Result(Steps)));
    }

    private void Submit(string hash, StudyStage? stage, params TrialKey[] trials) => Decide(new SubmitStudy(hash, hash, [.. trials]) { Stage = stage });

    private void Extend(StudyStage stage, ImmutableArray<TrialKey> trials, ImmutableArray<ContinuedTrial> continues) =>
        Decide(new ExtendStudy("s", stage, trials, "{}") { Continues = continues });

    private void Lease() => Decide(new GrantWork(Worker, 9));

    private void Decide(SweepCommand command)
    {
        var decision = CoordinatorDecider.Decide(_state, command, Now, Policy);
        Assert.Null(decision.Rejection);
        _events.AddRange(decision.Events);
        _state = _state.ApplyAll(decision.Events);
    }
}
