using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Storage.Schema;

/// <summary>Brings a database to the newest version.</summary>
internal static class Migrations
{
    /// <summary>Marks a file as a PinnSweep store ("PSwp"); also the lock that migrations of a server's database take.</summary>
    public const int ApplicationId = 0x50537770;

    /// <summary>Marks a PostgreSQL database as a store: the comment on its table of versions.</summary>
    public const string Mark = "PinnSweep store";

    /// <summary>The version of a file; 0 for an empty one.</summary>
    public static int VersionOf(SqliteConnection connection) =>
        connection.Scalar<long>("select count(*) from sqlite_master where type = 'table' and name = 'schema_version'") == 0
            ? 0
            : (int)connection.Scalar<long>("select max(version) from schema_version");

    /// <summary>The version of a database that carries the mark; 0 for any other.</summary>
    public static int VersionOf(NpgsqlConnection connection) =>
        connection.Scalar<string>("select obj_description(to_regclass('schema_version'), 'pg_class')") == Mark
            ? (int)connection.Scalar<long>("select max(version) from schema_version")
            : 0;

    /// <summary>Each step in a transaction of its own; the caller holds the writer's lock.</summary>
    public static void Apply(SqliteConnection connection, TimeProvider clock)
    {
        connection.Execute("create table if not exists schema_version (version integer primary key, applied_at text not null)");
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma application_id = {ApplicationId}"));
        for (var version = VersionOf(connection) + 1; version <= SchemaVersions.Newest; version++)
        {
            using var transaction = connection.BeginTransaction();
            Step(connection, version, SchemaVersions.All[version - 1].Sqlite, clock);
            transaction.Commit();
        }
    }

    /// <summary>Writes again which version the tables are of, where its row is damaged: a step made twice would fail.</summary>
    public static void MendVersion(SqliteConnection connection, TimeProvider clock)
    {
        if (SqliteShape.DamagedVersionOf(connection) is not { } version)
        {
            return;
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute("create table if not exists schema_version (version integer primary key, applied_at text not null)");
        connection.Execute("delete from schema_version");
        for (var step = 1; step <= version; step++)
        {
            connection.Execute("insert into schema_version (version, applied_at) values ($1, $2)", step, Moments.Write(clock.GetUtcNow()));
        }

        transaction.Commit();
    }

    /// <summary>Inside the caller's transaction, which holds the lock of migrations.</summary>
    public static void Apply(NpgsqlConnection connection, TimeProvider clock)
    {
        connection.Execute("create table if not exists schema_version (version bigint primary key, applied_at text not null)");
        connection.Execute($"comment on table schema_version is '{Mark}'");
        for (var version = VersionOf(connection) + 1; version <= SchemaVersions.Newest; version++)
        {
            Step(connection, version, SchemaVersions.All[version - 1].Postgres, clock);
        }
    }

    private static void Step(DbConnection connection, int version, string script, TimeProvider clock)
    {
        connection.Execute(script);
        connection.Execute("insert into schema_version (version, applied_at) values ($1, $2)", version, Moments.Write(clock.GetUtcNow()));
    }
}
