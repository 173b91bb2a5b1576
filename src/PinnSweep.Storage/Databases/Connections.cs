using System.Data.Common;

namespace PinnSweep.Storage.Databases;

/// <summary>
/// Opens connections to one database, all with the same settings, and holds what differs between the two databases. Everything else is
/// one text of SQL for both.
/// </summary>
public abstract class Connections
{
    private protected Connections()
    {
    }

    /// <summary>The database for messages and logs: a path, or an address without password.</summary>
    public abstract string Display { get; }

    /// <summary>What a driver needs to open it. Holds the password, so it goes nowhere else.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>The name of the driver and its dialect for the journal's plugin.</summary>
    internal abstract string Provider { get; }

    /// <summary>The content of the blob <c>blobs.sha256</c> in a select.</summary>
    internal abstract string BlobContent { get; }

    /// <summary>What is not true, in a statement.</summary>
    internal virtual string False => "false";

    /// <summary>An open connection, to be disposed.</summary>
    public abstract DbConnection Open();

    /// <summary>Closes what the driver keeps open for reuse.</summary>
    public abstract void Release();

    /// <summary>The rows of one statement, for looking into a store.</summary>
    public IReadOnlyList<T> Query<T>(string sql, Func<DbDataReader, T> read)
    {
        using var connection = Open();
        return connection.Query(sql, read);
    }

    /// <summary>Settings of each new connection that the connection string cannot say, or nothing.</summary>
    internal virtual string AfterOpening => "";

    /// <summary>A transaction that will write.</summary>
    internal abstract DbTransaction BeginWriting(DbConnection connection);

    /// <summary>
    /// A transaction that will write what the journal holds already and could be made again from it: where that is safe, its commit does
    /// not wait for the disk.
    /// </summary>
    internal virtual DbTransaction BeginRepeating(DbConnection connection) => BeginWriting(connection);

    /// <summary>A transaction that will write as much as a whole study.</summary>
    internal virtual DbTransaction BeginLarge(DbConnection connection) => BeginWriting(connection);

    /// <summary>A transaction whose selects all see one moment.</summary>
    internal abstract DbTransaction BeginReading(DbConnection connection);

    /// <summary>Runs many statements, mostly the same few, in as few round trips and parses as the driver allows.</summary>
    internal abstract void Execute(DbConnection connection, IEnumerable<Statement> statements);

    /// <summary>Makes indexes anew from the rows they are of, where the database can; false where it cannot or may not.</summary>
    internal virtual bool MendIndexes(DbConnection connection) => false;

    /// <summary>Has references between tables checked at the end of the transaction, where they are checked at all.</summary>
    internal virtual void DeferReferences(DbConnection connection)
    {
    }

    /// <summary>What the database itself finds wrong with its pages and indexes, where it can tell.</summary>
    internal virtual IEnumerable<string> CheckPages(DbConnection connection) => [];

    /// <summary>Inserts rows of texts, whole numbers and doubles that may be null. Those that are there already stay as they are.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, in the order of the values.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="condition">Which rows are wanted; the row is called <c>given</c>.</param>
    internal abstract void Insert(DbConnection connection, string table, string[] columns, IEnumerable<object?[]> rows, string condition = "true");

    /// <summary>A subselect of the texts in a JSON array.</summary>
    internal abstract string TextsOf(string parameter);
}
