using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Local;
using PinnSweep.Storage;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Studies.Values;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Local;

/// <summary>A study with more steps begins where the trials of the shorter one have ended, to the digits of one that trained at once.</summary>
[Collection("local runs")]
public sealed class LongerStudyRunTests(ITestOutputHelper output) : IDisposable
{
    private const int Few = 30;
    private const int Many = 90;
    private readonly TestStore _store = new();
    private readonly TestLog _log = new(output);

    public void Dispose()
    {
        _log.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Every_trial_of_the_longer_study_trains_only_the_steps_that_it_has_more()
    {
        var (few, many) = (Study(Few), Study(Many));
        await RunAsync(few);

        var run = await RunAsync(many);
        var third = await RunAsync(Study(2 * Many));

        AssertUndisturbed(many, run, Few);
        AssertUndisturbed(Study(2 * Many), third, Many);
        Assert.All(many.Trials.Zip(few.Trials, (longer, shorter) => (longer, shorter)), pair => Assert.Equal(new Continuation(pair.shorter.Key, Few), run.Results.Results[pair.longer.Key].Evidence.WentOn));
        Assert.Equal(3 * few.Trials.Length, Count("select count(*) from results where final is not null"));
        Assert.Equal(0, Count("select count(*) from checkpoints"));
    }

    [Fact]
    public async Task A_kill_on_the_way_costs_nothing_of_what_was_there()
    {
        Level[] problems = [TestStudies.Scripted("exit", at: 60, times: 1)];
        await RunAsync(TestStudies.Plan("few", Few, 3, problems));
        var many = TestStudies.Plan("many", Many, 3, problems);

        var run = await RunAsync(many);

        Assert.Equal(3, run.Results.FaultsRetried);
        AssertUndisturbed(many, run, Few);
        Assert.All(run.Results.Results.Values, result => Assert.Equal(Few, result.Evidence.WentOn!.Step));
    }

    [Fact]
    public async Task A_run_that_is_stopped_goes_on_where_it_was()
    {
        Level[] problems = [TestStudies.Calm(pause: 5)];
        await RunAsync(TestStudies.Plan("few", Few, 2, problems));
        var many = TestStudies.Plan("many", 5 * Many, 2, problems);
        using var stop = new CancellationTokenSource();

        var stopped = await RunAsync(many, stop: stop, progress: new ActionProgress<StudyProgress>(status => StopIf(status.RunningCount > 0, stop)));
        var run = await RunAsync(many);

        Assert.Equal(LocalRunEnd.Interrupted, stopped.End);
        AssertUndisturbed(many, run, null);
        Assert.All(run.Results.Results.Values, result => Assert.True(result.Events["started-at"] >= Few));
        Assert.All(run.Results.Results.Values, result => Assert.Equal(Few, result.Evidence.WentOn!.Step));
    }

    [Theory]
    [InlineData("delete from blobs where sha256 in (select final from results)")]
    [InlineData("update blobs set content = zeroblob(length(content)) where sha256 in (select final from results)")]
    public async Task What_is_gone_or_damaged_is_trained_anew_without_a_fault(string damage)
    {
        await RunAsync(Study(Few));
        Execute(damage);

        var run = await RunAsync(Study(Many));

        AssertUndisturbed(Study(Many), run, 0);
        Assert.Equal(0, run.Results.FaultsRetried);
        Assert.Equal(Study(Many).Trials.Length, Journal().OfType<TrialCheckpointLost>().Count());
        Assert.All(run.Results.Results.Values, result => Assert.Null(result.Evidence.WentOn));
    }

    [Fact]
    public async Task Where_nothing_was_kept_the_longer_study_trains_anew()
    {
        await RunAsync(Study(Few), keeps: false);

        var run = await RunAsync(Study(Many));

        AssertUndisturbed(Study(Many), run, 0);
        Assert.Equal(Study(Many).Trials.Length, Count("select count(*) from results where final is not null"));
    }

    [Fact]
    public async Task A_shorter_study_that_comes_after_the_longer_one_trains_anew()
    {
        await RunAsync(Study(Many));

        var run = await RunAsync(Study(Few));

        AssertUndisturbed(Study(Few), run, 0);
    }

    private static StudyPlan Study(int steps) => TestStudies.Plan($"of {steps}", steps, 2, TestStudies.Calm(), TestStudies.Calm(pause: 1));

    private static void StopIf(bool isDue, CancellationTokenSource stop)
    {
        if (isDue)
        {
            stop.Cancel();
        }
    }

    /// <summary>All numbers are those of a study that trained at once, each accepted once; and the trials began where they should.</summary>
    private void AssertUndisturbed(StudyPlan plan, LocalRunResult run, int? start)
    {
        Assert.Equal(LocalRunEnd.Completed, run.End);
        foreach (var trial in plan.Trials)
        {
            var result = run.Results.Results[trial.Key];
            Assert.Equal((trial.Description.Budget.Steps, FakeTraining.ErrorOf(trial.Description)), (result.Steps, result.Final.RelativeL2));
            if (start is 0)
            {
                Assert.Equal(0, result.Events["started-at"]);
            }
            else if (start is { } least)
            {
                Assert.InRange(result.Events["started-at"], least, trial.Description.Budget.Steps!.Value - 1);
            }
        }

        Assert.Equal(plan.Trials.Length, Journal().OfType<TrialAccepted>().Count(accepted => plan.Trials.Any(trial => trial.Key == accepted.Key)));
    }

    private IReadOnlyList<SweepEvent> Journal()
    {
        using var store = Store.OpenForReading(_store.Path);
        return [.. JournalReader.ReadAll(store)];
    }

    private long Count(string sql)
    {
        using var store = Store.OpenForReading(_store.Path);
        return store.Connections.Query(sql, row => row.GetInt64(0)).Single();
    }

    private void Execute(string sql)
    {
        using var store = Store.Open(_store.Path);
        using var connection = store.Connections.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    private async Task<LocalRunResult> RunAsync(StudyPlan plan, bool keeps = true, CancellationTokenSource? stop = null, IProgress<StudyProgress>? progress = null)
    {
        var options = new LocalRunOptions
        {
            StorePath = _store.Path,
            TrainerPath = FakeTrainer.Path,
            Slots = 2,
            ProgressEvery = TimeSpan.FromSeconds(0.05),
            CheckpointEvery = TimeSpan.FromSeconds(0.05),
            KeepsFinals = keeps,
        };
        using var deadline = new CancellationTokenSource(Waiting.Patience);
        return await LocalRun.RunAsync(plan, "study: text", options, _log.Factory, progress ?? new ActionProgress<StudyProgress>(_ => { }), stop?.Token ?? CancellationToken.None)
            .WaitAsync(deadline.Token);
    }
}
