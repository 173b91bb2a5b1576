using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Tests.Trials.Lifecycle;

/// <summary>What a study in stages waits for.</summary>
public sealed class StudyExplanationTests
{
    private static readonly TrialKey[] Keys = [.. "abc".Select(letter => new TrialKey(new string(letter, 64)))];
    private static readonly WorkerIdentity Worker = new("w", "1");
    private static readonly LeasePolicy Policy = new(TimeSpan.FromSeconds(60));
    private CoordinatorState _state = CoordinatorState.Empty;

    [Fact]
    public void It_waits_for_its_trials_then_for_whoever_proposes_and_at_last_for_nothing()
    {
        Do(new BeginEpoch());
        Do(new SubmitStudy("s", "tuned", [Keys[0], Keys[1]]) { Stage = new(2, "generation 3 of the searches", false) { AwaitsProposals = true } });

        Assert.Contains("study tuned waits for 2 trials of stage 2 (generation 3 of the searches) before stage 3 is decided", TrialExplanation.Of(_state, Keys[0], []));
        Do(new PauseStudy("s"));
        Assert.Contains("study tuned waits for 2 trials of stage 2 (generation 3 of the searches) before stage 3 is decided; it is paused", TrialExplanation.Of(_state, Keys[0], []));
        Do(new ResumeStudy("s"));
        Train(Keys[0]);
        Assert.Equal(["study tuned waits for 1 trial of stage 2 (generation 3 of the searches) before stage 3 is decided"], TrialExplanation.OfUnknown(_state));
        Assert.Single(TrialExplanation.Of(_state, Keys[0], []));
        Train(Keys[1]);
        Assert.Equal(["study tuned waits for proposals from outside (stage 3)"], TrialExplanation.OfUnknown(_state));
        Do(new ExtendStudy("s", new(3, "evaluation", true), [Keys[2]], ""));
        Assert.Empty(TrialExplanation.OfUnknown(_state));
    }

    [Fact]
    public void A_study_that_decides_by_itself_says_so_and_one_without_stages_or_cancelled_says_nothing()
    {
        Do(new BeginEpoch());
        Do(new SubmitStudy("plain", "plain", [Keys[2]]));
        Assert.Empty(TrialExplanation.OfUnknown(_state));
        Do(new SubmitStudy("s", "tuned", [Keys[0]]) { Stage = new(0, "generation 1", false) });
        Train(Keys[0]);
        Assert.Equal(["stage 1 of study tuned is being decided"], TrialExplanation.OfUnknown(_state));
        Do(new CancelStudy("s"));
        Assert.Empty(TrialExplanation.OfUnknown(_state));
    }

    private void Do(SweepCommand command) => _state = _state.ApplyAll(CoordinatorDecider.Decide(_state, command, DateTimeOffset.UnixEpoch, Policy).Events);

    private void Train(TrialKey key)
    {
        Do(new GrantWork(Worker, 9));
        Do(new AcceptResult(key, _state.Trials[key].Lease!.Attempt, new("blob", 1, Outcome.Converged, 1, 0.5, 1)));
    }
}
