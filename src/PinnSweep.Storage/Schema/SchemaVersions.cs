using System.Text.RegularExpressions;

namespace PinnSweep.Storage.Schema;

/// <summary>What one version adds to a store.</summary>
/// <param name="Sqlite">For a file.</param>
/// <param name="Postgres">For a PostgreSQL database.</param>
internal sealed record SchemaVersion(string Sqlite, string Postgres);

/// <summary>
/// The tables, version by version, the same numbers for both databases. A version that was released never changes; a new one is added at
/// the end. Scripts for both are written in SQLite's words.
/// </summary>
internal static partial class SchemaVersions
{
    private const string Decisions =
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
        """;

    /// <summary>One row a blob, so that the driver can stream into it.</summary>
    private const string SqliteBlobs =
        """
        create table blobs (
            id integer primary key,
            sha256 text not null unique,
            bytes integer not null,
            created_at integer not null,
            content blob not null
        );
        """;

    /// <summary>PostgreSQL cannot stream into a row, so a blob is a row of parts each small enough to hold in memory.</summary>
    private const string PostgresBlobs =
        """
        create table blobs (
            sha256 text primary key,
            bytes bigint not null,
            created_at bigint not null
        );

        create table blob_parts (
            sha256 text not null references blobs (sha256) on delete cascade,
            n bigint not null,
            content bytea not null,
            primary key (sha256, n)
        );

        -- Checkpoints do not compress.
        alter table blob_parts alter column content set storage external;
        """;

    private const string Curves =
        """
        create table curve_points (
            key text not null,
            attempt integer not null,
            step integer not null,
            completed real not null,
            relative_l2 real,
            steps_per_second real,
            at text not null,
            primary key (key, attempt, step)
        ) without rowid;
        """;

    // The journal's plugin would make these tables too, but without the unique index: two coordinators that live at once could then both
    // write the next event.
    private const string SqliteJournal =
        """
        create table if not exists journal (
            ordering integer not null primary key autoincrement,
            created integer not null,
            deleted bit not null,
            persistence_id nvarchar(255) not null,
            sequence_number integer not null,
            message varbinary not null,
            tags nvarchar(100) null,
            manifest nvarchar(500) null,
            identifier integer null,
            writer_uuid nvarchar(128) null
        );

        create table if not exists snapshot (
            persistence_id nvarchar(255) not null,
            sequence_number integer not null,
            created integer not null,
            snapshot varbinary null,
            manifest nvarchar(500) null,
            serializer_id integer null,
            constraint pk_snapshot primary key (persistence_id, sequence_number)
        );

        create unique index journal_event on journal (persistence_id, sequence_number);
        """;

    private const string PostgresJournal =
        """
        create table journal (
            ordering bigint generated always as identity primary key,
            created bigint not null,
            deleted boolean not null,
            persistence_id text not null,
            sequence_number bigint not null,
            message bytea not null,
            tags text,
            manifest text,
            identifier integer,
            writer_uuid text
        );

        create table snapshot (
            persistence_id text not null,
            sequence_number bigint not null,
            created bigint not null,
            snapshot bytea,
            manifest text,
            serializer_id integer,
            primary key (persistence_id, sequence_number)
        );

        create unique index journal_event on journal (persistence_id, sequence_number);
        """;

    private const string Lease =
        """
        create table coordinator_lease (
            name text primary key,
            holder text not null,
            token bigint not null,
            expires_at timestamptz not null
        );

        insert into coordinator_lease (name, holder, token, expires_at) values ('coordinator', '', 0, '-infinity');
        """;

    /// <summary>
    /// A study owns its plan. Null where an earlier version stored it and nobody with a catalog has opened the store for writing since; the
    /// hash tells damage. The text of such a study has overrides and files in front, that of any other is the file alone.
    /// </summary>
    private const string Plans =
        """
        alter table studies add column plan text;
        alter table studies add column plan_sha256 text;
        alter table studies add column source text;
        alter table studies add column overrides text;
        alter table studies add column files text;
        """;

    /// <summary>Decisions of studies in stages, in their order, and what was locked before a study began; digests tell damage.</summary>
    private const string Stages =
        """
        create table stages (
            study text not null,
            number integer not null,
            document text not null,
            sha256 text not null,
            decided_at text not null,
            primary key (study, number)
        ) without rowid;

