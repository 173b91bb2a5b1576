using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies;

namespace PinnSweep.Storage.Studies;

/// <summary>Studies, trials and results.</summary>
internal sealed class StudyTables(Connections connections, TimeProvider clock) : IStudyStore
{
    private const string Columns = "select hash, name, text, submitted_at from studies";

    public void Save(StudyPlan plan, string studyText)
    {
        using var connection = connections.Open();
        using var transaction = connections.BeginWriting(connection);
        var isNew = connection.Execute(
            "insert into studies (hash, name, text, submitted_at) values ($1, $2, $3, $4) on conflict (hash) do nothing",
            plan.Hash, plan.Spec.Name, studyText, Moments.Write(clock.GetUtcNow())) == 1;
        if (isNew)
        {
            // In the order of their keys, so that two nodes that store overlapping studies at once wait for each other instead of both.
            connections.Insert(
                connection,
                "trials",
                ["key", "description"],
                plan.Trials.OrderBy(trial => trial.Key.Hex, StringComparer.Ordinal).Select(trial => new object[] { trial.Key.Hex, trial.Description.Canonical() }));
            connections.Insert(
                connection,
                "study_trials",
                ["study", "position", "key"],
                plan.Trials.Select((trial, position) => new object[] { plan.Hash, (long)position, trial.Key.Hex }));
        }

        // Of a new study too: rows that were there already may be damaged.
        PlanRows.Mend(connections, connection, plan, Moments.Write(clock.GetUtcNow()));
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
                $"select key, description from trials where key in {connections.TextsOf("$1")}",
                row => KeyValuePair.Create(new TrialKey(row.GetString(0)), row.GetString(1)),
                KeysAsJson(trials))
            .ToImmutableDictionary();
    }

    public ImmutableArray<StoredResult> ResultsOf(string studyHash)
    {
        using var connection = connections.Open();
        return
        [
            .. connection.Query(
                """
                select results.key, attempt, outcome, steps, relative_l2, seconds, accepted_at
                from study_trials join results on results.key = study_trials.key where study = $1 order by position
                """,
                ReadSummary,
                studyHash),
        ];
    }

    public ImmutableArray<StoredTrial> PageOf(string studyHash, int skip, int take)
    {
        using var connection = connections.Open();
        return
        [
            .. connection.Query(
                """
                select study_trials.key, results.attempt, results.outcome, results.steps, results.relative_l2, results.seconds, results.accepted_at,
                    quarantined.key, checkpoints.step, (select count(*) from faults where faults.key = study_trials.key)
                from study_trials
                    left join results on results.key = study_trials.key
                    left join quarantined on quarantined.key = study_trials.key
                    left join checkpoints on checkpoints.key = study_trials.key
                where study = $1 and position >= $2 and position < $3 order by position
                """,
                row => new StoredTrial(
                    new(row.GetString(0)),
                    row.IsDBNull(1) ? null : ReadSummary(row),
                    !row.IsDBNull(7),
                    row.IsDBNull(8) ? null : (int)row.GetInt64(8),
                    (int)row.GetInt64(9)),
                studyHash,
                (long)skip,
                (long)skip + take),
        ];
    }

    public ImmutableArray<StoredStudy> FindByPrefix(string hashPrefix)
    {
        using var connection = connections.Open();
        // No hexadecimal digit comes after f.
        return [.. connection.Query($"{Columns} where hash >= $1 and hash < $2 limit 2", ReadStudy, hashPrefix, $"{hashPrefix}g")];
    }

    public StudyResults LoadResults(StudyPlan plan)
    {
        using var connection = connections.Open();
        // One transaction, so that a run that goes on beside the report cannot show two moments in one table.
        using var moment = connections.BeginReading(connection);
        var keys = KeysAsJson(plan.Trials.Select(trial => trial.Key));
        var among = connections.TextsOf("$1");
        var (results, damaged) = ResultContents.Load(connections, connection, keys);
        var quarantined = connection.Query(
            $"select key from quarantined where key in {among} order by key", row => new TrialKey(row.GetString(0)), keys);
        var faults = connection.Query(
            $"select key, attempt, kind, message, worker, detail from faults where key in {among} order by key, attempt",
            row => (Key: new TrialKey(row.GetString(0)), Text: FaultLine(row)),
            keys).ToLookup(fault => fault.Key, fault => fault.Text);
        return new(
            plan,
            results.ToImmutableDictionary(result => result.Key),
            [.. quarantined.Select(key => new QuarantinedTrial(key, [.. faults[key]]))],
            // The last fault of a quarantined trial was not retried.
            faults.Sum(trial => trial.Count()) - quarantined.Count(key => faults.Contains(key)))
        {
            Damaged = [.. damaged],
        };
    }

    public ImmutableArray<DamagedTrial> FindDamaged(string studyHash, Func<bool>? isGivenUp)
    {
        using var connection = connections.Open();
        var damaged = ResultContents.FindDamaged(connections, connection, studyHash, isGivenUp);
        if (damaged.Count > 0 && connections.MendIndexes(connection))
        {
            // What an index has lost is not lost.
            damaged = ResultContents.FindDamaged(connections, connection, studyHash, isGivenUp);
        }

        return [.. damaged];
    }

    private static string FaultLine(DbDataReader row)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture, $"attempt {row.GetInt64(1)} on {row.GetString(4)}: {row.GetString(2)}: {row.GetString(3)}");
        return row.GetString(5) is { Length: > 0 } detail ? $"{line}\n{detail}" : line;
    }

    private static StoredResult ReadSummary(DbDataReader row) => new(
        new(row.GetString(0)),
        (int)row.GetInt64(1),
        Enum.Parse<Outcome>(row.GetString(2), ignoreCase: true),
        (int)row.GetInt64(3),
        row.IsDBNull(4) ? double.NaN : row.GetDouble(4),
        row.GetDouble(5),
        Moments.Read(row.GetString(6)));

    private static StoredStudy ReadStudy(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), Moments.Read(row.GetString(3)));

    internal static string KeysAsJson(IEnumerable<TrialKey> keys) => JsonSerializer.Serialize(keys.Select(key => key.Hex));
}
