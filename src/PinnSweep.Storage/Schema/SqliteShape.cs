using System.Data.Common;
using Microsoft.Data.Sqlite;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Storage.Schema;

/// <summary>
/// Tables and columns of a file held against those that each version makes: the version that a damaged row no longer tells, and columns
/// that are gone.
/// </summary>
internal static class SqliteShape
{
    private static readonly Lazy<IReadOnlyList<HashSet<string>>> Versions = new(() =>
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        var shapes = new List<HashSet<string>> { new(StringComparer.Ordinal) };
        foreach (var version in SchemaVersions.All)
        {
            connection.Execute(version.Sqlite);
            shapes.Add(Of(connection));
        }

        return shapes;
    });

    /// <summary>
    /// The version whose tables and columns these exactly are, where rows of the steps that led to it are damaged or gone; else null.
    /// </summary>
    public static int? DamagedVersionOf(DbConnection connection)
    {
        var shape = Of(connection);
        var version = Versions.Value.ToList().FindLastIndex(known => known.SetEquals(shape));
        return version > 0 && !HasSteps(connection, version) ? version : null;
    }

    private static bool HasSteps(DbConnection connection, int version) =>
        connection.Scalar<long>("select count(*) from sqlite_master where type = 'table' and name = 'schema_version'") > 0
        && connection.Scalar<long>("select count(*) from schema_version where version between 1 and $1", (long)version) == version;

    /// <summary>Columns that a version has and the file has not, as <c>table.column</c>.</summary>
    public static IEnumerable<string> Missing(DbConnection connection, int version) =>
        Versions.Value[version].Except(Of(connection)).Order(StringComparer.Ordinal);

    private static HashSet<string> Of(DbConnection connection) => connection.Query(
        """
        select sqlite_master.name, columns.name from sqlite_master, pragma_table_info(sqlite_master.name) columns
        where sqlite_master.type = 'table' and sqlite_master.name <> 'schema_version' and sqlite_master.name not like 'sqlite_%'
        """,
        row => $"{row.GetString(0)}.{row.GetString(1)}").ToHashSet(StringComparer.Ordinal);
}
