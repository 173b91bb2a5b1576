using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Cluster.Wire;
using PinnSweep.Storage;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Coordination;

/// <summary>A real node whose own worker has no slots; the test speaks for a worker.</summary>
[Collection("coordinator")]
public sealed class CoordinatorTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly WorkerIdentity Me = new("tester", "1");

    private readonly TestStore _folder = new();
    private readonly TestLog _log = new(output);
    private readonly StandingClock _clock = new();
    private Store _store = null!;
    private ClusterNode _node = null!;
    private readonly Ear _ear = new();
    private IActorRef _me = null!;

    public async ValueTask InitializeAsync()
    {
        _store = Store.Open(_folder.Path);
        _node = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _store.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_result_that_comes_after_its_lease_ran_out_counts_and_the_newer_attempt_is_called_off()
    {
        Submit(1);
        await RegisterAsync(Me);
        var first = await WorkAsync(Me);
        await HearAsync<AbandonTrial>(abandon => abandon.Attempt == first.Attempt);

        var second = await WorkAsync(Me);
        Assert.Equal(new AttemptId(first.Attempt.Key, 2), second.Attempt);

        Tell(new Report(Me, 1, first.Attempt, new ReportContent.Finished(Result(first.Attempt))));
        await HearAsync<AbandonTrial>(abandon => abandon.Attempt == second.Attempt);
        Assert.True((await HearAsync<ReportAcknowledged>()).Counted);
        Assert.False(await ReportAsync(Me, 2, second.Attempt));
        Assert.Single(Accepted());
    }

    [Fact]
    public async Task A_repeated_report_is_acknowledged_again_and_counted_once()
    {
        Submit(1);
        await RegisterAsync(Me);
        var start = await WorkAsync(Me);

        Assert.True(await ReportAsync(Me, 1, start.Attempt));
        Assert.False(await ReportAsync(Me, 1, start.Attempt));
        Assert.Single(Accepted());
    }

    [Fact]
    public async Task A_result_of_an_attempt_that_was_never_granted_is_not_counted()
    {
        Submit(1);
        await RegisterAsync(Me);
        var start = await WorkAsync(Me);

        Assert.False(await ReportAsync(Me, 1, start.Attempt with { Number = 7 }));
        Assert.Empty(Accepted());
    }

    [Fact]
    public async Task A_worker_that_comes_back_anew_gets_its_trial_at_once_from_the_last_checkpoint()
    {
        Submit(1);
        await RegisterAsync(Me);
        var start = await WorkAsync(Me);
        var checkpoint = new CheckpointReference(Blob("checkpoint"), 10, 42);
        Tell(new Report(Me, 1, start.Attempt, new ReportContent.Checkpointed(checkpoint)));
        await HearAsync<ReportAcknowledged>();

        var again = Me with { Incarnation = "2" };
        await RegisterAsync(again);
        var resumed = await WorkAsync(again);

        Assert.Equal(2, resumed.Attempt.Number);
        Assert.Equal(checkpoint, resumed.ResumeFrom);
    }

    [Fact]
    public async Task A_study_in_the_journal_of_an_earlier_version_is_granted_seed_by_seed_too()
    {
        var plan = TestStudies.Plan("earlier", 10, 3, TestStudies.Calm(), TestStudies.Calm(pause: 1));
        _store.Studies.Save(plan, "text");
        Tell(new StudyProtocol.SubmitRequest(plan.Hash));
        await HearAsync<StudyProtocol.StudyAnswer>();
        await _node.DisposeAsync();
        ForgetSeeds();

        _node = await StartAsync();
        await Waiting.UntilAsync(() => JournalReader.ReadAll(_store).OfType<StudySubmitted>().Last().Seeds == 3, Waiting.Patience, () => "no event told the seeds");
        await RegisterAsync(Me);
        var granted = new List<TrialKey>();
        for (var i = 0; i < plan.Trials.Length; i++)
        {
            var start = await WorkAsync(Me);
            granted.Add(start.Attempt.Key);
            await ReportAsync(Me, i + 1, start.Attempt);
        }

        Assert.Equal(new[] { 0, 3, 1, 4, 2, 5 }.Select(position => plan.Trials[position].Key), granted);
        Assert.Equal(plan.Trials.Select(trial => trial.Key), _store.Studies.TrialsOf(plan.Hash));
    }

    /// <summary>The journal as a version wrote it that did not tell seeds.</summary>
    private void ForgetSeeds()
    {
        var serializer = new SweepSerializer(null!);
        using var connection = _store.Connections.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "delete from snapshot";
        command.ExecuteNonQuery();
        foreach (var row in _store.Journal.Events())
        {
            if (serializer.FromBinary(row.Content, row.Manifest) is StudySubmitted { Seeds: > 0 } submitted)
            {
                var bytes = Convert.ToHexString(serializer.ToBinary(submitted with { Seeds = 0 }));
                command.CommandText = FormattableString.Invariant($"update journal set message = x'{bytes}' where ordering = {row.Ordering}");
                command.ExecuteNonQuery();
            }
        }
    }

    [Fact]
    public async Task A_renewed_lease_is_not_taken_away()
    {
        Submit(2);
        await RegisterAsync(Me);
        var start = await WorkAsync(Me);
        var other = new WorkerIdentity("other", "1");
        await RegisterAsync(other);

        // Leases that began later and are not renewed run out one after the other; an attempt is the next only when the one before was
        // lost.
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var lost = await Waiting.UntilAsync(
                () =>
                {
                    Tell(new RenewLeases(Me, [start.Attempt]));
                    Tell(new RequestWork(other, new(1, 0)));
                    return _ear.All.OfType<StartTrial>().LastOrDefault(begun => begun.Attempt.Key != start.Attempt.Key);
                },
                begun => begun?.Attempt.Number >= attempt,
                Waiting.Patience);
            Tell(new TrialTaken(other, lost!.Attempt));
        }

        // A worker renews while it writes its result, which a slow disk may take longer over than a lease lasts.
        using var reported = new CancellationTokenSource();
        var renewing = Task.Run(
            async () =>
            {
                while (!reported.IsCancellationRequested)
                {
                    Tell(new RenewLeases(Me, [start.Attempt]));
                    await Task.Delay(50, CancellationToken.None);
                }
            },
            TestContext.Current.CancellationToken);
        var isCounted = await ReportAsync(Me, 1, start.Attempt);
        await reported.CancelAsync();
        await renewing;

        Assert.True(isCounted);
        Assert.DoesNotContain(JournalReader.ReadAll(_store).OfType<TrialFaulted>(), fault => fault.Key == start.Attempt.Key);
    }

    [Fact]
    public async Task When_the_journal_cannot_be_written_nothing_is_granted_and_the_coordinator_comes_back_in_a_new_epoch()
    {
        Submit(2);
        await RegisterAsync(Me);
        var first = await WorkAsync(Me);
        Sql("alter table journal rename to journal_away");

        Tell(new Report(Me, 1, first.Attempt, new ReportContent.Finished(Result(first.Attempt))));
        await UntilLoggedAsync("could not write its journal");
        // The next life of the coordinator finds no journal either.
        await UntilLoggedAsync("could not recover from its journal");
        Assert.Empty(Accepted());
        Assert.Empty(_ear.All.OfType<ReportAcknowledged>());

        Sql("alter table journal_away rename to journal");
        Assert.True((await RegisterAsync(Me, first.Attempt)).Epoch > 1);
        Assert.Empty(_ear.All.OfType<ReportAcknowledged>());
        Assert.True(await ReportAsync(Me, 1, first.Attempt));
        Assert.Single(Accepted());
    }

    [Fact]
    public async Task When_the_tables_cannot_be_written_they_are_rebuilt_from_the_journal()
    {
        Submit(1);
        await RegisterAsync(Me);
        var start = await WorkAsync(Me);
        Sql("alter table results rename to results_away");
        Tell(new Report(Me, 1, start.Attempt, new ReportContent.Finished(Result(start.Attempt))));
        await UntilLoggedAsync("coordinator epoch 2 began");
        Assert.Empty(_ear.All.OfType<ReportAcknowledged>());

        Sql("alter table results_away rename to results");
        await RegisterAsync(Me);

        Assert.False(await ReportAsync(Me, 1, start.Attempt));
        Assert.Single(Accepted());
    }

    [Fact]
    public async Task A_restarted_node_remembers_what_it_decided_through_snapshots()
    {
        Submit(8);
        await RegisterAsync(Me);
        for (var number = 1; number <= 5; number++)
        {
            Assert.True(await ReportAsync(Me, number, (await WorkAsync(Me)).Attempt));
        }

        await _node.DisposeAsync();
        _node = await StartAsync();
        await RegisterAsync(Me with { Incarnation = "2" });
        for (var number = 1; number <= 3; number++)
        {
            Assert.True(await ReportAsync(Me with { Incarnation = "2" }, number, (await WorkAsync(Me with { Incarnation = "2" })).Attempt));
        }

        Assert.Equal(8, Accepted().Count);
        Assert.NotEmpty(_store.Connections.Query("select sequence_number from snapshot", row => row.GetInt64(0)));
    }

    [Fact]
    public async Task A_study_that_is_not_in_the_store_is_not_known()
    {
        Tell(new StudyProtocol.SubmitRequest("nothing"));

        Assert.False((await HearAsync<StudyProtocol.StudyAnswer>()).IsKnown);
    }

    [Fact]
    public async Task A_grant_that_was_not_taken_is_said_again_and_then_given_back_without_fault()
    {
        Submit(1);
        await HearAsync<StudyProtocol.StudyAnswer>();
        await RegisterAsync(Me);
        var first = await InsistAsync<StartTrial>(new RequestWork(Me, new(1, 0)), TimeSpan.FromSeconds(0.3));

        var again = await HearAsync<StartTrial>();
        Assert.Equal(first.Attempt, again.Attempt);

        await Waiting.UntilAsync(() => JournalReader.ReadAll(_store).OfType<TrialReleased>().Any(), Waiting.Patience, () => "never given back");
        Assert.Empty(JournalReader.ReadAll(_store).OfType<TrialFaulted>());
    }

    [Fact]
    public async Task A_coordinator_that_was_not_served_itself_takes_no_lease_away()
    {
        Submit(2);
        await RegisterAsync(Me);
        var start = await WorkAsync(Me);

        _clock.Skip(TimeSpan.FromMinutes(10));
        await UntilLoggedAsync("was kept from its work");
        // It looked at its clock some times more: a grant that nobody takes is said again at intervals.
        var said = Offers();
        await Waiting.UntilAsync(
            () =>
            {
                Tell(new RenewLeases(Me, [start.Attempt]));
                Tell(new RequestWork(Me, new(1, 0)));
                return Offers();
            },
            offers => offers >= said + 3,
            Waiting.Patience);

        int Offers() => _ear.All.OfType<StartTrial>().Count(offer => offer.Attempt.Key != start.Attempt.Key);

        Assert.True(await ReportAsync(Me, 1, start.Attempt));
        Assert.Empty(JournalReader.ReadAll(_store).OfType<TrialFaulted>());
    }

    [Fact]
    public async Task A_worker_whose_trials_share_devices_gets_those_of_one_shape_first_after_a_restart_of_the_coordinator_too()
    {
        var plan = TestStudies.Plan("shapes", 10, 2, TestStudies.Calm(), TestStudies.Calm(pause: 1));
        _store.Studies.Save(plan, "text");
        Tell(new StudyProtocol.SubmitRequest(plan.Hash));
        await HearAsync<StudyProtocol.StudyAnswer>();
        await _node.DisposeAsync();
        _node = await StartAsync();
        await RegisterAsync(Me);

        var wanted = TrialShape.Of(plan.Cells[1].Levels).Id;
        var start = await InsistAsync<StartTrial>(new RequestWork(Me, new(1, 0)) { Shapes = [wanted] }, TimeSpan.FromSeconds(5));

        Assert.Equal(wanted, TrialShape.OfText(start.Description)!.Id);
    }

    private async Task<ClusterNode> StartAsync()
    {
        var settings = new CoordinatorSettings(new LeasePolicy(TimeSpan.FromSeconds(1)))
        {
            SnapshotEvery = 4,
            TickEvery = TimeSpan.FromSeconds(0.1),
            OfferTimeout = TimeSpan.FromSeconds(0.3),
        };
        var node = await ClusterNode.StartAsync(
            new("test", settings, new("test", 0, new TrainerLaunch("/bin/false", new Dictionary<string, string>()), _folder.Folder)),
            _store,
            _store.Blobs,
            _log.Factory,
            _clock);
        _me = _ear.In(node.System);
        return node;
    }

    private void Submit(int trials)
    {
        var plan = TestStudies.Plan("study", 10, trials, TestStudies.Calm());
        _store.Studies.Save(plan, "text");
        Tell(new StudyProtocol.SubmitRequest(plan.Hash));
    }

    /// <summary>As a worker does, again and again until there is a coordinator.</summary>
    private Task<WorkerRegistered> RegisterAsync(WorkerIdentity worker, params AttemptId[] holding) =>
        InsistAsync<WorkerRegistered>(new RegisterWorker(worker, new(4, 0), "test", [.. holding]), TimeSpan.FromSeconds(0.5));

    /// <summary>Asks until something waits to be trained.</summary>
    private async Task<StartTrial> WorkAsync(WorkerIdentity worker)
    {
        var start = await InsistAsync<StartTrial>(new RequestWork(worker, new(1, 0)), TimeSpan.FromSeconds(0.3));
        Tell(new TrialTaken(worker, start.Attempt));
        return start;
    }

    /// <summary>Says it at intervals until it is answered.</summary>
    private async Task<T> InsistAsync<T>(object request, TimeSpan every)
    {
        using var deadline = new CancellationTokenSource(Waiting.Patience);
        while (true)
        {
            Tell(request);
            try
            {
                return await HearAsync<T>(patience: every);
            }
            catch (TimeoutException) when (!deadline.IsCancellationRequested)
            {
                // The coordinator is not up yet, or has nothing yet.
            }
        }
    }

    private async Task<bool> ReportAsync(WorkerIdentity worker, long number, AttemptId attempt)
    {
        Tell(new Report(worker, number, attempt, new ReportContent.Finished(Result(attempt))));
        return (await HearAsync<ReportAcknowledged>(answer => answer.Number == number)).Counted;
    }

    private Task<T> HearAsync<T>(Func<T, bool>? that = null, TimeSpan? patience = null) => _ear.HearAsync(that, patience);

    private Task<string> UntilLoggedAsync(string line) => Waiting.UntilAsync(() => _log.Text, text => text.Contains(line, StringComparison.Ordinal), Waiting.Patience);

    private void Tell(object message) => _node.Coordinator.Tell(message, _me);

    private ResultReference Result(AttemptId attempt) => new(Blob(attempt.ToString()), attempt.ToString().Length, Outcome.Stalled, 10, 0.5, 1);

    private string Blob(string text)
    {
        var path = Path.Combine(_folder.Folder, "blob");
        File.WriteAllText(path, text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        _store.Blobs.PutAsync(path, hash, text.Length, CancellationToken.None).GetAwaiter().GetResult();
        return hash;
    }

    private IReadOnlyList<string> Accepted() => _store.Connections.Query(
        _store.Connections.Query("select count(*) from sqlite_master where name = 'results'", row => row.GetInt32(0))[0] == 1
            ? "select key from results"
            : "select key from results_away",
        row => row.GetString(0));

    private void Sql(string sql) => _store.Connections.Query(sql, row => row.GetString(0));
}
