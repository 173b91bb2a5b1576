using Microsoft.Data.Sqlite;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Schema;
using PinnSweep.Studies;

namespace PinnSweep.Storage.Opening;

/// <summary>From a path to connections to a file that is a store of this version.</summary>
internal static class SqliteOpening
{
    /// <summary>Whoever calls holds the writer's lock.</summary>
    public static SqliteConnections ForWriting(string path, TimeProvider clock)
    {
        if (SqliteCheck.File(path, forWriting: true))
        {
            // The checks come before the first pragma that writes.
            Check(path);
        }

        var connections = new SqliteConnections(path, readOnly: false);
        using var connection = OpenFirst(path, connections);
        Migrations.MendVersion(connection, clock);
        Migrations.Apply(connection, clock);
        return connections;
    }

    public static SqliteConnections ForReading(string path)
    {
        SqliteCheck.Place(path);
        if (!SqliteCheck.File(path, forWriting: false))
        {
            throw new UserMistakeException($"{path}: there is no store here; run a study first, or name its store with --store");
        }

        Check(path);
        return new(path, readOnly: true);
    }

    private static void Check(string path)
    {
        using var connection = OpenFirst(path, new(path, readOnly: true));
        SqliteCheck.Content(path, connection);
    }

    private static SqliteConnection OpenFirst(string path, SqliteConnections connections)
    {
        try
        {
            return connections.OpenSqlite();
        }
        catch (SqliteException refused)
        {
            throw new UserMistakeException(
                $"{path}: cannot be opened as a store ({refused.Message}); nothing was changed. Restore a copy, move it away, or choose another store with --store",
                refused);
        }
    }
}
