using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace PinnSweep.Storage.Databases;

/// <summary>What keeps a store from working, in a message that says how to mend it.</summary>
/// <param name="Words">The cause and the way out.</param>
/// <param name="MayPass">Whether it is worth waiting: the same may succeed later.</param>
public sealed record StoreTrouble(string Words, bool MayPass)
{
    // Less than a page of the journal with its index: SQLite says "full" soon, or has said so.
    private const long LeastBytes = 128 << 10;

    /// <summary>What a failure of a database says; null where it speaks of the statement and not of the store, which is a defect.</summary>
    /// <param name="place">What messages call the store.</param>
    /// <param name="failure">What a driver threw.</param>
    public static StoreTrouble? Of(string place, DbException failure) => failure switch
    {
        SqliteException { SqliteErrorCode: var code } => Sqlite(code) is { } words ? new($"{place}: {words} ({failure.Message})", Outages.IsOne(failure)) : null,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new($"{place}: the disk of the database's server is full; make room there ({failure.Message})", true),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction } => new($"{place}: the database does not permit it ({failure.Message}); check the rights of the user, and whether it is a read-only copy", false),
        PostgresException => Outages.IsOne(failure) ? new($"{place}: the database does not serve now ({failure.Message})", true) : null,
        NpgsqlException => new($"{place}: the database does not answer ({(failure.InnerException ?? failure).Message}); check that the server runs and the network", true),
        _ => null,
    };

    /// <summary>Looks what is wrong with a store right now; null where nothing can be found.</summary>
    /// <param name="place">What messages call the store: the path of a file.</param>
    /// <param name="isFile">Whether it is a file.</param>
    /// <param name="connections">How it is reached.</param>
    internal static StoreTrouble? Find(string place, bool isFile, Connections connections)
    {
        if (isFile && SqliteFile(place) is { } missing)
        {
            return missing;
        }

        try
        {
            using var connection = connections.Open();
            using var transaction = connections.BeginWriting(connection);
            transaction.Rollback();
            return null;
        }
        catch (DbException failure)
        {
            return Of(place, failure) ?? new($"{place}: {failure.Message}", false);
        }
    }

    private static StoreTrouble? SqliteFile(string path)
    {
        if (!File.Exists(path))
        {
            return new($"{path}: the file of the store was taken away while it was in use; put it back with its -wal, or start anew", false);
        }

        try
        {
            return new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace < LeastBytes ? new($"{path}: {Full}", true) : null;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private const string Full = "the disk of the store is full; make room, or copy the store to another disk and name it with --store";

    // The numbers of sqlite3.h.
    private static string? Sqlite(int code) => code switch
    {
        5 or 6 => "another program holds the store; end it, or wait",
        7 => "there is not enough memory for the database",
        8 => "the store cannot be written to: check the permissions of the file and its folder, and whether the disk is mounted read-only",
        10 => "the disk of the store failed to read or write, or its -wal or -shm was taken away while it was in use; see the system's log, and check it with doctor --store",
        11 => "the store is damaged; restore a copy, and see doctor --store",
        13 => Full,
        14 => "a file of the store cannot be opened: check its folder and permissions, and the limit of open files",
        26 => "the file is no store any more; restore a copy",
        _ => null,
    };
}
