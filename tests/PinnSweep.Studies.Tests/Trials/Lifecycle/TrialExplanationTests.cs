using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Tests.Trials.Lifecycle;

public sealed class TrialExplanationTests
{
    private static readonly WorkerIdentity Worker = new("w", "1");
    private static readonly TrialKey First = new(new string('a', 64));
    private static readonly TrialKey Second = new(new string('b', 64));
    private static readonly FleetMember[] Fleet = [new("w", new(1, 0))];

    [Fact]
    public void Every_reason_to_wait_is_named()
    {
        var state = Of(new SubmitStudy("hash", "study", [First, Second]));

        Assert.Contains("no worker is registered", Why(state, Second), StringComparison.Ordinal);
        Assert.Contains("1 trials of study study go before it", Why(state, Second, Fleet), StringComparison.Ordinal);
        Assert.Contains("w is draining", Why(state, Second, Fleet[0] with { IsDraining = true }), StringComparison.Ordinal);
        Assert.Contains("is paused", Why(Then(state, new PauseStudy("hash")), Second, Fleet), StringComparison.Ordinal);
        Assert.Contains(
            "needs a gpu slot and none of the 1 workers has one: w",
            Why(Of(new SubmitStudy("hash", "study", [First], new(0, null, Devices.Gpu))), First, Fleet),
            StringComparison.Ordinal);
        Assert.Contains(
            "the most it may (--max-running 1)",
            Why(Of(new SubmitStudy("hash", "study", [First, Second], new(0, 1)), new GrantWork(Worker, 1)), Second, Fleet),
            StringComparison.Ordinal);
        Assert.Contains(
            "1 trials of studies with a higher priority go first: urgent",
            Why(Then(state, new SubmitStudy("other", "urgent", [new(new string('c', 64))], new(1))), First, Fleet),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_it_stands_comes_first_and_its_faults_follow()
    {
        var state = Of(
            new SubmitStudy("hash", "study", [First]),
            new GrantWork(Worker, 1),
            new RecordFault(First, 1, new(FaultKind.Crash, "exit code 139", "")),
            new GrantWork(Worker, 1));

        var lines = TrialExplanation.Of(state, First, Fleet);

        Assert.Equal("running", TrialPhaseWords.PhaseOf(state.Trials[First]));
        Assert.Equal("attempt 2 runs on w", lines[0]);
        Assert.EndsWith("attempt 1 on w: Crash: exit code 139", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_that_counts_no_more_says_why()
    {
        var state = Of(
            new SubmitStudy("hash", "study", [First]),
            new GrantWork(Worker, 1),
            new RecordFault(First, 1, new(FaultKind.Crash, "exit code 139", "")),
            new GrantWork(Worker, 1),
            new RecordCheckpoint(First, 2, new(new string('c', 64), 5, 40)));

        Assert.EndsWith("(a later checkpoint left it behind)", TrialExplanation.Of(state, First, Fleet)[1], StringComparison.Ordinal);
    }

    private static string Why(CoordinatorState state, TrialKey key, params FleetMember[] fleet) => TrialExplanation.Of(state, key, fleet)[0];

    private static CoordinatorState Of(params SweepCommand[] commands) => commands.Aggregate(CoordinatorState.Empty, Then);

    private static CoordinatorState Then(CoordinatorState state, SweepCommand command) =>
        state.ApplyAll(CoordinatorDecider.Decide(state, command, DateTimeOffset.UnixEpoch, new(TimeSpan.FromSeconds(10))).Events);
}
