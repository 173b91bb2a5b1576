using PinnSweep.Cluster.Local;
using PinnSweep.Studies.Planning;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Local;

/// <summary>The store of a run that nothing disturbed, made once for all tests that damage a copy of it.</summary>
public sealed class UndisturbedStore : IAsyncLifetime
{
    private readonly TestStore _store = new();

    /// <summary>The study: two problems, three seeds.</summary>
    internal static StudyPlan Plan { get; } = TestStudies.Plan("damaged", 20, 3, TestStudies.Calm(), TestStudies.Calm(pause: 1));

    /// <summary>The file.</summary>
    public string Path => _store.Path;

    internal StudyResults Results { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var log = new TestLog(null);
        var options = new LocalRunOptions { StorePath = Path, TrainerPath = FakeTrainer.Path, Slots = 2 };
        var run = await LocalRun.RunAsync(Plan, "study: text", options, log.Factory, new ActionProgress<StudyProgress>(_ => { }), CancellationToken.None)
            .WaitAsync(Waiting.Patience, CancellationToken.None);
        Results = run.Results;
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }
}
