using System.Collections.Immutable;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Local;
using PinnSweep.Storage;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Local;

/// <summary>
/// What has become unreadable in a store is named, costs nothing else, and is trained again by the same run to the same numbers.
/// </summary>
[Collection("damaged stores")]
public sealed class DamagedStoreTests(ITestOutputHelper output, UndisturbedStore whole) : IDisposable, IClassFixture<UndisturbedStore>
{
    private static readonly StudyPlan Plan = UndisturbedStore.Plan;

    private readonly TestStore _store = new();
    private readonly TestLog _log = new(output);

    public void Dispose()
    {
        _log.Dispose();
        _store.Dispose();
    }

    [Theory]
    [InlineData("update blobs set content = zeroblob(length(content)) where sha256 = (select blob from results where key = $1)", "damaged")]
    [InlineData("delete from blobs where sha256 = (select blob from results where key = $1)", "missing")]
    [InlineData("update blobs set content = 7 where sha256 = (select blob from results where key = $1)", "damaged")]
    public async Task A_result_that_cannot_be_read_is_named_and_trained_again_to_the_same_digits(string damage, string what)
    {
        var undisturbed = Undisturbed();
        var hurt = Plan.Trials[2].Key;
        Damage(damage.Replace("$1", $"'{hurt.Hex}'", StringComparison.Ordinal));

        var reported = Load();
        Assert.Equal(hurt, Assert.Single(reported.Damaged).Key);
        Assert.Contains(what, reported.Damaged[0].What, StringComparison.Ordinal);
        Assert.Equal(Plan.Trials.Length - 1, reported.Results.Count);

        var healed = await RunAsync();

        Assert.Empty(healed.Results.Damaged);
        Assert.Equal(Digits(undisturbed), Digits(healed.Results));
        var journal = Journal();
        Assert.Contains(what, Assert.Single(journal.OfType<TrialResultLost>(), lost => lost.Key == hurt).Reason, StringComparison.Ordinal);
        Assert.Equal(Plan.Trials.Length + 1, journal.OfType<TrialLeased>().Count());
        Assert.Equal([1, 2], journal.OfType<TrialAccepted>().Where(accepted => accepted.Key == hurt).Select(accepted => accepted.Attempt));
        Assert.Equal(0, healed.Results.FaultsRetried);
    }

    [Theory]
    [InlineData("delete from results where key = $1")]
    [InlineData("update results set blob = 'x' || substr(blob, 2) where key = $1")]
    [InlineData("update results set attempt = 0 where key = $1")]
    [InlineData("update results set accepted_at = 'yesterday' where key = $1")]
    [InlineData("update results set key = 'x' || substr(key, 2) where key = $1")]
    [InlineData("delete from study_trials where position = 2")]
    [InlineData("delete from studies")]
    [InlineData("update studies set submitted_at = 'yesterday', name = 'x'")]
    [InlineData("delete from trials where key = $1")]
    [InlineData("update trials set description = description || ' ' where key = $1")]
    [InlineData("delete from projections")]
    public async Task A_damaged_row_costs_nothing_that_the_journal_or_the_plan_still_says(string damage)
    {
        var undisturbed = Undisturbed();
        Damage(damage.Replace("$1", $"'{Plan.Trials[2].Key.Hex}'", StringComparison.Ordinal));

        var healed = await RunAsync(options => options with { TrainerPath = "/bin/false" });

        Assert.Equal(Digits(undisturbed), Digits(healed.Results));
        Assert.Empty(Load().Damaged);
        using var store = Store.OpenForReading(_store.Path);
        Assert.Equal(Plan.Trials.Select(trial => trial.Key), store.Studies.TrialsOf(Plan.Hash));
        Assert.Equal("damaged", Assert.Single(store.Studies.List()).Name);
        Assert.Equal(6, store.Studies.ResultsOf(Plan.Hash).Length);
    }

