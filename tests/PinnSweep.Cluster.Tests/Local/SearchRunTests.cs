using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Local;
using PinnSweep.Storage;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Local;

/// <summary>Studies in stages through coordinator, worker and trainer: what is decided depends on nothing but the results.</summary>
[Collection("local runs")]
public sealed class SearchRunTests(ITestOutputHelper output) : IDisposable
{
    private const int Purse = 12;

    private readonly TestStore _store = new();
    private readonly TestLog _log = new(output);

    public void Dispose()
    {
        _log.Dispose();
        _store.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Proposals_choices_and_looks_are_the_same_for_any_number_of_slots(int slots)
    {
        var run = await RunAsync(SearchStudy.Plan(Purse, pause: 0), slots);

        Assert.Equal(LocalRunEnd.Completed, run.End);
        Assert.Equal(run.Results.Plan.Trials.Select(trial => trial.Key).ToHashSet(), [.. run.Results.Results.Keys]);
        AssertUndisturbed(pause: 0);
    }

    [Fact]
    public async Task A_search_that_was_stopped_in_its_middle_goes_on_to_the_same_decisions()
    {
        using var stop = new CancellationTokenSource();
        var progress = new ActionProgress<StudyProgress>(status =>
        {
            // Whoever hears of it late stops a later stage.
            if (status.Stage?.StartsWith("generation 1", StringComparison.Ordinal) == false && status.RunningCount > 0)
            {
                stop.Cancel();
            }
        });

        Assert.Equal(LocalRunEnd.Interrupted, (await RunAsync(SearchStudy.Plan(Purse, pause: 2), 2, progress, stop: stop.Token)).End);
        Assert.Equal(LocalRunEnd.Completed, (await RunAsync(SearchStudy.Plan(Purse, pause: 2), 2)).End);

        AssertUndisturbed(pause: 2);
    }

    [Fact]
    public async Task A_finished_search_run_again_trains_nothing_and_decides_nothing()
    {
        await RunAsync(SearchStudy.Plan(Purse, pause: 0), 2);

        var again = await RunAsync(SearchStudy.Plan(Purse, pause: 0), 2, trainer: "/bin/false");

        Assert.Equal(LocalRunEnd.Completed, again.End);
        AssertUndisturbed(pause: 0);
    }

    [Fact]
    public async Task A_damaged_decision_is_decided_again_as_it_was()
    {
        using var stop = new CancellationTokenSource();
        var progress = new ActionProgress<StudyProgress>(status =>
        {
            if (status.Stage?.StartsWith("generation", StringComparison.Ordinal) == false)
            {
                stop.Cancel();
            }
        });
        await RunAsync(SearchStudy.Plan(Purse, pause: 2), 2, progress, stop: stop.Token);
        using (var store = Store.Open(_store.Path))
        using (var connection = store.Connections.Open())
        using (var damage = connection.CreateCommand())
        {
            damage.CommandText = "update stages set document = replace(document, '0', '1') where number = 1";
            Assert.Equal(1, damage.ExecuteNonQuery());
        }

        Assert.Equal(LocalRunEnd.Completed, (await RunAsync(SearchStudy.Plan(Purse, pause: 2), 2)).End);

        AssertUndisturbed(pause: 2);
    }

    [Fact]
    public async Task A_damaged_decision_of_a_finished_search_is_made_good_by_the_next_run()
    {
        await RunAsync(SearchStudy.Plan(Purse, pause: 0), 2);
        using (var store = Store.Open(_store.Path))
        using (var connection = store.Connections.Open())
        using (var damage = connection.CreateCommand())
        {
            damage.CommandText = "update stages set document = replace(document, '0', '1')";
            Assert.True(damage.ExecuteNonQuery() > 1);
            Assert.Single(store.Studies.StagedPlanOf(SearchStudy.Plan(Purse, pause: 0).Hash)!.Stages);
        }

        await RunAsync(SearchStudy.Plan(Purse, pause: 0), 2, trainer: "/bin/false");

        AssertUndisturbed(pause: 0);
    }

    private void AssertUndisturbed(int pause)
    {
        using var store = Store.OpenForReading(_store.Path);
        var grown = store.Studies.StagedPlanOf(SearchStudy.Plan(Purse, pause).Hash)!;
        var journal = JournalReader.ReadAll(store);

        Assert.Empty(SearchStudy.Compare(grown, Purse, journal, pause));
        Assert.True(grown.Stages[^1].IsLast);
        Assert.Equal(grown.Trials.Select(trial => trial.Key), CoordinatorState.Empty.ApplyAll(journal).Studies[grown.Hash].Trials);
    }

    private async Task<LocalRunResult> RunAsync(
        StudyPlan plan, int slots, IProgress<StudyProgress>? progress = null, string? trainer = null, CancellationToken stop = default)
    {
        var options = new LocalRunOptions
        {
            StorePath = _store.Path,
            TrainerPath = trainer ?? FakeTrainer.Path,
            Slots = slots,
            ProgressEvery = TimeSpan.FromSeconds(0.05),
        };
        using var deadline = new CancellationTokenSource(Waiting.Patience);
        return await LocalRun.RunAsync(plan, "study: text", options, _log.Factory, progress ?? new ActionProgress<StudyProgress>(_ => { }), stop)
            .WaitAsync(deadline.Token);
    }
}
