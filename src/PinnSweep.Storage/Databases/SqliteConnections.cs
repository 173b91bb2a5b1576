using System.Data.Common;
using LinqToDB;
using Microsoft.Data.Sqlite;

namespace PinnSweep.Storage.Databases;

/// <summary>How a file is opened.</summary>
internal enum SqliteAccess
{
    /// <summary>To write.</summary>
    Write,

    /// <summary>To read beside a writer, which needs a small file beside the store.</summary>
    Read,

    /// <summary>To read where nothing may be written, from what a writer has left there.</summary>
    ReadOnly,

    /// <summary>To read a file that nobody writes to and that has no log beside it, a copy on a read-only disk for instance.</summary>
    Immutable,
}

/// <summary>An SQLite file.</summary>
internal sealed class SqliteConnections : Connections
{
    /// <summary>
    /// WAL lets reports read while a run writes. FULL costs one flush a transaction and keeps the promise that acknowledged means durable
    /// through a power cut; decisions are written in batches, so the flush is shared.
    /// </summary>
    private const string WriterPragmas = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 300000; pragma foreign_keys = on; pragma cache_size = -2000;";

    private const string ReaderPragmas = "pragma busy_timeout = 30000; pragma query_only = on;";

    private readonly SqliteAccess _access;

    /// <summary>Connections to a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readOnly">Whether they only read.</param>
    public SqliteConnections(string path, bool readOnly)
        : this(path, readOnly ? SqliteAccess.Read : SqliteAccess.Write)
    {
    }

    internal SqliteConnections(string path, SqliteAccess access)
    {
        (Display, _access) = (path, access);
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = access == SqliteAccess.Immutable ? $"file:{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}?immutable=1" : path,
            Mode = access switch { SqliteAccess.Write => SqliteOpenMode.ReadWriteCreate, SqliteAccess.Read => SqliteOpenMode.ReadWrite, _ => SqliteOpenMode.ReadOnly },
            DefaultTimeout = access == SqliteAccess.Write ? 300 : 30,
        }.ToString();
    }

    /// <inheritdoc/>
    public override string Display { get; }

    /// <inheritdoc/>
    public override string ConnectionString { get; }

    internal override string Provider => ProviderName.SQLiteMS;

    internal override string BlobContent => "blobs.content";

    internal override string False => "0";

    internal override string AfterOpening => _access == SqliteAccess.Write ? WriterPragmas : ReaderPragmas;

    /// <inheritdoc/>
    public override DbConnection Open() => OpenSqlite();

    /// <inheritdoc/>
    public override void Release()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    internal SqliteConnection OpenSqlite()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            connection.Execute(AfterOpening);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal override DbTransaction BeginWriting(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    /// <summary>
    /// Only a machine that stops can lose what is not flushed, and with it stops the coordinator, which compares tables and journal when it
    /// starts. Commits reach the disk in their order, so the journal is never behind the tables. The next opening flushes again.
    /// </summary>
    internal override DbTransaction BeginRepeating(DbConnection connection)
    {
        connection.Execute("pragma synchronous = normal");
        return BeginWriting(connection);
    }

    /// <summary>
    /// Keys are spread over the whole of an index: where its pages do not stay in memory, each row writes and reads some (100,000 trials took
    /// three minutes and take seconds). The next opening takes the memory back.
    /// </summary>
    internal override DbTransaction BeginLarge(DbConnection connection)
    {
        connection.Execute("pragma cache_size = -131072");
        return BeginWriting(connection);
    }

    internal override DbTransaction BeginReading(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    internal override void Execute(DbConnection connection, IEnumerable<Statement> statements)
    {
        var prepared = new Dictionary<string, DbCommand>(StringComparer.Ordinal);
        try
        {
            foreach (var (sql, values) in statements)
            {
                if (!prepared.TryGetValue(sql, out var command))
                {
                    prepared[sql] = command = connection.Prepare(sql, values);
                }

                for (var i = 0; i < values.Length; i++)
                {
                    command.Parameters[i].Value = values[i] ?? DBNull.Value;
                }

                command.ExecuteNonQuery();
            }
        }
        finally
        {
            foreach (var command in prepared.Values)
            {
                command.Dispose();
            }
        }
    }

    internal override void Insert(DbConnection connection, string table, string[] columns, IEnumerable<object?[]> rows, string condition = "true")
    {
        var values = string.Join(", ", columns.Select((column, i) => $"${i + 1} as {column}"));
        var sql = $"insert into {table} ({string.Join(", ", columns)}) select * from (select {values}) as given where {condition} on conflict do nothing";
        Execute(connection, rows.Select(row => new Statement(sql, row)));
    }

    internal override IEnumerable<string> CheckPages(DbConnection connection) =>
        connection.Query("pragma integrity_check(50)", row => row.GetString(0)).Where(line => line != "ok");

    internal override void DeferReferences(DbConnection connection) => connection.Execute("pragma defer_foreign_keys = on");

    internal override bool MendIndexes(DbConnection connection)
    {
        if (_access != SqliteAccess.Write)
        {
            return false;
        }

        try
        {
            connection.Execute("reindex");
            return true;
        }
        catch (SqliteException)
        {
            // Rows that the index would refuse: it stays as it is, and what cannot be found through it counts as lost.
            return false;
        }
    }

    internal override string TextsOf(string parameter) => $"(select value from json_each({parameter}))";
}