    [Theory]
    [InlineData("update journal set message = zeroblob(length(message)) where manifest = 'study-submitted-1'")]
    [InlineData("update journal set message = zeroblob(length(message)) where sequence_number = 4")]
    [InlineData("update journal set message = zeroblob(length(message)) where manifest = 'trial-accepted-1'")]
    [InlineData("update journal set manifest = 'trial-excepted-1' where sequence_number = 5")]
    [InlineData("update journal set identifier = 7 where sequence_number = 5")]
    [InlineData("update journal set writer_uuid = 'x' where sequence_number = 5")]
    [InlineData("update journal set persistence_id = 'coordinatos' where sequence_number = 5")]
    [InlineData("update journal set sequence_number = 1000 where sequence_number = 5")]
    [InlineData("update journal set deleted = 1 where sequence_number = 5")]
    [InlineData("delete from journal where sequence_number = 2")]
    [InlineData("delete from journal where sequence_number in (5, 6)")]
    [InlineData("delete from journal where sequence_number > 7")]
    [InlineData("delete from journal")]
    public async Task A_damaged_journal_costs_no_result(string damage)
    {
        var undisturbed = Undisturbed();
        Damage($"delete from snapshot; {damage}");

        var healed = await RunAsync(options => options with { TrainerPath = "/bin/false" });

        Assert.Equal(LocalRunEnd.Completed, healed.End);
        Assert.Equal(Digits(undisturbed), Digits(healed.Results));
        Assert.Single(Journal().OfType<JournalMended>());
        var again = await RunAsync(options => options with { TrainerPath = "/bin/false" });
        Assert.Equal(Digits(undisturbed), Digits(again.Results));
        Assert.Single(Journal().OfType<JournalMended>());
    }

    [Theory]
    [InlineData("update snapshot set snapshot = zeroblob(length(snapshot))")]
    [InlineData("update snapshot set manifest = 'coordinator-9'")]
    [InlineData("update snapshot set sequence_number = sequence_number + 64")]
    [InlineData("update snapshot set sequence_number = 3")]
    [InlineData("delete from snapshot")]
    public async Task A_damaged_snapshot_costs_nothing(string damage)
    {
        var undisturbed = Undisturbed();
        Damage(damage);

        var healed = await RunAsync(options => options with { TrainerPath = "/bin/false" });

        Assert.Equal(LocalRunEnd.Completed, healed.End);
        Assert.Equal(Digits(undisturbed), Digits(healed.Results));
    }

    [Theory]
    [InlineData("update blobs set content = zeroblob(length(content))")]
    [InlineData("delete from blobs")]
    public async Task An_attempt_whose_checkpoint_cannot_be_read_begins_anew_without_a_fault(string damage)
    {
        var plan = TestStudies.Slow(250);
        using var stop = new CancellationTokenSource();
        await RunAsync(plan: plan, stop: stop.Token, progress: status =>
        {
            if (status.Running.Count(trial => trial.Progress.Step > 20) == 2)
            {
                stop.Cancel();
            }
        });
        Damage(damage);

        var resumed = await RunAsync(plan: plan);

        Assert.Equal(LocalRunEnd.Completed, resumed.End);
        Assert.Equal(0, resumed.Results.FaultsRetried);
        Assert.All(resumed.Results.Results.Values, result => Assert.Equal(0, result.Events.GetValueOrDefault("started-at")));
        Assert.Equal(2, Journal().OfType<TrialCheckpointLost>().Count());
    }

    private async Task<LocalRunResult> RunAsync(
        Func<LocalRunOptions, LocalRunOptions>? with = null, StudyPlan? plan = null, Action<StudyProgress>? progress = null, CancellationToken stop = default)
    {
        var options = new LocalRunOptions { StorePath = _store.Path, TrainerPath = FakeTrainer.Path, Slots = 2, ProgressEvery = TimeSpan.FromSeconds(0.05) };
        return await LocalRun.RunAsync(plan ?? Plan, "study: text", with?.Invoke(options) ?? options, _log.Factory, new ActionProgress<StudyProgress>(progress ?? (_ => { })), stop)
            .WaitAsync(Waiting.Patience, CancellationToken.None);
    }

    /// <summary>What a whole run left, in this test's own store.</summary>
    private StudyResults Undisturbed()
    {
        File.Copy(whole.Path, _store.Path);
        return whole.Results;
    }

    private StudyResults Load()
    {
        using var store = Store.OpenForReading(_store.Path);
        return store.Studies.LoadResults(Plan);
    }

    private void Damage(string sql)
    {
        using var store = Store.Open(_store.Path);
        store.Connections.Query($"pragma foreign_keys = off; {sql}", _ => 0);
    }

    private ImmutableArray<SweepEvent> Journal()
    {
        using var store = Store.OpenForReading(_store.Path);
        return [.. JournalExamination.Of(store).Events.Select(entry => entry.Event)];
    }

    private static SortedDictionary<string, string> Digits(StudyResults results) => new(
        results.Results.ToDictionary(
            entry => entry.Key.Hex,
            entry => string.Join(' ', entry.Value.Curve.Select(point => $"{point.Step}:{BitConverter.DoubleToInt64Bits(point.RelativeL2)}"))),
        StringComparer.Ordinal);
}
