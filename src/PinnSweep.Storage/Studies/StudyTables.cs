using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PinnSweep.Storage.Blobs;
using PinnSweep.Storage.Sqlite;
using PinnSweep.Studies;

namespace PinnSweep.Storage.Studies;

/// <summary>Studies, trials and results in SQLite.</summary>
internal sealed class StudyTables(SqliteConnections connections, TimeProvider clock) : IStudyStore
{
    private const string Columns = "select hash, name, text, submitted_at from studies";

    public void Save(StudyPlan plan, string studyText)
    {
        using var connection = connections.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var isNew = connection.Execute(
            "insert into studies (hash, name, text, submitted_at) values ($1, $2, $3, $4) on conflict (hash) do nothing",
            plan.Hash, plan.Spec.Name, studyText, Moments.Write(clock.GetUtcNow())) == 1;
        for (var position = 0; isNew && position < plan.Trials.Length; position++)
        {
            var trial = plan.Trials[position];
            connection.Execute(
                "insert into trials (key, description) values ($1, $2) on conflict (key) do nothing", trial.Key.Hex, trial.Description.Canonical());
            connection.Execute("insert into study_trials (study, position, key) values ($1, $2, $3)", plan.Hash, position, trial.Key.Hex);
        }

        transaction.Commit();
    }

    public ImmutableArray<StoredStudy> List()
    {
        using var connection = connections.Open();
        return [.. connection.Query($"{Columns} order by submitted_at desc", ReadStudy)];
    }

    public StoredStudy? Find(string nameOrHash)
    {
        using var connection = connections.Open();
        return connection.Query($"{Columns} where hash = $1 or name = $1 order by submitted_at desc limit 1", ReadStudy, nameOrHash).FirstOrDefault();
    }

    public ImmutableArray<TrialKey> TrialsOf(string studyHash)
    {
        using var connection = connections.Open();
        return [.. connection.Query("select key from study_trials where study = $1 order by position", row => new TrialKey(row.GetString(0)), studyHash)];
    }

    public ImmutableDictionary<TrialKey, string> DescriptionsOf(IReadOnlyCollection<TrialKey> trials)
    {
        using var connection = connections.Open();
        return connection
            .Query(
                "select key, description from trials where key in (select value from json_each($1))",
                row => KeyValuePair.Create(new TrialKey(row.GetString(0)), row.GetString(1)),
                KeysAsJson(trials))
            .ToImmutableDictionary();
    }

    public StudyResults LoadResults(StudyPlan plan)
    {
        using var connection = connections.Open();
        // One transaction, so that a run that goes on beside the report cannot show two moments in one table.
        using var moment = connection.BeginTransaction(deferred: true);
        var keys = KeysAsJson(plan.Trials.Select(trial => trial.Key));
        var results = connection.Query(
            "select blobs.sha256, blobs.content from results join blobs on blobs.sha256 = results.blob where results.key in (select value from json_each($1))",
            ReadResult,
            keys);
        var quarantined = connection.Query(
            "select key from quarantined where key in (select value from json_each($1)) order by key", row => new TrialKey(row.GetString(0)), keys);
        var faults = connection.Query(
            "select key, attempt, kind, message, worker, detail from faults where key in (select value from json_each($1)) order by key, attempt",
            row => (Key: new TrialKey(row.GetString(0)), Text: FaultLine(row)),
            keys).ToLookup(fault => fault.Key, fault => fault.Text);
        return new(
            plan,
            results.ToImmutableDictionary(result => result.Key),
            [.. quarantined.Select(key => new QuarantinedTrial(key, [.. faults[key]]))],
            // The last fault of a quarantined trial was not retried.
            faults.Sum(trial => trial.Count()) - quarantined.Count(key => faults.Contains(key)));
    }

    private static string FaultLine(SqliteDataReader row)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture, $"attempt {row.GetInt32(1)} on {row.GetString(4)}: {row.GetString(2)}: {row.GetString(3)}");
        return row.GetString(5) is { Length: > 0 } detail ? $"{line}\n{detail}" : line;
    }

    private static TrialResult ReadResult(SqliteDataReader row)
    {
        using var content = row.GetStream(1);
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        var text = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        var expected = row.GetString(0);
        return Convert.ToHexStringLower(SHA256.HashData(text)) == expected
            ? JsonSerializer.Deserialize<TrialResult>(text, TrainerProtocol.Json)!
            : throw new BlobCorruptException($"the stored result {expected} is damaged: its content has another SHA-256");
    }

    private static StoredStudy ReadStudy(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        DateTimeOffset.Parse(row.GetString(3), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));

    private static string KeysAsJson(IEnumerable<TrialKey> keys) => JsonSerializer.Serialize(keys.Select(key => key.Hex));
}
