using PinnSweep.Studies.Planning;

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
        Results = (await DamagedStoreFixture.RunAsync(Path, Plan, log)).Results;
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }
}
