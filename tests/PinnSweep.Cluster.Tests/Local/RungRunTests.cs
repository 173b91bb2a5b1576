using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Local;
using PinnSweep.Storage;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Local;

/// <summary>A promoted proposal goes on from the end of the rung below, through coordinator, store, worker and trainer.</summary>
[Collection("local runs")]
public sealed class RungRunTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestStore _store = new();
    private readonly TestLog _log = new(output);

    public void Dispose()
    {
        _log.Dispose();
        _store.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Every_promoted_trial_trains_only_the_steps_that_it_has_more(int slots)
    {
        var plan = RungStudy.Plan();

        var run = await RunAsync(plan, slots);

        Assert.Equal(LocalRunEnd.Completed, run.End);
        AssertUndisturbed(plan, run, (below, at) => Assert.Equal(below, at));
        Assert.Equal(2 * (9 + 3 + 1), run.Results.Plan.Trials.Count(trial => trial.Description.Seed > 100000));
    }

    [Fact]
    public async Task A_trainer_that_crashes_goes_on_from_the_rung_below()
    {
        var plan = RungStudy.Plan("fault: exit, at: 30, times: 1");

        var run = await RunAsync(plan, 3);

        Assert.Equal(LocalRunEnd.Completed, run.End);
        // Six trials of the second rung; those of the third are beyond step 30 when they begin, and crash at once; so do those of the evaluation.
        Assert.True(run.Results.FaultsRetried >= 6 + 2);
        // One that is slow may have a checkpoint of its own before it crashes.
        AssertUndisturbed(plan, run, (below, at) => Assert.InRange(at, below, below == 0 ? 30 : double.PositiveInfinity));
    }

    [Fact]
    public async Task A_run_that_is_stopped_between_rungs_goes_on()
    {
        var plan = RungStudy.Plan("pause: 5");

        Assert.Equal(LocalRunEnd.Interrupted, (await StopAfterFirstRungAsync(plan)).End);
        var run = await RunAsync(plan, 2);

        Assert.Equal(LocalRunEnd.Completed, run.End);
        AssertUndisturbed(plan, run, null);
        Assert.All(run.Results.Results.Values.Where(result => IsTuning(run.Results, result) && result.Steps > RungStudy.Rungs[0]), result => Assert.True(result.Events["started-at"] >= result.Steps / 3));
    }

    [Fact]
    public async Task Where_the_checkpoint_is_gone_the_trial_trains_anew_to_the_same_digits()
    {
        var plan = RungStudy.Plan("pause: 5");
        await StopAfterFirstRungAsync(plan);
        using (var store = Store.Open(_store.Path))
        {
            Assert.NotEmpty(Ask(store, "delete from blobs where sha256 in (select blob from checkpoints) returning sha256"));
        }

        var run = await RunAsync(plan, 2);

        Assert.Equal(LocalRunEnd.Completed, run.End);
        Assert.Equal(0, run.Results.FaultsRetried);
        AssertUndisturbed(plan, run, null);
        Assert.Contains(run.Results.Results.Values, result => IsTuning(run.Results, result) && result.Steps == RungStudy.Rungs[1] && result.Events["started-at"] == 0);
    }

    private static bool IsTuning(StudyResults results, TrialResult result) => results.Plan.Trials.Single(trial => trial.Key == result.Key).Description.Seed > 100000;

    /// <summary>
    /// All decisions and numbers are those of a run without rungs to go on from, nothing is left over, and trials began where they should:
    /// <paramref name="begun"/> takes the end of the rung below, and the step of the last beginning.
    /// </summary>
    private void AssertUndisturbed(StudyPlan plan, LocalRunResult run, Action<int, double>? begun)
    {
        var expected = RungStudy.Undisturbed(plan);
        Assert.Equal(expected.Stages.Select(StageJson.Write), run.Results.Plan.Stages.Select(StageJson.Write));
        foreach (var trial in expected.Trials)
        {
            var result = run.Results.Results[trial.Key];
            Assert.Equal(FakeTraining.ErrorOf(trial.Description), result.Final.RelativeL2);
            begun?.Invoke(result.Steps == RungStudy.Rungs[0] || trial.Description.Seed <= 100000 ? 0 : result.Steps / 3, result.Events["started-at"]);
        }

        using var store = Store.OpenForReading(_store.Path);
        Assert.Empty(Ask(store, "select key from checkpoints"));
        Assert.Empty(Ask(store, "select sha256 from blobs where not exists (select 1 from results where blob = sha256 or final = sha256)"));
        Assert.All(CoordinatorState.Empty.ApplyAll(JournalReader.ReadAll(store)).Trials.Values, trial => Assert.Null(trial.Checkpoint));
    }

    private static List<string> Ask(Store store, string sql)
    {
        using var connection = store.Connections.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>Stops the run while trials of a stage are in training.</summary>
    private async Task<LocalRunResult> StopAfterFirstRungAsync(StudyPlan plan)
    {
        using var stop = new CancellationTokenSource();
        var progress = new ActionProgress<StudyProgress>(status =>
        {
            // Whoever hears late of the second rung stops the third.
            if ((status.Stage?.StartsWith("rung 2", StringComparison.Ordinal) == true || status.Stage?.StartsWith("rung 3", StringComparison.Ordinal) == true) && status.RunningCount > 0)
            {
                stop.Cancel();
            }
        });
        return await RunAsync(plan, 2, progress, stop.Token);
    }

    private async Task<LocalRunResult> RunAsync(StudyPlan plan, int slots, IProgress<StudyProgress>? progress = null, CancellationToken stop = default)
    {
        var options = new LocalRunOptions { StorePath = _store.Path, TrainerPath = FakeTrainer.Path, Slots = slots, ProgressEvery = TimeSpan.FromSeconds(0.05) };
        using var deadline = new CancellationTokenSource(Waiting.Patience);
        return await LocalRun.RunAsync(plan, "study: text", options, _log.Factory, progress ?? new ActionProgress<StudyProgress>(_ => { }), stop)
            .WaitAsync(deadline.Token);
    }
}
