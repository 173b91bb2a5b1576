using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace PinnSweep.Storage.Databases;

/// <summary>Which failures say that the database is away for a while, and not that something is wrong with the statement.</summary>
internal static class Outages
{
    // SQLite's numbers: busy, locked, input or output failed, full, cannot open.
    private static readonly int[] Sqlite = [5, 6, 10, 13, 14];

    // Classes of SQLSTATE: connection, resources (full disk, too many connections), operator (shutting down, starting up), system.
    private static readonly string[] Postgres = ["08", "53", "57", "58"];

    /// <summary>Whether trying again later may help.</summary>
    public static bool IsOne(DbException failure) => failure switch
    {
        SqliteException { SqliteErrorCode: var code } => Sqlite.Contains(code),
        PostgresException { SqlState: var state } refused => refused.IsTransient || Postgres.Any(kind => state.StartsWith(kind, StringComparison.Ordinal)),
        // The driver's own exceptions tell of a connection that could not be made or broke.
        NpgsqlException => true,
        _ => false,
    };
}