        create table locks (
            study text not null,
            document text not null,
            sha256 text not null,
            locked_at text not null,
            primary key (study)
        ) without rowid;
        """;

    /// <summary>
    /// Who had each attempt. Nothing stands at its end where a fault or the result tells it: endings are those that no other table knows.
    /// </summary>
    private const string Attempts =
        """
        create table attempts (
            key text not null,
            attempt integer not null,
            worker text not null,
            incarnation text not null,
            leased_at text not null,
            ended_at text,
            ending text,
            reason text,
            primary key (key, attempt)
        ) without rowid;
        """;

    /// <summary>What was told to hooks, what is on its way to them, and what lasts and was told when it began.</summary>
    private const string Alerts =
        """
        create table alert_origin (
            name text primary key,
            id text not null,
            began_at text not null
        ) without rowid;

        create table alerts (
            id text primary key,
            event text not null,
            study text not null,
            at text not null,
            body text not null
        ) without rowid;

        create table alert_deliveries (
            alert text not null,
            hook text not null,
            attempts integer not null,
            next_at text not null,
            state text not null,
            reason text not null,
            primary key (alert, hook)
        ) without rowid;

        create table alert_conditions (
            event text not null,
            subject text not null,
            occurrence integer not null,
            since text not null,
            is_told integer not null,
            ended_at text not null,
            primary key (event, subject)
        ) without rowid;
        """;

    /// <summary>What people add to studies; apart from everything that is planned, trained and hashed.</summary>
    private const string Annotations =
        """
        create table tags (
            study text not null,
            tag text not null,
            tagged_at text not null,
            primary key (study, tag)
        ) without rowid;

        create table notes (
            study text not null,
            number integer not null,
            factor text not null,
            level text not null,
            text text not null,
            written_at text not null,
            primary key (study, number)
        ) without rowid;

        create table external_results (
            study text not null,
            source text not null,
            method text not null,
            problem text not null,
            seed integer not null,
            error real not null,
            seconds real,
            note text not null,
            imported_at text not null,
            primary key (study, source, method, problem, seed)
        ) without rowid;
        """;

    /// <summary>The trained network beside each result; null in rows of earlier versions, and where none was kept.</summary>
    private const string Networks =
        """
        alter table results add column network text;
        create index results_network on results (network);
        """;

    /// <summary>The state at the end beside each result; null in rows of earlier versions, and where none was kept.</summary>
    private const string Finals =
        """
        alter table results add column final text;
        create index results_final on results (final);
        """;

    /// <summary>
    /// Results may be packed, which earlier versions would take for damage: they refuse the number. Indexes of what few rows have name those
    /// alone.
    /// </summary>
    private const string PackedResults =
        """
        drop index results_network;
        drop index results_final;
        create index results_network on results (network) where network is not null;
        create index results_final on results (final) where final is not null;
        """;

    /// <summary>The first stands at 0.</summary>
    public static IReadOnlyList<SchemaVersion> All { get; } =
    [
        new(Decisions + SqliteBlobs, InPostgresWords(Decisions) + PostgresBlobs),
        new(Curves + SqliteJournal, InPostgresWords(Curves) + PostgresJournal + Lease),
        new(Plans, InPostgresWords(Plans)),
        new(Stages, InPostgresWords(Stages)),
        new(Attempts, InPostgresWords(Attempts)),
        new(Alerts, InPostgresWords(Alerts)),
        new(Annotations, InPostgresWords(Annotations)),
        new(Networks, InPostgresWords(Networks)),
        new(Finals, InPostgresWords(Finals)),
        new(PackedResults, InPostgresWords(PackedResults)),
    ];

    /// <summary>The version that brought tags, notes and results of others.</summary>
    public static int SinceAnnotations { get; } = 1 + All.ToList().FindIndex(version => version.Sqlite == Annotations);

    /// <summary>The version that brought trained networks beside results.</summary>
    public static int SinceNetworks { get; } = 1 + All.ToList().FindIndex(version => version.Sqlite == Networks);

    /// <summary>The version that brought the state at the end beside results.</summary>
    public static int SinceFinals { get; } = 1 + All.ToList().FindIndex(version => version.Sqlite == Finals);

    public static int Newest => All.Count;

    /// <summary>The version that made a table.</summary>
    public static int Since(string table) => 1 + All.ToList().FindIndex(version => version.Sqlite.Contains($"create table {table} (", StringComparison.Ordinal));

    /// <summary>
    /// Without references: a plan is stored in one transaction, and checking each of its trials takes longer than storing it.
    /// </summary>
    private static string InPostgresWords(string script) => References().Replace(script, "")
        .Replace(" integer", " bigint", StringComparison.Ordinal)
        .Replace(" real", " double precision", StringComparison.Ordinal)
        .Replace(" without rowid", "", StringComparison.Ordinal);

    [GeneratedRegex(@" references \w+ \(\w+\)")]
    private static partial Regex References();
}
