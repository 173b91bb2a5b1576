using Microsoft.Data.Sqlite;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Storage.Tests.Opening;

public sealed class MigrationTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public MigrationTests()
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "tests", "PinnSweep.Storage.Tests", "Opening", "version-1.sql"));
        command.ExecuteNonQuery();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_version_1_is_brought_up_to_date_and_keeps_what_it_held()
    {
        using var store = Store.Open(_folder.Path);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], store.Connections.Query("select version from schema_version order by version", row => row.GetInt64(0)));
        Assert.Equal(new TrialKey(new string('1', 64)), Assert.Single(store.Studies.TrialsOf(store.Studies.Find("some-study")!.Hash)));
        Assert.Equal((Outcome.Stalled, 0.25), (store.Studies.ResultsOf("some-hash").Single().Outcome, store.Studies.ResultsOf("some-hash").Single().RelativeL2));
        Assert.Equal(7, store.Decisions.Position());
        Assert.Equal([(1, "w", AttemptEnding.Faulted), (2, null, AttemptEnding.Accepted)], Attempts(store));
        Assert.Equal("epoch-began-1", store.Connections.Query("select manifest from journal", row => row.GetString(0)).Single());
        await store.Blobs.FetchAsync(store.Connections.Query("select blob from results", row => row.GetString(0)).Single(), _folder.File("back"), CancellationToken.None);
        Assert.Equal("{\"a\":1}", File.ReadAllText(_folder.File("back")));
        Assert.Null(store.Studies.NetworkOf(new(new string('1', 64))));
        Assert.Null(store.Studies.FinalOf(new(new string('1', 64))));
        store.Curves.Append([new(new(new string('2', 64)), 1, new(1, 1, double.NaN, double.NaN, 1, 1), default)]);
    }

    [Fact]
    public void A_file_of_version_1_is_read_as_it_is()
    {
        using (var store = Store.OpenForReading(_folder.Path))
        {
            Assert.Equal("some-study", Assert.Single(store.Studies.List()).Name);
            Assert.Equal([(1, "w", AttemptEnding.Faulted), (2, null, AttemptEnding.Accepted)], Attempts(store));
            Assert.Equal(0.25, Assert.Single(store.Studies.PageOf("some-hash", 0, 10)).Result!.RelativeL2);
            Assert.Null(store.Studies.NetworkOf(new(new string('1', 64))));
            Assert.Null(store.Studies.FinalOf(new(new string('1', 64))));
            Assert.DoesNotContain(store.Examine(_ => { }), finding => finding.StartsWith("attempts", StringComparison.Ordinal));
        }

        using var again = Store.OpenForReading(_folder.Path);
        Assert.Equal([1], again.Connections.Query("select version from schema_version", row => row.GetInt64(0)));
    }

    private static IEnumerable<(int Attempt, string? Worker, string? Ending)> Attempts(Store store) =>
        store.Studies.AttemptsOf(new(new string('1', 64))).Select(attempt => (attempt.Attempt, attempt.Worker, attempt.Ending));
}
