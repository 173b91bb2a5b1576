using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Studies.Values;

namespace PinnSweep.Storage.Tests.Decisions;

public sealed class SqliteDecisionTablesTests() : DecisionTablesTests(Database.Sqlite)
{
    private const long Full = 2;

    [Fact]
    public async Task What_is_written_after_decisions_is_flushed_as_before()
    {
        var events = await LifeAsync();

        Store.Decisions.Write(events, events.Length);

        // The driver hands out the connection again that the decisions were written through, and theirs need no flush.
        Assert.Equal([Full], Store.Connections.Query("pragma synchronous", row => row.GetInt64(0)));
    }
}

public sealed class PostgresDecisionTablesTests() : DecisionTablesTests(Database.Postgres);

public abstract class DecisionTablesTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly WorkerIdentity Worker = new("w", "1");
    private readonly Database _database;
    private readonly StoreFolder _folder;
    private readonly FakeTimeProvider _clock = new(At);
    private readonly StudyPlan _plan = PlanOf(4);
    protected Store Store { get; }

    protected DecisionTablesTests(Database database)
    {
        _database = database;
        _folder = new(database);
        Store = Store.Open(_folder.Path, _clock);
        Store.Studies.Save(_plan, "study: text");
    }

    private TrialKey First => _plan.Trials[0].Key;

    private TrialKey Second => _plan.Trials[1].Key;

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_saved_study_is_found_by_name_and_by_hash_with_its_text_and_trials()
    {
        Store.Studies.Save(_plan, "another text changes nothing");

        Assert.Equal("study: text", Store.Studies.Find("some-study")!.Text);
        Assert.Equal(Store.Studies.Find("some-study"), Store.Studies.Find(_plan.Hash));
        Assert.Null(Store.Studies.Find("other"));
        Assert.Equal(_plan.Trials.Select(trial => trial.Key), Store.Studies.TrialsOf(_plan.Hash));
        Assert.Equal(_plan.Trials[2].Description.Canonical(), Store.Studies.DescriptionsOf([_plan.Trials[2].Key])[_plan.Trials[2].Key]);
    }

    [Fact]
    public async Task Results_are_read_whether_they_are_packed_or_plain()
    {
        Store.Decisions.Write([new TrialAccepted(First, 1, await ResultAsync(First), At), new TrialAccepted(Second, 1, await ResultAsync(Second, isPacked: true), At)], 2);

        var read = Store.Studies.LoadResults(_plan);

        Assert.Empty(read.Damaged);
        Assert.Empty(Store.Studies.FindDamaged(_plan.Hash));
        Assert.Equal((0.25, 0.25), (read.Results[First].Final.RelativeL2, read.Results[Second].Final.RelativeL2));
    }

    [Fact]
    public async Task Curves_are_read_when_they_are_asked_for_and_are_those_of_the_moment()
    {
        Store.Decisions.Write([new TrialAccepted(First, 1, await ResultAsync(First), At), new TrialAccepted(Second, 1, await ResultAsync(Second, isPacked: true), At)], 2);
        var read = Store.Studies.LoadResults(_plan);
        Store.Connections.Query("delete from results", _ => 0);

        Assert.Equal(("", ""), (read.Results[First].Description, read.Results[Second].Description));
        Assert.Equal([Second, First], read.Whole([Second, _plan.Trials[2].Key, First]).Select(result => result.Key));
        Assert.All(read.Whole([First, Second]), result => Assert.Equal(("d", 1), (result.Description, result.Curve.Length)));

        Store.Connections.Query("delete from blobs where sha256 = (select min(sha256) from blobs)", _ => 0);

        var lost = Assert.Throws<UserMistakeException>(() => read.Whole([First, Second]).ToList());
        Assert.Contains("could be read when the report began", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadResults_gives_accepted_results_quarantined_trials_and_the_faults_that_were_retried()
    {
        var events = await LifeAsync();

        Store.Decisions.Write(events, events.Length);

        ExpectLife();
        Assert.Equal(events.Length, Store.Decisions.Position());
    }

    [Fact]
    public async Task ResultsOf_tells_results_without_opening_them()
    {
        Store.Decisions.Write(await LifeAsync(), 9);

        var result = Assert.Single(Store.Studies.ResultsOf(_plan.Hash));

        Assert.Equal(new(First, 2, Outcome.Stalled, 10, double.NaN, 1.5, At), result);
    }

    [Fact]
    public async Task Of_some_trials_results_are_counted_and_those_that_are_still_to_come_are_named()
    {
        var keys = _plan.Trials.Select(trial => trial.Key).ToArray();
        Assert.Equal(0, Store.Studies.CountResults(keys));
        Assert.Equal(keys, Store.Studies.Unsettled(keys));

        Store.Decisions.Write(await LifeAsync(), 9);

        Assert.Equal(1, Store.Studies.CountResults(keys));
        Assert.Equal(0, Store.Studies.CountResults([Second]));
        Assert.Equal(keys[2..], Store.Studies.Unsettled(keys));
        Assert.Empty(Store.Studies.Unsettled([]));
    }

    [Fact]
    public async Task PageOf_tells_where_each_trial_of_a_part_stands()
    {
        Store.Decisions.Write(await LifeAsync(), 9);

        var page = Store.Studies.PageOf(_plan.Hash, 0, 3);

        Assert.Equal(_plan.Trials.Take(3).Select(trial => trial.Key), page.Select(trial => trial.Key));
        Assert.Equal((2, Outcome.Stalled, 1), (page[0].Result!.Attempt, page[0].Result!.Outcome, page[0].Faults));
        Assert.Equal([false, true, false], page.Select(trial => trial.IsQuarantined));
        Assert.Equal(_plan.Trials[3].Key, Assert.Single(Store.Studies.PageOf(_plan.Hash, 3, 100)).Key);
        Assert.Empty(Store.Studies.PageOf(_plan.Hash, int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void FindByPrefix_tells_whether_the_beginning_of_a_hash_is_clear()
    {
        foreach (var hash in (string[])["abc1", "abc2", "abff"])
        {
            Store.Studies.Save(_plan with { Hash = hash }, "text");
        }

        Assert.Equal("abff", Assert.Single(Store.Studies.FindByPrefix("abf")).Hash);
        Assert.Equal(2, Store.Studies.FindByPrefix("abc").Length);
        Assert.Empty(Store.Studies.FindByPrefix("ac"));
    }

    [Fact]
    public async Task Writing_decisions_twice_is_writing_them_once()
    {
        var events = await LifeAsync();

        Store.Decisions.Write(events, events.Length);
        Store.Decisions.Write(events, events.Length);

        ExpectLife();
    }

    [Fact]
    public async Task Rebuild_says_what_the_events_said()
    {
        var events = await LifeAsync();
        var state = CoordinatorState.Empty.ApplyAll([new StudySubmitted(_plan.Hash, "s", [.. _plan.Trials.Select(trial => trial.Key)], At), .. events]);

        Store.Decisions.Rebuild(state, 42);

        ExpectLife();
        Assert.Equal(42, Store.Decisions.Position());
    }

    [Fact]
    public async Task Rebuild_takes_back_what_the_state_does_not_say()
    {
        Store.Decisions.Write([.. await LifeAsync(), new TrialQuarantined(_plan.Trials[2].Key, At), new TrialCheckpointed(_plan.Trials[3].Key, 1, new(await PutAsync("checkpoint"), 10, 1), At)], 9);
        var state = CoordinatorState.Empty.ApplyAll([new StudySubmitted(_plan.Hash, "s", [.. _plan.Trials.Select(trial => trial.Key)], At), .. await LifeAsync()]);

        Store.Decisions.Rebuild(state, 43);

        ExpectLife();
        Assert.Equal([Second], Store.Studies.LoadResults(_plan).Quarantined.Select(trial => trial.Key));
        Assert.Equal([Store.Connections.Query("select blob from results", row => row.GetString(0)).Single()], Blobs());
    }

    [Fact]
    public async Task Rebuild_writes_the_rows_that_the_decisions_wrote_whatever_time_it_is_now()
    {
        SweepEvent[] events =
        [
            .. (await LifeAsync()).Select((happened, i) => happened with { At = At.AddMinutes(i) }),
            Leased(_plan.Trials[2].Key, 1),
            new TrialCheckpointed(_plan.Trials[2].Key, 1, new(await PutAsync("checkpoint"), 10, 7), At.AddMinutes(20)),
            new TrialReleased(_plan.Trials[2].Key, 1, "drain", At.AddMinutes(21)),
            Leased(_plan.Trials[2].Key, 2),
        ];
        Store.Decisions.Write(events, events.Length);
        var written = Rows(Store);
        using var folder = new StoreFolder(_database);
        using var other = Store.Open(folder.Path, _clock);
        _clock.Advance(TimeSpan.FromDays(1));

        other.Decisions.Rebuild(State(events), 1);

        Assert.Equal(written, Rows(other));
        Assert.Contains(written, row => row.StartsWith("checkpoint ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rebuild_of_a_state_that_knows_no_moments_makes_none_up()
    {
        var state = State([.. await LifeAsync(), Leased(_plan.Trials[2].Key, 1), new TrialCheckpointed(_plan.Trials[2].Key, 1, new(await PutAsync("checkpoint"), 10, 7), At)]);
        var unknowing = state with { Trials = state.Trials.ToImmutableDictionary(trial => trial.Key, trial => trial.Value with { SettledAt = null, CheckpointOrigin = null }) };

        Store.Decisions.Rebuild(unknowing, 1);

        Assert.Null(Assert.Single(Store.Studies.ResultsOf(_plan.Hash)).AcceptedAt);
        Assert.Equal((0, ""), Store.Connections.Query("select attempt, at from checkpoints", row => (row.GetInt64(0), row.GetString(1))).Single());
        Assert.Equal("", Store.Connections.Query("select at from quarantined", row => row.GetString(0)).Single());
        ExpectLife();
    }

    [Fact]
    public async Task Rebuild_leaves_rows_that_are_there_as_they_are()
    {
        var events = await LifeAsync();
        Store.Decisions.Write(events, events.Length);
        var written = Rows(Store);

        Store.Decisions.Rebuild(State([.. events.Select(happened => happened with { At = At.AddDays(3) })]), 1);

        Assert.Equal(written, Rows(Store));
    }

    [Fact]
    public async Task Zero_bytes_in_what_a_dying_process_said_areStored_as_signs()
    {
        Store.Decisions.Write([.. await LifeAsync(), new TrialFaulted(Second, new(3, Worker, new(FaultKind.Crash, "a\0b", "\0"), At), At)], 9);

        Assert.Contains("attempt 3 on w: crash: a\ufffdb\n\ufffd", Store.Studies.LoadResults(_plan).Quarantined.Single().Faults);
    }

    [Fact]
    public async Task A_new_checkpoint_replaces_the_old_one_and_the_result_replaces_both()
    {
        var checkpoints = new[] { await PutAsync("one"), await PutAsync("two") };
        var result = await ResultAsync(First);

        Store.Decisions.Write([new TrialCheckpointed(First, 1, new(checkpoints[0], 3, 1), At)], 1);
        Store.Decisions.Write([new TrialCheckpointed(First, 1, new(checkpoints[1], 3, 2), At)], 2);
        Assert.Equal(new[] { checkpoints[1], result.Blob }.Order(StringComparer.Ordinal), Blobs());

        Store.Decisions.Write([new TrialAccepted(First, 1, result, At)], 3);
        Assert.Equal([result.Blob], Blobs());
    }

    [Fact]
    public async Task The_checkpoint_at_the_end_of_a_trial_stays_until_another_has_taken_it_over_or_nobody_will()
    {
        var (first, second, third) = (First, Second, _plan.Trials[2].Key);
        SweepEvent[] rung =
        [
            Leased(first, 1),
            new TrialCheckpointed(first, 1, new(await PutAsync("end of first"), 10, 40), At),
            new TrialAccepted(first, 1, (await ResultAsync(first)) with { Steps = 40 }, At) { KeepsFinal = true },
            Leased(second, 1),
            new TrialCheckpointed(second, 1, new(await PutAsync("end of second"), 10, 40), At),
            new TrialAccepted(second, 1, (await ResultAsync(second)) with { Steps = 40 }, At) { KeepsFinal = true },
        ];
        Store.Decisions.Write(rung, 6);
        Assert.Equal(4, Blobs().Count());
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, Store.Decisions.DeleteOrphans());

        var next = new StudyExtended(_plan.Hash, new(1, "rung 2", false), [], "", At) { Continues = [new(third, first)], Forgets = [second] };
        for (var times = 0; times < 2; times++)
        {
            Store.Decisions.Write([next], 7);

            Assert.Equal([(third.Hex, 40L)], Store.Connections.Query("select key, step from checkpoints", row => (row.GetString(0), row.GetInt64(1))));
            Assert.Equal(3, Blobs().Count());
        }

        var written = Rows(Store);
        Store.Decisions.Rebuild(State([.. rung, next]), 7);
        Assert.Equal(written, Rows(Store));

        Store.Decisions.Write([new StudyCancelled(_plan.Hash, At) { Forgets = [third] }], 8);
        Assert.Equal(2, Blobs().Count());
    }

    [Fact]
    public async Task DeleteOrphans_spares_what_is_named_and_what_is_young()
    {
        await PutAsync("orphan");
        var named = await PutAsync("named");
        Store.Decisions.Write([new TrialCheckpointed(First, 1, new(named, 5, 1), At)], 1);
        Assert.Equal(0, Store.Decisions.DeleteOrphans());

        _clock.Advance(TimeSpan.FromHours(2));
        var young = await PutAsync("young");

        Assert.Equal(1, Store.Decisions.DeleteOrphans());
        Assert.Equal(new[] { named, young }.Order(StringComparer.Ordinal), Blobs());
    }

    [Fact]
    public async Task A_trained_network_stays_with_its_result_and_comes_back_when_rows_are_made_again()
    {
        var network = await PutAsync("network");
        var accepted = new TrialAccepted(First, 1, (await ResultAsync(First)) with { Network = network }, At);
        Store.Decisions.Write([Leased(First, 1), accepted], 2);
        _clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(0, Store.Decisions.DeleteOrphans());
        Assert.Equal(network, Store.Studies.NetworkOf(First));
        Assert.Null(Store.Studies.NetworkOf(Second));
        Assert.Equal(accepted.Result.Network, Assert.Single(Store.Decisions.Facts().Results).Result.Network);

        using (var connection = Store.Connections.Open())
        {
            connection.Execute("update results set network = null");
        }

        Assert.Equal(1, Store.Decisions.MendResults(State([Leased(First, 1), accepted])));
        Assert.Equal(network, Store.Studies.NetworkOf(First));

        Store.Decisions.Write([new TrialResultLost(First, 1, "gone", At)], 3);
        Assert.Null(Store.Studies.NetworkOf(First));
        Assert.Equal(2, Store.Decisions.DeleteOrphans());
    }

    [Fact]
    public async Task The_state_at_the_end_stays_with_its_result_and_another_trial_begins_with_it()
    {
        var longer = _plan.Trials[2].Key;
        var end = await PutAsync("end of first");
        var accepted = new TrialAccepted(First, 1, (await ResultAsync(First)) with { Steps = 40, Final = new(end, 12, 40) }, At);
        SweepEvent[] events = [new StudySubmitted(_plan.Hash, "s", [First, longer], At), Leased(First, 1), accepted, new StudySubmitted("more", "more", [longer], At) { Continues = [new(longer, First)] }];
        Store.Decisions.Write(events, 4);
        _clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(0, Store.Decisions.DeleteOrphans());
        Assert.Equal((end, null), (Store.Studies.FinalOf(First), Store.Studies.FinalOf(longer)));
        Assert.Equal(accepted.Result.Final, Assert.Single(Store.Decisions.Facts().Results).Result.Final);
        Assert.Equal([(longer.Hex, 1L, 40L, end)], Checkpoints());
        var written = Rows(Store);
        Store.Decisions.Rebuild(CoordinatorState.Empty.ApplyAll(events), 4);
        Assert.Equal(written, Rows(Store));

        // What the longer trial stores next, and its result, leave the content to the one that it began with.
        SweepEvent[] more = [Leased(longer, 1), new TrialCheckpointed(longer, 1, new(await PutAsync("later"), 5, 50), At), new TrialAccepted(longer, 1, await ResultAsync(longer), At)];
        Store.Decisions.Write(more[..2], 6);
        Store.Decisions.Write(more[2..], 7);
        Assert.Empty(Checkpoints());
        Assert.Contains(end, Blobs());

        using (var connection = Store.Connections.Open())
        {
            connection.Execute("update results set final = null");
        }

        Assert.Equal(1, Store.Decisions.MendResults(CoordinatorState.Empty.ApplyAll([.. events, .. more])));
        Assert.Equal(end, Store.Studies.FinalOf(First));
        Store.Decisions.Write([new TrialResultLost(First, 1, "gone", At)], 8);
        Assert.Null(Store.Studies.FinalOf(First));
        Assert.True(Store.Decisions.DeleteOrphans() >= 1);
        Assert.DoesNotContain(end, Blobs());
    }

    [Fact]
    public async Task A_checkpoint_that_ends_is_not_taken_from_the_result_that_has_it_too()
    {
        var longer = _plan.Trials[2].Key;
        var end = await PutAsync("end of first");
        Store.Decisions.Write(
            [
                Leased(First, 1),
                new TrialAccepted(First, 1, (await ResultAsync(First)) with { Steps = 40, Final = new(end, 12, 40) }, At),
                new StudySubmitted("more", "more", [longer], At) { Continues = [new(longer, First)] },
                new TrialCancelled(longer, At),
            ],
            4);

        Assert.Empty(Checkpoints());
        Assert.Contains(end, Blobs());
    }

    [Fact]
    public async Task A_retried_trial_is_no_longer_quarantined()
    {
        var events = await LifeAsync();

        Store.Decisions.Write([.. events, new TrialRetried(Second, At)], 9);

        Assert.Empty(Store.Studies.LoadResults(_plan).Quarantined);
    }

    /// <summary>The first trial: a crash, then a result. The second: quarantined by two faults. The others: untouched.</summary>
    protected async Task<SweepEvent[]> LifeAsync() =>
    [
        Leased(First, 1),
        new TrialFaulted(First, new(1, Worker, new(FaultKind.Crash, "it fell over", "stack"), At), At),
        Leased(First, 2),
        new TrialAccepted(First, 2, await ResultAsync(First), At),
        Leased(Second, 1),
        new TrialFaulted(Second, new(1, Worker, new(FaultKind.Timeout, "silence", ""), At), At),
        Leased(Second, 2),
        new TrialFaulted(Second, new(2, Worker, new(FaultKind.OutOfMemory, "no room", ""), At), At),
        new TrialQuarantined(Second, At),
    ];

    private void ExpectLife()
    {
        var results = Store.Studies.LoadResults(_plan);

        Assert.Equal([First], results.Results.Keys);
        Assert.Equal(0.25, results.Results[First].Final.RelativeL2);
        Assert.Equal(
            ["attempt 1 on w: timeout: silence", "attempt 2 on w: out-of-memory: no room"],
            Assert.Single(results.Quarantined, trial => trial.Key == Second).Faults);
        Assert.Equal(2, results.FaultsRetried);
        Assert.Equal(2, results.Attempts.Count);
        Assert.Equal((new TrialAttempts(2, 1), new TrialAttempts(2, 2)), (results.Attempts[First], results.Attempts[Second]));
    }

    private CoordinatorState State(IEnumerable<SweepEvent> events) =>
        CoordinatorState.Empty.ApplyAll([new StudySubmitted(_plan.Hash, "s", [.. _plan.Trials.Select(trial => trial.Key)], At), .. events]);

    /// <summary>Everything that decisions leave in the tables, but for blobs.</summary>
    private static string[] Rows(Store store) =>
    [
        .. Of(store, "result", "select key, attempt, blob, steps, accepted_at from results order by key"),
        .. Of(store, "checkpoint", "select key, attempt, blob, step, at from checkpoints order by key"),
        .. Of(store, "fault", "select key, attempt, kind, message, at from faults order by key, attempt"),
        .. Of(store, "quarantined", "select key, at from quarantined order by key"),
    ];

    private static IEnumerable<string> Of(Store store, string what, string sql) =>
        store.Connections.Query(sql, row => $"{what} {string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(row.GetValue))}");

    private static TrialLeased Leased(TrialKey key, int attempt) => new(key, new(attempt, Worker, 1, At), At);

    private async Task<ResultReference> ResultAsync(TrialKey key, bool isPacked = false)
    {
        var result = new TrialResult(
            key, "d", Outcome.Stalled, 10, 5, 1.5, ["residual"], [new(10, 1.5, 0.25, 0.5, [double.NaN], [1])],
            ImmutableSortedDictionary<string, int>.Empty,
            new("c", ImmutableSortedDictionary<string, string>.Empty, "m", "e", [], At, At));
        // Earlier versions stored the record as it is.
        var content = isPacked ? PackedResult.Pack(result) : JsonSerializer.SerializeToUtf8Bytes(result, TrainerProtocol.Json);
        return new(await PutAsync(content), content.Length, Outcome.Stalled, 10, double.NaN, 1.5);
    }

    private Task<string> PutAsync(string text) => PutAsync(System.Text.Encoding.UTF8.GetBytes(text));

    private async Task<string> PutAsync(byte[] content)
    {
        File.WriteAllBytes(_folder.File("blob"), content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder.File("blob"))));
        await Store.Blobs.PutAsync(_folder.File("blob"), hash, new FileInfo(_folder.File("blob")).Length, CancellationToken.None);
        return hash;
    }

    private IEnumerable<(string Key, long Attempt, long Step, string Blob)> Checkpoints() =>
        Store.Connections.Query("select key, attempt, step, blob from checkpoints", row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3)));

    private IEnumerable<string> Blobs() => Store.Connections.Query("select sha256 from blobs order by sha256", row => row.GetString(0));

    internal static StudyPlan PlanOf(int trials)
    {
        var levels = new CellLevels(
            Level.Of("p"), Level.Of("n"), Level.Of("b"), Level.Of("s"), Level.Of("o"), Level.Of("t"), Precision.Float64);
        var spec = new StudySpec(
            "some-study", "relative_l2", [1], ImmutableSortedDictionary<Factor, ImmutableArray<Level>>.Empty, [], Budget.OfSteps(10), 10, 1e-2, null);
        var planned = Enumerable.Range(1, trials).Select(seed => new TrialDescription(levels, seed, Budget.OfSteps(10), 10, 1e-2));
        return new(
            spec, "some-hash", [new(levels, ImmutableSortedDictionary<Factor, string>.Empty)], [],
            [.. planned.Select(description => new PlannedTrial(description.Key(), description, 0))]);
    }
}
