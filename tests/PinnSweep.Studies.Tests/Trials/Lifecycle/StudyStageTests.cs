using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Tests.Trials.Lifecycle;

/// <summary>A study in stages grows by events, each stage once and in its turn.</summary>
public sealed class StudyStageTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly TrialKey[] Keys = [.. "abcd".Select(letter => new TrialKey(new string(letter, 64)))];
    private static readonly WorkerIdentity Worker = new("w", "1");
    private static readonly LeasePolicy Policy = new(TimeSpan.FromSeconds(60));
    private CoordinatorState _state = CoordinatorState.Empty;

    public StudyStageTests()
    {
        Do(new BeginEpoch());
        Do(new SubmitStudy("s", "s", [Keys[0], Keys[1]]) { Stage = new(0, "generation 1", false) });
    }

    private StudyState Study => _state.Studies["s"];

    [Fact]
    public void It_is_settled_only_after_its_last_stage()
    {
        Assert.False(Study.AwaitsStage);
        TrainAll();
        Assert.True(Study.AwaitsStage);
        Assert.False(Study.IsSettled);

        Do(Stage(1, isLast: true, Keys[2]));
        Assert.False(Study.AwaitsStage);
        Assert.Equal([Keys[0], Keys[1], Keys[2]], Study.Trials);
        TrainAll();

        Assert.True(Study.IsSettled);
        Assert.Equal(3, Study.Accepted);
    }

    [Fact]
    public void A_stage_counts_once_and_none_is_left_out()
    {
        TrainAll();

        Assert.Empty(Do(Stage(2, isLast: true, Keys[3])).Events);
        Assert.Single(Do(Stage(1, isLast: false, Keys[2])).Events);
        Assert.Empty(Do(Stage(1, isLast: false, Keys[2])).Events);
        TrainAll();
        Assert.Single(Do(Stage(2, isLast: true, Keys[3])).Events);
        Assert.Empty(Do(Stage(3, isLast: true, Keys[3])).Events);
        Assert.Equal(Rejection.UnknownStudy, Do(new ExtendStudy("other", new(1, "", false), [], "")).Rejection);
    }

    [Fact]
    public void A_trial_that_another_study_has_trained_is_done()
    {
        Do(new SubmitStudy("other", "other", [Keys[2]]));
        TrainAll();

        Do(Stage(1, isLast: true, Keys[2]));

        Assert.Equal(3, Study.Accepted);
        Assert.True(Study.IsSettled);
    }

    [Fact]
    public void A_cancelled_study_awaits_nothing_and_goes_on_when_it_is_wanted_again()
    {
        TrainAll();
        Do(new CancelStudy("s"));
        Assert.True(Study.IsSettled);
        Assert.Empty(Do(Stage(1, isLast: false, Keys[2])).Events);

        Do(new SubmitStudy("s", "s", [Keys[0], Keys[1]]) { Stage = new(0, "generation 1", false) });

        Assert.True(Study.AwaitsStage);
        Assert.Single(Do(Stage(1, isLast: true, Keys[2])).Events);
    }

    [Fact]
    public void A_stage_of_a_study_cancelled_in_the_middle_is_trained_when_it_is_wanted_again()
    {
        TrainAll();
        Do(Stage(1, isLast: true, Keys[2]));
        Do(new CancelStudy("s"));
        Assert.IsType<TrialPhase.Cancelled>(_state.Trials[Keys[2]].Phase);

        Do(new SubmitStudy("s", "s", [.. Study.Trials]) { Stage = new(1, "", true) });

        Assert.Equal([2], Study.Waiting);
    }

    [Fact]
    public void A_snapshot_gives_the_same_study()
    {
        TrainAll();
        Do(Stage(1, isLast: false, Keys[2]));

        var again = CoordinatorState.Restore(
            _state.Epoch, [(new StudySubmitted("s", "s", Study.Trials, Now) { Stage = Study.Stage }, true, false)], _state.Trials.Values).Studies["s"];

        Assert.Equal((Study.Stage, Study.Accepted, Study.Waiting.Count), (again.Stage, again.Accepted, again.Waiting.Count));
        Assert.Equal(Study.Trials, again.Trials);
    }

    private static ExtendStudy Stage(int number, bool isLast, params TrialKey[] trials) => new("s", new(number, $"stage {number}", isLast), [.. trials], "{}");

    private void TrainAll()
    {
        Do(new GrantWork(Worker, 9));
        foreach (var (key, lease) in _state.Leases.ToArray())
        {
            Do(new AcceptResult(key, lease.Attempt, new("blob", 1, Outcome.Converged, 1, 0.5, 1)));
        }
    }

    private Decision Do(SweepCommand command)
    {
        var decision = CoordinatorDecider.Decide(_state, command, Now, Policy);
        _state = _state.ApplyAll(decision.Events);
        return decision;
    }
}
