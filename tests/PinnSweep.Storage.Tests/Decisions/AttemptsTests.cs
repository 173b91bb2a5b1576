using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Storage.Tests.Decisions;

public sealed class SqliteAttemptsTests() : AttemptsTests(Database.Sqlite);

public sealed class PostgresAttemptsTests() : AttemptsTests(Database.Postgres);

public abstract class AttemptsTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly WorkerIdentity Ada = new("ada", "1");
    private static readonly WorkerIdentity Bob = new("bob", "2");
    private readonly StoreFolder _folder;
    private readonly StudyPlan _plan = DecisionTablesTests.PlanOf(3);
    private readonly Store _store;

    protected AttemptsTests(Database database)
    {
        _folder = new(database);
        _store = Store.Open(_folder.Path);
        _store.Studies.Save(_plan, "study: text");
    }

    private TrialKey Key => _plan.Trials[0].Key;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Each_attempt_is_told_with_worker_times_end_and_evidence()
    {
        Write(
            Leased(Ada, 1, 0),
            Faulted(Ada, 1, 1, FaultKind.Crash, "it fell over", "the last\nlines"),
            Leased(Bob, 2, 2),
            new TrialReleased(Key, 2, "drain\0", At.AddMinutes(3)),
            Leased(Ada, 3, 4),
            Accepted(3, 5));

        Assert.Equal(
            [
                new(1, "ada", At, At.AddMinutes(1), AttemptEnding.Faulted, null, new("crash", "it fell over", "the last\nlines")),
                new(2, "bob", At.AddMinutes(2), At.AddMinutes(3), AttemptEnding.Released, "drain\ufffd", null),
                new(3, "ada", At.AddMinutes(4), At.AddMinutes(5), AttemptEnding.Accepted, null, null),
            ],
            _store.Studies.AttemptsOf(Key));
        Assert.Empty(_store.Studies.AttemptsOf(_plan.Trials[1].Key));
    }

    [Fact]
    public void What_happened_is_told_in_order_within_the_moments_asked_for_and_every_end_once()
    {
        Write(
            Leased(Ada, 1, 0),
            Faulted(Ada, 1, 1, FaultKind.Crash, "it fell over", "the last\nlines"),
            Leased(Bob, 2, 1),
            new TrialReleased(Key, 2, "drain", At.AddMinutes(3)),
            Leased(Ada, 3, 4),
            Accepted(3, 5),
            new TrialQuarantined(_plan.Trials[1].Key, At.AddMinutes(5)));

        var all = _store.Studies.EventsOf(_plan.Hash, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

        Assert.Equal(
            [
                new(At, "started", Key, 1, "ada", ""),
                new(At.AddMinutes(1), "faulted", Key, 1, "ada", "crash: it fell over"),
                new(At.AddMinutes(1), "started", Key, 2, "bob", ""),
                new(At.AddMinutes(3), "ended", Key, 2, "bob", "released: drain"),
                new(At.AddMinutes(4), "started", Key, 3, "ada", ""),
                new(At.AddMinutes(5), "accepted", Key, 3, "ada", "converged"),
                new(At.AddMinutes(5), "quarantined", _plan.Trials[1].Key, 0, null, ""),
            ],
            all);
        Assert.Equal(all[1..4], _store.Studies.EventsOf(_plan.Hash, At.AddMinutes(1), At.AddMinutes(4)));
        Assert.Empty(_store.Studies.EventsOf("another", DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        Assert.Equal([_plan.Hash], _store.Studies.StudiesOf(Key));
        Assert.Equal([Key], _store.Studies.TrialsLike(Key.Hex[..12]));
        Assert.Empty(_store.Studies.TrialsLike("zz"));
    }

    [Fact]
    public void An_attempt_that_runs_has_no_end_and_one_that_was_written_again_the_end_it_had()
    {
        SweepEvent[] events = [Leased(Ada, 1, 0), new TrialReleased(Key, 1, "drain", At.AddMinutes(1)), Leased(Bob, 2, 2)];

        Write(events);
        Write(events);

        Assert.Equal([AttemptEnding.Released, null], _store.Studies.AttemptsOf(Key).Select(attempt => attempt.Ending));
        Assert.Equal("bob", Page().Worker);
    }

    [Fact]
    public void A_late_result_is_its_own_attempts_and_supersedes_the_running_one()
    {
        Write(Leased(Ada, 1, 0), Faulted(Ada, 1, 1, FaultKind.LostWorker, "silence", ""), Leased(Bob, 2, 2), Accepted(1, 3));

        var attempts = _store.Studies.AttemptsOf(Key);

        Assert.Equal([AttemptEnding.Accepted, AttemptEnding.Superseded], attempts.Select(attempt => attempt.Ending));
        Assert.Equal("silence", attempts[0].Fault!.Message);
        Assert.All(attempts, attempt => Assert.Equal(At.AddMinutes(3), attempt.EndedAt));
        Assert.Equal("ada", Page().Worker);
    }

    [Fact]
    public void Cancelling_ends_the_attempt_that_runs_and_none_that_had_ended()
    {
        var other = _plan.Trials[1].Key;
        Write(
            Leased(Ada, 1, 0), Faulted(Ada, 1, 1, FaultKind.Crash, "it fell over", ""), Leased(Ada, 2, 2), new TrialCancelled(Key, At.AddMinutes(3)),
            Leased(Ada, 1, 0, other), Faulted(Ada, 1, 1, FaultKind.Crash, "it fell over", "", other), new TrialCancelled(other, At.AddMinutes(3)));

        Assert.Equal([AttemptEnding.Faulted, AttemptEnding.Cancelled], _store.Studies.AttemptsOf(Key).Select(attempt => attempt.Ending));
        Assert.Equal([AttemptEnding.Faulted], _store.Studies.AttemptsOf(other).Select(attempt => attempt.Ending));
    }

    [Fact]
    public void A_result_that_the_store_lost_was_accepted_when_it_was()
    {
        SweepEvent[] lost = [new TrialResultLost(Key, 1, "its content is missing", At.AddDays(1))];
        Write(Leased(Ada, 1, 0), Faulted(Ada, 1, 1, FaultKind.LostWorker, "silence", ""), Accepted(1, 2));
        Write(lost);
        Write(lost);
        Write(Leased(Bob, 2, 3));

        Assert.Equal(
            [(AttemptEnding.ResultLost, "its content is missing", (DateTimeOffset?)At.AddMinutes(2)), (null, null, null)],
            _store.Studies.AttemptsOf(Key).Select(attempt => (attempt.Ending, attempt.Reason, attempt.EndedAt)));
    }

    [Fact]
    public void Without_rows_of_attempts_faults_and_results_tell_what_they_know()
    {
        Write(Leased(Ada, 1, 0), Faulted(Ada, 1, 1, FaultKind.Crash, "it fell over", ""), Leased(Bob, 2, 2), Accepted(2, 3));
        Run("delete from attempts");

        Assert.Equal(
            [(1, "ada", AttemptEnding.Faulted), (2, null, AttemptEnding.Accepted)],
            _store.Studies.AttemptsOf(Key).Select(attempt => (attempt.Attempt, attempt.Worker, attempt.Ending)));
        Assert.Null(Page().Worker);
        Run("delete from results");
        Assert.Equal("ada", Page().Worker);
    }

    [Fact]
    public void Rebuild_writes_the_running_attempt_and_ends_those_that_run_no_more_and_makes_up_neither_moment_nor_end()
    {
        SweepEvent[] known = [Leased(Ada, 1, 0)];
        SweepEvent[] unwritten = [new TrialReleased(Key, 1, "drain", At.AddMinutes(1)), Leased(Bob, 2, 2)];
        Write(known);

        _store.Decisions.Rebuild(State([.. known, .. unwritten]), 3);

        Assert.Equal(
            [new(1, "ada", At, null, AttemptEnding.Unknown, null, null), new(2, "bob", null, null, null, null, null)],
            _store.Studies.AttemptsOf(Key));
        Write(new TrialReleased(Key, 2, "drain", At.AddMinutes(3)));
        Assert.Equal((AttemptEnding.Released, At.AddMinutes(3)), (_store.Studies.AttemptsOf(Key)[1].Ending, _store.Studies.AttemptsOf(Key)[1].EndedAt));
    }

    [Fact]
    public void Rebuild_leaves_attempts_that_are_there_as_they_are()
    {
        var other = _plan.Trials[1].Key;
        SweepEvent[] events =
        [
            Leased(Ada, 1, 0), Faulted(Ada, 1, 1, FaultKind.Crash, "it fell over", ""), Leased(Bob, 2, 2), Accepted(2, 3),
            Leased(Ada, 1, 0, other), new TrialReleased(other, 1, "drain", At.AddMinutes(1)), Leased(Bob, 2, 2, other),
        ];
        Write(events);
        var written = Rows();

        _store.Decisions.Rebuild(State(events), 7);

        Assert.Equal(written, Rows());
    }

    [Theory]
    [InlineData("update attempts set leased_at = 'no date'", "no date")]
    [InlineData("update attempts set ending = 'relaesed'", "'relaesed' is no end of an attempt")]
    [InlineData("update attempts set attempt = -1", "no number of an attempt")]
    [InlineData("update attempts set key = 'ab'", "no study has the trial")]
    public void A_damaged_row_is_found_and_says_what_can_be_read_of_it(string damage, string what)
    {
        Write(Leased(Ada, 1, 0), Accepted(1, 1));
        Assert.DoesNotContain(Findings(), finding => finding.StartsWith("attempts", StringComparison.Ordinal));

        Run(damage);

        Assert.Contains(what, Assert.Single(Findings(), finding => finding.StartsWith("attempts", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal([(1, AttemptEnding.Accepted)], _store.Studies.AttemptsOf(Key).Select(attempt => (attempt.Attempt, attempt.Ending)));
        Page();
    }

    [Fact]
    public void An_attempt_is_granted_in_the_place_of_a_damaged_row()
    {
        Write(Leased(Ada, 1, 0), new TrialReleased(Key, 1, "drain", At));
        Run("update attempts set attempt = 2");

        Write(Leased(Bob, 2, 2));

        Assert.Equal([new(2, "bob", At.AddMinutes(2), null, null, null, null)], _store.Studies.AttemptsOf(Key));
    }

    private StoredTrial Page() => _store.Studies.PageOf(_plan.Hash, 0, 1).Single();

    private string[] Findings() => [.. _store.Examine(_ => { })];

    private void Write(params SweepEvent[] events) => _store.Decisions.Write(events, 1);

    private void Run(string sql)
    {
        using var connection = _store.Connections.Open();
        connection.Execute(sql);
    }

    private IReadOnlyList<string> Rows() => _store.Connections.Query(
        "select key, attempt, worker, incarnation, leased_at, ended_at, ending, reason from attempts order by key, attempt",
        row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue)));

    private CoordinatorState State(IEnumerable<SweepEvent> events) =>
        CoordinatorState.Empty.ApplyAll([new StudySubmitted(_plan.Hash, "s", [.. _plan.Trials.Select(trial => trial.Key)], At), .. events]);

    private TrialLeased Leased(WorkerIdentity worker, int attempt, int minute, TrialKey? key = null) =>
        new(key ?? Key, new(attempt, worker, 1, At.AddHours(1)), At.AddMinutes(minute));

    private TrialFaulted Faulted(WorkerIdentity worker, int attempt, int minute, FaultKind kind, string message, string detail, TrialKey? key = null) =>
        new(key ?? Key, new(attempt, worker, new(kind, message, detail), At.AddMinutes(minute)), At.AddMinutes(minute));

    private TrialAccepted Accepted(int attempt, int minute) =>
        new(Key, attempt, new(new string('b', 64), 1, Outcome.Converged, 10, 0.1, 1), At.AddMinutes(minute));
}
