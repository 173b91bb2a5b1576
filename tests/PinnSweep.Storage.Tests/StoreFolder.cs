using PinnSweep.Testing.Postgres;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Storage.Tests;

/// <summary>Which database a test uses.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>A folder and the place of a store for one test.</summary>
public sealed class StoreFolder(Database database = Database.Sqlite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string? _path;

    public Database Database => database;

    public string Folder => _folder.Path;

    /// <summary>A file in the folder, or a database of the shared server.</summary>
    public string Path => _path ??= database == Database.Sqlite ? File("pinnsweep.db") : PostgresServer.Shared.CreateDatabase();

    public string File(string name) => _folder[name];

    public void Dispose() => _folder.Dispose();
}
