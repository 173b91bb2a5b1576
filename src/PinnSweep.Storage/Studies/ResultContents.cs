using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Schema;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Studies;

/// <summary>
/// Accepted results with their contents, each held against what its row says. One that cannot be read is named and costs no other: its
/// trial can be trained again.
/// </summary>
internal static class ResultContents
{
    /// <summary>Reads the results of the trials in a JSON array of keys, one after the other, each with the name of its content.</summary>
    /// <param name="connections">The store.</param>
    /// <param name="connection">A connection, which is busy meanwhile.</param>
    /// <param name="keys">The trials.</param>
    /// <param name="parts">What of each.</param>
    /// <param name="take">Takes what can be read: the result, the name of its content, and whether it has a field.</param>
    /// <returns>What cannot.</returns>
    public static List<DamagedTrial> Read(Connections connections, DbConnection connection, string keys, ResultParts parts, Action<TrialResult, string, bool> take)
    {
        var damaged = new List<DamagedTrial>();
        foreach (var row in Rows(connections, connection, $"results.key in {connections.TextsOf("$1")}", keys))
        {
            var what = row.What;
            var hasField = false;
            var result = what is null ? Parse(row, parts, out what, out hasField) : null;
            if (result is not null)
            {
                take(result, row.Blob, hasField);
            }
            else
            {
                damaged.Add(new(row.Key, row.Attempt, what!));
            }
        }

        return [.. damaged.OrderBy(trial => trial.Key.Hex, StringComparer.Ordinal)];
    }

    /// <summary>Reads the results of the trials in a JSON array of keys.</summary>
    public static (List<TrialResult> Readable, List<DamagedTrial> Damaged) Load(Connections connections, DbConnection connection, string keys)
    {
        var readable = new List<TrialResult>();
        return (readable, Read(connections, connection, keys, ResultParts.All, (result, _, _) => readable.Add(result)));
    }

    /// <summary>Contents by their names; those that are missing or damaged are left out.</summary>
    public static IEnumerable<(string Blob, byte[] Content)> Contents(Connections connections, DbConnection connection, string[] blobs)
    {
        using var command = connection.Prepare($"select sha256, {connections.BlobContent} from blobs where sha256 in {connections.TextsOf("$1")}", JsonSerializer.Serialize(blobs));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var (blob, content) = (Text(reader, 0), reader.GetValue(1) as byte[] ?? []);
            if (Convert.ToHexStringLower(SHA256.HashData(content)) == blob)
            {
                yield return (blob, content);
            }
        }
    }

    /// <summary>The results of a stored study, or of all, that cannot be read. Holds one content at a time.</summary>
    public static List<DamagedTrial> FindDamaged(Connections connections, DbConnection connection, string? study, Func<bool>? isGivenUp)
    {
        var damaged = new List<DamagedTrial>();
        foreach (var row in Rows(connections, connection, study is null ? "$1 = ''" : "results.key in (select key from study_trials where study = $1)", study ?? ""))
        {
            if (isGivenUp?.Invoke() ?? false)
            {
                break;
            }

            if (row.What is { } what)
            {
                damaged.Add(new(row.Key, row.Attempt, what));
            }
            else if (PackedResult.KeyOf(row.Content) != row.Key.Hex)
            {
                damaged.Add(new(row.Key, row.Attempt, OfAnother(row)));
            }
        }

        return damaged;
    }

    /// <summary>The trained networks that are kept; none in a store that an earlier version made.</summary>
    public static IEnumerable<(string Key, string Blob)> Networks(DbConnection connection) =>
        HaveNetworks(connection) ? connection.Query("select key, network from results where network is not null", row => (Text(row, 0), Text(row, 1))) : [];

    /// <summary>The trained network of one trial; null where none is kept.</summary>
    public static string? NetworkOf(DbConnection connection, TrialKey trial) => HaveNetworks(connection)
        ? connection.Query("select network from results where key = $1 and network is not null", row => Text(row, 0), trial.Hex).FirstOrDefault()
        : null;

    /// <summary>The states at the end that are kept; none in a store that an earlier version made.</summary>
    public static IEnumerable<(string Key, string Blob)> Finals(DbConnection connection) =>
        HaveFinals(connection) ? connection.Query("select key, final from results where final is not null", row => (Text(row, 0), Text(row, 1))) : [];

    /// <summary>The state at the end of one trial; null where none is kept.</summary>
    public static string? FinalOf(DbConnection connection, TrialKey trial) => HaveFinals(connection)
        ? connection.Query("select final from results where key = $1 and final is not null", row => Text(row, 0), trial.Hex).FirstOrDefault()
        : null;

    /// <summary>Whether results may have the state at the end beside them.</summary>
    public static bool HaveFinals(DbConnection connection) => connection.Scalar<long>("select max(version) from schema_version") >= SchemaVersions.SinceFinals;

    private static bool HaveNetworks(DbConnection connection) =>
        connection.Scalar<long>("select max(version) from schema_version") >= SchemaVersions.SinceNetworks;

    private static IEnumerable<Row> Rows(Connections connections, DbConnection connection, string among, string value)
    {
        using var command = connection.Prepare(
            $"select results.key, results.attempt, results.blob, blobs.sha256, {connections.BlobContent} from results left join blobs on blobs.sha256 = results.blob where {among}",
            value);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return Read(reader);
        }
    }

    private static Row Read(DbDataReader reader)
    {
        var key = new TrialKey(Text(reader, 0));
        var attempt = reader.GetValue(1) is long number ? (int)number : 0;
        var blob = Text(reader, 2);
        if (reader.IsDBNull(3))
        {
            return new(key, attempt, blob, [], $"its content {blob} is missing from the store");
        }

        var content = reader.GetValue(4) as byte[] ?? [];
        var actual = Convert.ToHexStringLower(SHA256.HashData(content));
        return new(key, attempt, blob, content, actual == blob ? null : $"its content {blob} is damaged: the stored bytes have SHA-256 {actual}");
    }

    private static TrialResult? Parse(Row row, ResultParts parts, out string? what, out bool hasField)
    {
        try
        {
            var result = PackedResult.Open(row.Content, parts, out hasField);
            what = result.Key == row.Key ? null : OfAnother(row);
            return what is null ? result : null;
        }
        catch (InvalidDataException unreadable)
        {
            what = $"its content is {unreadable.Message}";
            hasField = false;
            return null;
        }
    }

    private static string OfAnother(Row row) => $"its content is the result of another trial, {PackedResult.KeyOf(row.Content) ?? "which it does not name"}";

    /// <summary>A damaged column may hold another type than its own.</summary>
    private static string Text(DbDataReader reader, int column) => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture) ?? "";

    private readonly record struct Row(TrialKey Key, int Attempt, string Blob, byte[] Content, string? What);
}
