using System.Globalization;
using Microsoft.Data.Sqlite;
using PinnSweep.Storage.Sqlite;

namespace PinnSweep.Storage.Schema;

/// <summary>
/// The side tables beside the journal, version by version. A version that was released never changes; a new one is added at the end.
/// The journal's own tables are made by its plugin.
/// </summary>
internal static class Migrations
{
    /// <summary>Marks the file as a PinnSweep store ("PSwp").</summary>
    public const int ApplicationId = 0x50537770;

    private static readonly string[] Scripts =
    [
        """
        create table studies (
            hash text primary key,
            name text not null,
            text text not null,
            submitted_at text not null
        ) without rowid;

        create table trials (
            key text primary key,
            description text not null
        ) without rowid;

        create table study_trials (
            study text not null references studies (hash),
            position integer not null,
            key text not null references trials (key),
            primary key (study, position)
        ) without rowid;

        create table blobs (
            id integer primary key,
            sha256 text not null unique,
            bytes integer not null,
            created_at integer not null,
            content blob not null
        );

        create table results (
            key text primary key,
            attempt integer not null,
            blob text not null,
            outcome text not null,
            steps integer not null,
            relative_l2 real,
            seconds real not null,
            accepted_at text not null
        ) without rowid;

        create table checkpoints (
            key text primary key,
            attempt integer not null,
            step integer not null,
            blob text not null,
            at text not null
        ) without rowid;

        create table faults (
            key text not null,
            attempt integer not null,
            kind text not null,
            message text not null,
            detail text not null,
            worker text not null,
            incarnation text not null,
            at text not null,
            primary key (key, attempt)
        ) without rowid;

        create table quarantined (
            key text primary key,
            at text not null
        ) without rowid;

        create table projections (
            name text primary key,
            sequence_number integer not null
        ) without rowid;

        create index results_blob on results (blob);
        create index checkpoints_blob on checkpoints (blob);
        """,
    ];

    public static int Newest => Scripts.Length;

    /// <summary>The version of a file; 0 for an empty one.</summary>
    public static int VersionOf(SqliteConnection connection) =>
        connection.Scalar<long>("select count(*) from sqlite_master where type = 'table' and name = 'schema_version'") == 0
            ? 0
            : (int)connection.Scalar<long>("select max(version) from schema_version");

    /// <summary>Brings a file to the newest version, each step in a transaction of its own.</summary>
    public static void Apply(SqliteConnection connection, TimeProvider clock)
    {
        connection.Execute("create table if not exists schema_version (version integer primary key, applied_at text not null)");
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma application_id = {ApplicationId}"));
        for (var version = VersionOf(connection) + 1; version <= Newest; version++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(Scripts[version - 1]);
            connection.Execute("insert into schema_version (version, applied_at) values ($1, $2)", version, Moments.Write(clock.GetUtcNow()));
            transaction.Commit();
        }
    }
}
