using PinnSweep.Cluster.Local;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Cluster.Tests.Local;

/// <summary>Runs whose trials share trainers, with the fake one.</summary>
[Collection("local runs")]
public sealed class PackRunTests(ITestOutputHelper output) : IDisposable
{
    private const int Lanes = 4;
    private const int Seeds = 2;
    private readonly TestLog _log = new(output);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Trials_in_packs_have_the_results_of_trials_alone()
    {
        var plan = TestStudies.Plan("packed", 50, 6, TestStudies.Calm(), TestStudies.Calm(pause: 1));

        var packed = await RunAsync(plan, Lanes);
        var alone = await RunAsync(plan, lanes: 1);

        Assert.Equal(LocalRunEnd.Completed, packed.End);
        Assert.Equal(Digits(alone, plan), Digits(packed, plan));
    }

    [Theory]
    [InlineData("abort")]
    [InlineData("oom")]
    [InlineData("hang")]
    public async Task A_trial_that_ends_its_trainer_is_charged_alone_and_the_others_complete_uncharged(string fault)
    {
        var plan = TestStudies.Plan("poison", 200, Seeds, TestStudies.Scripted(fault, at: 5), TestStudies.Calm(pause: 2));

        // On a slow machine a checkpoint between two crashes would be progress, and give the trial further attempts.
        var run = await RunAsync(plan, Lanes, hangSeconds: fault == "hang" ? 1 : 60, checkpointSeconds: 600);

        Assert.Equal(LocalRunEnd.CompletedWithQuarantined, run.End);
        Assert.Equal(Seeds, run.Results.Quarantined.Length);
        Assert.Equal(Seeds, run.Results.Results.Count);
        Assert.All(run.Results.Quarantined, trial => Assert.Equal(0, plan.Trials.Single(planned => planned.Key == trial.Key).CellIndex));
        // Two each, before the third gave it up: none is another trial's.
        Assert.Equal(2 * Seeds, run.Results.FaultsRetried);
    }

    private async Task<LocalRunResult> RunAsync(StudyPlan plan, int lanes, double hangSeconds = 60, double checkpointSeconds = 0.1)
    {
        using var folder = new TestStore();
        var options = new LocalRunOptions
        {
            StorePath = folder.Path,
            TrainerPath = FakeTrainer.Path,
            Slots = Lanes,
            Lanes = lanes,
            HangTimeout = TimeSpan.FromSeconds(hangSeconds),
            CheckpointEvery = TimeSpan.FromSeconds(checkpointSeconds),
            ProgressEvery = TimeSpan.FromSeconds(0.1),
        };
        return await LocalRun.RunAsync(plan, "study: text", options, _log.Factory, new Progress<StudyProgress>(), TestContext.Current.CancellationToken);
    }

    private static IEnumerable<double> Digits(LocalRunResult run, StudyPlan plan) => plan.Trials.Select(trial => run.Results.Results[trial.Key].Final.RelativeL2);
}
