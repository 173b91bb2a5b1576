using System.Collections.Immutable;
using System.Data.Common;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Annotations;

namespace PinnSweep.Storage.Annotations;

/// <summary>Results of others, apart from every table of results: nothing that reads ours can meet them.</summary>
public sealed class ExternalTable
{
    private static readonly string[] Columns = ["study", "source", "method", "problem", "seed", "error", "seconds", "note", "imported_at"];
    private readonly Connections _connections;

    internal ExternalTable(Connections connections) => _connections = connections;

    /// <summary>Adds results, all or none; those that are there already stay as they are.</summary>
    public void Add(string study, IReadOnlyCollection<ExternalResult> results)
    {
        if (results.Count == 0)
        {
            return;
        }

        using var connection = _connections.Open();
        using var transaction = _connections.BeginWriting(connection);
        _connections.Insert(
            connection,
            "external_results",
            Columns,
            InOrder(results).Select(result => new object?[]
            {
                study, result.Source, result.Method, result.Problem, result.Seed, result.Error, result.Seconds, result.Note ?? "", Moments.Write(result.ImportedAt),
            }));
        transaction.Commit();
    }

    /// <summary>Removes all results of a source.</summary>
    /// <returns>How many there were.</returns>
    public int Remove(string study, string source)
    {
        using var connection = _connections.Open();
        using var transaction = _connections.BeginWriting(connection);
        var gone = connection.Execute("delete from external_results where study = $1 and source = $2", study, source);
        transaction.Commit();
        return gone;
    }

    internal static ImmutableArray<ExternalResult> Of(DbConnection connection, string study) =>
    [
        .. InOrder(connection.Query(
            "select source, method, problem, seed, error, seconds, note, imported_at from external_results where study = $1",
            row => new ExternalResult(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetInt64(3),
                row.GetDouble(4),
                row.IsDBNull(5) ? null : row.GetDouble(5),
                row.GetString(6) is { Length: > 0 } note ? note : null,
                Moments.Read(row.GetString(7))),
            study)),
    ];

    private static IOrderedEnumerable<ExternalResult> InOrder(IEnumerable<ExternalResult> results) => results
        .OrderBy(result => result.Source, StringComparer.Ordinal).ThenBy(result => result.Method, StringComparer.Ordinal)
        .ThenBy(result => result.Problem, StringComparer.Ordinal).ThenBy(result => result.Seed);
}
