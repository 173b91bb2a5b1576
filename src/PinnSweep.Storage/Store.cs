using Microsoft.Data.Sqlite;
using PinnSweep.Storage.Blobs;
using PinnSweep.Storage.Decisions;
using PinnSweep.Storage.Opening;
using PinnSweep.Storage.Schema;
using PinnSweep.Storage.Sqlite;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies;

namespace PinnSweep.Storage;

/// <summary>One database with everything: journal, studies, results, faults, checkpoints.</summary>
public sealed class Store : IDisposable
{
    private readonly WriterLock? _lock;

    private Store(string path, SqliteConnections connections, WriterLock? writerLock, TimeProvider clock)
    {
        Path = path;
        Connections = connections;
        _lock = writerLock;
        Studies = new StudyTables(connections, clock);
        Blobs = new SqliteBlobStore(connections, clock);
        Decisions = new DecisionTables(connections, clock);
    }

    /// <summary>The file, as a full path.</summary>
    public string Path { get; }

    /// <summary>How the journal reaches the same file.</summary>
    public SqliteConnections Connections { get; }

    /// <summary>Studies and their results: what reports read.</summary>
    public IStudyStore Studies { get; }

    /// <summary>Checkpoints and results by content.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>The coordinator's decisions as tables.</summary>
    public DecisionTables Decisions { get; }

    /// <summary>Opens a store for writing; makes it where there is none. One process at a time.</summary>
    /// <exception cref="UserMistakeException">The place, the file or another writer forbids it; the message says what to do.</exception>
    public static Store Open(string path, TimeProvider? clock = null)
    {
        var full = System.IO.Path.GetFullPath(path);
        StoreCheck.Place(full);
        var writerLock = WriterLock.Take(full);
        try
        {
            var connections = new SqliteConnections(full, readOnly: false);
            var isOld = StoreCheck.File(full, forWriting: true);
            if (isOld)
            {
                // The checks come before the first pragma that writes.
                Check(full);
            }

            using (var connection = OpenFirst(full, connections))
            {
                Migrations.Apply(connection, clock ?? TimeProvider.System);
            }

            return new(full, connections, writerLock, clock ?? TimeProvider.System);
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens a store to read reports from it, also while another process writes.</summary>
    /// <exception cref="UserMistakeException">There is no store, or it cannot be read.</exception>
    public static Store OpenForReading(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        StoreCheck.Place(full);
        if (!StoreCheck.File(full, forWriting: false))
        {
            throw new UserMistakeException($"{full}: there is no store here; run a study first, or name its store with --store");
        }

        var connections = new SqliteConnections(full, readOnly: true);
        Check(full);
        return new(full, connections, null, TimeProvider.System);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Connections.Release();
        _lock?.Dispose();
    }

    private static void Check(string path)
    {
        using var connection = OpenFirst(path, new SqliteConnections(path, readOnly: true));
        StoreCheck.Content(path, connection);
    }

    private static SqliteConnection OpenFirst(string path, SqliteConnections connections)
    {
        try
        {
            return connections.Open();
        }
        catch (SqliteException refused)
        {
            throw new UserMistakeException(
                $"{path}: cannot be opened as a store ({refused.Message}); nothing was changed. Restore a copy, move it away, or choose another store with --store",
                refused);
        }
    }
}
