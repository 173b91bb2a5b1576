using PinnSweep.Cluster.Local;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Testing;
using PinnSweep.Testing.Postgres;

namespace PinnSweep.Cluster.Tests.Local;

/// <summary>Runs on a PostgreSQL server that is stopped in the middle.</summary>
public sealed class PostgresRunTests(ITestOutputHelper output) : IDisposable
{
    private readonly PostgresServer _server = PostgresServer.StartNew();
    private readonly TestLog _log = new(output);

    public void Dispose()
    {
        _log.Dispose();
        _server.Dispose();
    }

    [Theory]
    // Whichever meets it first: points of curves, or the journal, whose coordinator then comes back without success.
    [InlineData("could not be written and are kept", "could not recover from its journal")]
    // Longer than the coordinator's lease lives.
    [InlineData("lost the right to coordinate", null)]
    public async Task A_run_outlasts_a_crash_of_the_server_and_no_trial_is_lost_or_blamed(string noticed, string? or)
    {
        var plan = TestStudies.Plan("outage", 200, 6, TestStudies.Calm(pause: 5));
        var place = _server.CreateDatabase();
        var begun = new TaskCompletionSource();

        var run = RunAsync(plan, place, progress => _ = progress.Done >= 1 && begun.TrySetResult());
        await begun.Task.WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken);
        _server.Stop();
        await Waiting.UntilAsync(() => _log.Text, text => text.Contains(noticed, StringComparison.Ordinal) || (or is not null && text.Contains(or, StringComparison.Ordinal)), Waiting.Patience);
        _server.Start();
        var end = await run.WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(LocalRunEnd.Completed, end.End);
        Assert.Equal(plan.Trials.Length, end.Results.Results.Count);
        Assert.Equal(0, end.Results.FaultsRetried);
    }

    [Fact]
    public async Task A_second_run_on_the_same_store_is_told_who_coordinates()
    {
        var place = _server.CreateDatabase();
        var begun = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var first = RunAsync(TestStudies.Slow(2000), place, progress => _ = progress.Running.Length > 0 && begun.TrySetResult(), stop.Token);
        await begun.Task.WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken);

        var mistake = await Assert.ThrowsAsync<UserMistakeException>(() => RunAsync(TestStudies.Slow(10), place, _ => { }));

        Assert.Contains("coordinates this store", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, mistake.Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(LocalRunEnd.Interrupted, (await first).End);
        using var store = Store.Open(place);
        Assert.Null(store.Lease!.Holder());
    }

    private Task<LocalRunResult> RunAsync(StudyPlan plan, string place, Action<StudyProgress> progress, CancellationToken stop = default) => LocalRun.RunAsync(
        plan,
        "study: text",
        new() { StorePath = place, TrainerPath = FakeTrainer.Path, Slots = 2, ProgressEvery = TimeSpan.FromSeconds(0.05), CheckpointEvery = TimeSpan.FromSeconds(0.2) },
        _log.Factory,
        new ActionProgress<StudyProgress>(progress),
        stop);
}
