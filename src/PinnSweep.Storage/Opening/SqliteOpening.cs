using Microsoft.Data.Sqlite;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Files;
using PinnSweep.Storage.Schema;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Opening;

/// <summary>From a path to connections to a file that is a store of this version.</summary>
internal static class SqliteOpening
{
    private static readonly string[] Beside = ["", "-wal", "-shm", "-journal", ".lock", ".writer"];
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;

    /// <summary>The caller holds the writer's lock.</summary>
    public static SqliteConnections ForWriting(string path, TimeProvider clock) => Explained(path, () =>
    {
        PrivateFiles.RefuseForeignLinks(path, "choose a store in a folder of your own with --store");
        if (SqliteCheck.File(path, forWriting: true))
        {
            // The checks come before the first pragma that writes.
            Check(path, new(path, readOnly: true));
        }

        MakePrivate(path);

        var connections = new SqliteConnections(path, readOnly: false);
        using var connection = OpenFirst(path, connections);
        Migrations.MendVersion(connection, clock);
        Migrations.Apply(connection, clock);
        return connections;
    });

    public static SqliteConnections ForReading(string path) => Explained(path, () =>
    {
        SqliteCheck.Place(path);
        if (!SqliteCheck.File(path, forWriting: false))
        {
            throw new UserMistakeException($"{path}: there is no store here; run a study first, or name its store with --store");
        }

        // Beside a writer first. Where nothing may be written (a disk mounted read-only, somebody else's folder), what is there is read as
        // it is.
        SqliteAccess[] ways = HasLog(path) ? [SqliteAccess.Read, SqliteAccess.ReadOnly] : [SqliteAccess.Read, SqliteAccess.ReadOnly, SqliteAccess.Immutable];
        SqliteException? refusal = null;
        foreach (var way in ways)
        {
            var connections = new SqliteConnections(path, way);
            try
            {
                Check(path, connections);
                RequireStore(path, connections);
                return connections;
            }
            catch (SqliteException refused) when (refused.SqliteErrorCode is ReadOnly or CannotOpen)
            {
                refusal = refused;
            }
        }

        throw new UserMistakeException(
            $"{path}: cannot be read here ({refusal!.Message}): a log with the newest results lies beside it, and its reader needs to write the file '{path}-shm'. "
            + $"Permit writing in {Path.GetDirectoryName(path)}, or copy the store together with {path}-wal to a folder of your own and name the copy with --store",
            refusal);
    });

    /// <summary>A full disk, a lock of another program, a disk that fails: what a user can mend.</summary>
    private static T Explained<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (SqliteException refused) when (StoreTrouble.Of(path, refused) is { } trouble)
        {
            throw new UserMistakeException(trouble.Words, refused);
        }
    }

    /// <summary>
    /// The store holds everything that a cluster knows, so its owner alone reads it. SQLite gives the files beside it the permissions of
    /// the store; those of earlier versions, and what they left, are tightened.
    /// </summary>
    private static void MakePrivate(string path)
    {
        if (!File.Exists(path))
        {
            try
            {
                PrivateFiles.Create(path).Dispose();
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // SQLite says better what is wrong.
            }
        }

        PrivateFiles.Tighten(Beside.Select(ending => path + ending));
    }

    private static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    private static void Check(string path, SqliteConnections connections)
    {
        using var connection = OpenFirst(path, connections);
        SqliteCheck.Content(path, connection);
    }

    // A store whose first results were never copied from the log beside it into the file is nothing without that log.
    private static void RequireStore(string path, SqliteConnections connections)
    {
        using var connection = connections.OpenSqlite();
        if (Migrations.VersionOf(connection) == 0)
        {
            throw new UserMistakeException(
                $"{path}: there is no store in this file: a run has only begun it, or the log beside it, {path}-wal, which held everything, was taken away. Put that back, or run the study again");
        }
    }

    private static SqliteConnection OpenFirst(string path, SqliteConnections connections)
    {
        try
        {
            return connections.OpenSqlite();
        }
        catch (SqliteException refused) when (refused.SqliteErrorCode is not (ReadOnly or CannotOpen))
        {
            throw new UserMistakeException(
                $"{path}: cannot be opened as a store ({refused.Message}); nothing was changed. Restore a copy, move it away, or choose another store with --store",
                refused);
        }
    }
}
