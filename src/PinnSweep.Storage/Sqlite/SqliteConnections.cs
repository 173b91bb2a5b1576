using Microsoft.Data.Sqlite;

namespace PinnSweep.Storage.Sqlite;

/// <summary>Opens connections to one file, all with the same settings.</summary>
public sealed class SqliteConnections(string path, bool readOnly)
{
    /// <summary>
    /// WAL lets reports read while a run writes. FULL costs one flush a transaction and keeps the promise that acknowledged means durable
    /// through a power cut; decisions are written in batches, so the flush is shared.
    /// </summary>
    public const string WriterPragmas = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 30000; pragma foreign_keys = on;";

    private const string ReaderPragmas = "pragma busy_timeout = 30000; pragma query_only = on;";

    /// <summary>What a driver needs to open the file.</summary>
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = readOnly ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>An open connection, to be disposed.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            connection.Execute(readOnly ? ReaderPragmas : WriterPragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The rows of one statement, for looking into a store.</summary>
    public IReadOnlyList<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = Open();
        return connection.Query(sql, read);
    }

    /// <summary>Closes what the driver keeps open for reuse, so that the file can be moved or deleted.</summary>
    public void Release()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }
}
