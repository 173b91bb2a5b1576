using System.Data;
using System.Data.Common;
using LinqToDB;
using Npgsql;

namespace PinnSweep.Storage.Databases;

/// <summary>A PostgreSQL database.</summary>
internal sealed class PostgresConnections : Connections
{
    /// <summary>Statements that travel together.</summary>
    private const int BatchSize = 1000;

    private const int RowsOfInsert = 5000;

    internal PostgresConnections(PostgresAddress address, bool readOnly)
    {
        Display = address.Display;
        ConnectionString = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            Options = readOnly ? "-c default_transaction_read_only=on" : null,
        }.ToString();
    }

    /// <inheritdoc/>
    public override string Display { get; }

    /// <inheritdoc/>
    public override string ConnectionString { get; }

    internal override string Provider => ProviderName.PostgreSQL15;

    internal override string BlobContent => "(select coalesce(string_agg(part.content, '' order by part.n), '') from blob_parts part where part.sha256 = blobs.sha256)";

    /// <inheritdoc/>
    public override DbConnection Open() => OpenPostgres();

    /// <inheritdoc/>
    public override void Release()
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    internal NpgsqlConnection OpenPostgres()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal override DbTransaction BeginWriting(DbConnection connection) => connection.BeginTransaction(IsolationLevel.ReadCommitted);

    // Commits stay synchronous: a server that lost a commit and came back would have less than the running coordinator believes.
    internal override DbTransaction BeginReading(DbConnection connection) => connection.BeginTransaction(IsolationLevel.RepeatableRead);

    internal override void Execute(DbConnection connection, IEnumerable<Statement> statements)
    {
        foreach (var together in statements.Chunk(BatchSize))
        {
            using var batch = new NpgsqlBatch((NpgsqlConnection)connection);
            foreach (var (sql, values) in together)
            {
                var command = new NpgsqlBatchCommand(sql);
                foreach (var value in values)
                {
                    command.Parameters.Add(new() { Value = value ?? DBNull.Value });
                }

                batch.BatchCommands.Add(command);
            }

            batch.ExecuteNonQuery();
        }
    }

    /// <summary>A statement for a few thousand rows, with an array for each column: ten times as fast as one for each row.</summary>
    internal override void Insert(DbConnection connection, string table, string[] columns, IEnumerable<object?[]> rows, string condition = "true")
    {
        var names = string.Join(", ", columns);
        var arrays = string.Join(", ", columns.Select((_, i) => $"${i + 1}"));
        var sql = $"insert into {table} ({names}) select * from unnest({arrays}) as given ({names}) where {condition} on conflict do nothing";
        foreach (var together in rows.Chunk(RowsOfInsert))
        {
            connection.Execute(sql, [.. columns.Select((_, i) => Column(together, i))]);
        }
    }

    internal override string TextsOf(string parameter) => $"(select jsonb_array_elements_text({parameter}::jsonb))";

    private static Array Column(object?[][] rows, int i) => rows[0][i] switch
    {
        string => Array.ConvertAll(rows, row => (string)row[i]!),
        long => Array.ConvertAll(rows, row => (long)row[i]!),
        _ => Array.ConvertAll(rows, row => (double?)row[i]),
    };
}
