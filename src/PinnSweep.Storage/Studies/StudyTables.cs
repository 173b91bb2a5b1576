using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Recovery;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Studies;

/// <summary>Studies, trials and results.</summary>
internal sealed class StudyTables(Connections connections, TimeProvider clock) : IStudyStore
{
    private const string Columns = "select hash, name, text, submitted_at from studies";

    public void Save(StudyPlan plan, StudyOrigin origin)
    {
        using var connection = connections.Open();
        using var transaction = connections.BeginLarge(connection);
        // Decisions count cells, and a study that is the same may come with its levels in another order.
        plan = plan.Spec.IsStaged ? StoredPlan(connection, plan.Hash) ?? StageRows.Grow(connection, plan) : plan;
        var known = connection.Query("select plan, plan_sha256 from studies where hash = $1", row => (Text(row, "plan"), Text(row, "plan_sha256")), plan.Hash);
        var isNew = known.Count == 0 && Insert(connection, plan, origin);
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
            // Last: SQLite reads all of a study's row for each trial that refers to it, and the plan of a large study is megabytes.
            Update(connection, plan);
        }

        // Of a new study too: rows that were there already may be damaged.
        PlanRows.Mend(connections, connection, plan, () => isNew ? null : StoredPlan(connection, plan.Hash), Moments.Write(clock.GetUtcNow()));
        if (!isNew && known is [var (document, sha256)] && (document is null || HashOf(document) != sha256) && Keys(connection, plan.Hash).SequenceEqual(plan.Trials.Select(trial => trial.Key)))
        {
            // This is the very plan that an earlier version did not store, or that is damaged.
            Update(connection, plan);
        }

        transaction.Commit();
    }

    public StudyPlan? StoredPlanOf(string studyHash)
    {
        using var connection = connections.Open();
        using var moment = connections.BeginReading(connection);
        return StoredPlan(connection, studyHash);
    }

    public StudyPlan? StagedPlanOf(string studyHash)
    {
        using var connection = connections.Open();
        using var moment = connections.BeginReading(connection);
        return StoredPlan(connection, studyHash) is { Spec.IsStaged: true } plan ? plan : null;
    }

    public StudyPlan Grown(StudyPlan plan)
    {
        if (!plan.AwaitsStage)
        {
            return plan;
        }

        using var connection = connections.Open();
        return StageRows.Grow(connection, plan);
    }

    public int? LastStageOf(string studyHash)
    {
        using var connection = connections.Open();
        return connection.Query("select max(number) from stages where study = $1", row => row.IsDBNull(0) ? (int?)null : (int)row.GetInt64(0), studyHash)[0];
    }

    public StudyPlan SaveStage(StudyPlan plan, StageDecision decision)
    {
        using var connection = connections.Open();
        using var transaction = connections.BeginLarge(connection);
        StageRows.Save(connections, connection, plan, decision, Moments.Write(clock.GetUtcNow()));
        transaction.Commit();
        return StageRows.Grow(connection, plan);
    }

    public (ImmutableArray<TrialResult> Results, ImmutableArray<DamagedTrial> Damaged) ResultsOf(IReadOnlyCollection<TrialKey> trials)
    {
        using var connection = connections.Open();
        var (readable, damaged) = ResultContents.Load(connections, connection, KeysAsJson(trials));
        return ([.. readable], [.. damaged]);
    }

    public string? NetworkOf(TrialKey trial)
    {
        using var connection = connections.Open();
        return ResultContents.NetworkOf(connection, trial);
    }

    public string? FinalOf(TrialKey trial)
    {
        using var connection = connections.Open();
        return ResultContents.FinalOf(connection, trial);
    }

    public ImmutableDictionary<TrialKey, ImmutableArray<FinishedKin>> KinOf(IReadOnlyCollection<PlannedTrial> trials)
    {
        using var connection = connections.Open();
        using var moment = connections.BeginReading(connection);
        return KinRows.Of(connections, connection, trials);
    }

    public int CountResults(IReadOnlyCollection<TrialKey> trials)
    {
        using var connection = connections.Open();
        return (int)connection.Query($"select count(*) from results where key in {connections.TextsOf("$1")}", row => row.GetInt64(0), KeysAsJson(trials))[0];
    }

    public ImmutableArray<TrialKey> Unsettled(IReadOnlyCollection<TrialKey> trials)
    {
        using var connection = connections.Open();
        using var moment = connections.BeginReading(connection);
        var settled = connection.Query(
            $"select key from results where key in {connections.TextsOf("$1")} union select key from quarantined where key in {connections.TextsOf("$1")}",
            row => row.GetString(0),
            KeysAsJson(trials)).ToHashSet(StringComparer.Ordinal);
        return [.. trials.Where(trial => !settled.Contains(trial.Hex))];
    }

    public ImmutableHashSet<TrialKey> GivenUpOf(string studyHash)
    {
        using var connection = connections.Open();
        return
        [
            .. connection.Query(
                "select key from quarantined where key in (select key from study_trials where study = $1)", row => new TrialKey(row.GetString(0)), studyHash),
        ];
    }

    public StudyPlan PlanOf(StoredStudy study, Catalog catalog)
    {
        using var connection = connections.Open();
        using var moment = connections.BeginReading(connection);
        return StoredPlan(connection, study.Hash) ?? Recover(connection, study, catalog);
    }

    public int RecoverPlans(Catalog catalog)
    {
        using var connection = connections.Open();
        var recovered = 0;
        foreach (var study in connection.Query($"{Columns} where plan is null order by submitted_at", ReadStudy))
        {
            StudyPlan plan;
            try
            {
                plan = Recover(connection, study, catalog);
            }
            catch (Exception unreadable) when (unreadable is not DbException)
            {
                // One old study must not keep the store from opening. A request for that study gets the reason.
                continue;
            }

            // Several coordinators may open a database at once; they find the same.
            recovered += Update(connection, plan);
        }

        return recovered;
    }

    public ImmutableArray<StudySummary> Summaries()
    {
        using var connection = connections.Open();
        return
        [
            .. connection.Query(
                """
                select hash, name, submitted_at, count(study_trials.key), count(results.key), count(quarantined.key)
                from studies
                    left join study_trials on study_trials.study = studies.hash
                    left join results on results.key = study_trials.key
                    left join quarantined on quarantined.key = study_trials.key
                group by hash, name, submitted_at order by submitted_at desc, hash
                """,
                row => new StudySummary(
                    row.GetString(0), row.GetString(1), Moments.Read(row.GetString(2)), (int)row.GetInt64(3), (int)row.GetInt64(4), (int)row.GetInt64(5))),
        ];
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
        return [.. Keys(connection, studyHash)];
    }

    public int SeedsOfCell(string studyHash)
    {
        using var connection = connections.Open();
        return CellSeeds.Count(connection, studyHash);
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
                $"""
                select study_trials.key, results.attempt, results.outcome, results.steps, results.relative_l2, results.seconds, results.accepted_at,
                    quarantined.key, checkpoints.step, (select count(*) from faults where faults.key = study_trials.key), {AttemptRows.Worker(connection)}
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
                    (int)row.GetInt64(9),
                    AttemptRows.Text(row, 10)),
                studyHash,
                (long)skip,
                (long)skip + take),
        ];
    }

    public ImmutableArray<StoredAttempt> AttemptsOf(TrialKey trial)
    {
        using var connection = connections.Open();
        using var moment = connections.BeginReading(connection);
        return AttemptRows.Of(connection, trial);
    }

    public ImmutableArray<TrialKey> TrialsLike(string keyPrefix)
    {
        using var connection = connections.Open();
        return [.. TrialLookups.Like(connection, keyPrefix)];
    }

    public ImmutableArray<string> StudiesOf(TrialKey trial)
    {
        using var connection = connections.Open();
        return [.. TrialLookups.StudiesOf(connection, trial)];
    }

    public ImmutableArray<StoredEvent> EventsOf(string studyHash, DateTimeOffset from, DateTimeOffset before)
    {
        using var connection = connections.Open();
        using var moment = connections.BeginReading(connection);
        return [.. EventRows.Of(connection, studyHash, from, before)];
    }

    public ImmutableArray<StoredStudy> FindByPrefix(string hashPrefix)
    {
        using var connection = connections.Open();
        // No hexadecimal digit comes after f.
        return [.. connection.Query($"{Columns} where hash >= $1 and hash < $2 limit 2", ReadStudy, hashPrefix, $"{hashPrefix}g")];
    }

    public TrialResult? ResultOf(TrialKey trial)
    {
        using var connection = connections.Open();
        return ResultContents.Load(connections, connection, KeysAsJson([trial])).Readable.FirstOrDefault();
    }

    public StudyResults LoadResults(StudyPlan plan)
    {
        using var connection = connections.Open();
        // One transaction, so that a run that goes on beside the report cannot show two moments in one table.
        using var moment = connections.BeginReading(connection);
        var keys = KeysAsJson(plan.Trials.Select(trial => trial.Key));
        var among = connections.TextsOf("$1");
        var (heads, digests, contents) = (ImmutableDictionary.CreateBuilder<TrialKey, TrialResult>(), ImmutableDictionary.CreateBuilder<TrialKey, TrialDigest>(), new Dictionary<TrialKey, string>());
        var head = new ResultHeads();
        var damaged = ResultContents.Read(connections, connection, keys, ResultParts.Curve, (result, content, hasField) =>
        {
            heads[result.Key] = head.Of(result);
            digests[result.Key] = TrialDigest.Of(result, plan.Spec.ConvergedBelow, hasField);
            contents[result.Key] = content;
        });
        var quarantined = connection.Query(
            $"select key from quarantined where key in {among} order by key", row => new TrialKey(row.GetString(0)), keys);
        var faults = connection.Query(
            $"select key, attempt, kind, message, worker, detail from faults where key in {among} order by key, attempt",
            row => (Key: new TrialKey(row.GetString(0)), Text: FaultLine(row)),
            keys).ToLookup(fault => fault.Key, fault => fault.Text);
        var attempts = connection.Query(
            $"""
            select key, max(attempt), sum(fault) from (
                select key, attempt, 0 as fault from results where key in {among} union all select key, attempt, 1 as fault from faults where key in {among}) as tried
            group by key
            """,
            row => (Key: new TrialKey(row.GetString(0)), Attempts: new TrialAttempts((int)row.GetInt64(1), Convert.ToInt32(row.GetValue(2), CultureInfo.InvariantCulture))),
            keys);
        return new(
            plan,
            heads.ToImmutable(),
            [.. quarantined.Select(key => new QuarantinedTrial(key, [.. faults[key]]))],
            // The last fault of a quarantined trial was not retried.
            faults.Sum(trial => trial.Count()) - quarantined.Count(key => faults.Contains(key)))
        {
            Reader = new ResultReader(connections, contents),
            Digests = digests.ToImmutable(),
            Damaged = [.. damaged],
            Attempts = attempts.ToImmutableDictionary(trial => trial.Key, trial => trial.Attempts),
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
        Moments.ReadOptional(row.GetString(6)));

    private static StoredStudy ReadStudy(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), Moments.Read(row.GetString(3)));

    private bool Insert(DbConnection connection, StudyPlan plan, StudyOrigin origin) =>
        connection.Execute(
            """
            insert into studies (hash, name, text, submitted_at, source, overrides, files)
            values ($1, $2, $3, $4, $5, $6, $7) on conflict (hash) do nothing
            """,
            plan.Hash, plan.Spec.Name, origin.Text, Moments.Write(clock.GetUtcNow()),
            origin.FileName, StudyOrigin.WritePairs(origin.Overrides), StudyOrigin.WritePairs(origin.Files)) == 1;

    private static int Update(DbConnection connection, StudyPlan plan)
    {
        var document = StoredPlanJson.Write(plan);
        return connection.Execute("update studies set plan = $1, plan_sha256 = $2 where hash = $3", document, HashOf(document), plan.Hash);
    }

    private static List<TrialKey> Keys(DbConnection connection, string studyHash) =>
        connection.Query("select key from study_trials where study = $1 order by position", row => new TrialKey(row.GetString(0)), studyHash);

    /// <summary>The stored plan; null where there is none, or none that is whole.</summary>
    internal static StudyPlan? StoredPlan(DbConnection connection, string hash)
    {
        // A store of an earlier version that is only read has no such columns.
        var (document, sha256) = connection.Query("select * from studies where hash = $1", row => (Text(row, "plan"), Text(row, "plan_sha256")), hash).FirstOrDefault();
        try
        {
            return document is not null && HashOf(document) == sha256 && StoredPlanJson.Read(document) is var plan && plan.Hash == hash ? StageRows.Grow(connection, plan) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StudyPlan Recover(DbConnection connection, StoredStudy study, Catalog catalog) => PlanRecovery.Of(
        new(
            study.Hash,
            study.Name,
            Packed(connection, study),
            [
                .. connection.Query(
                    "select study_trials.key, description from study_trials join trials on trials.key = study_trials.key where study = $1 order by position",
                    row => (new TrialKey(row.GetString(0)), row.GetString(1)),
                    study.Hash),
            ]),
        catalog);

    private static string Packed(DbConnection connection, StoredStudy study)
    {
        var (overrides, files) = connection.Query("select * from studies where hash = $1", row => (Text(row, "overrides"), Text(row, "files")), study.Hash).FirstOrDefault();
        return overrides is null ? study.Text : new StudyOrigin("", study.Text, StudyOrigin.ReadPairs(overrides), StudyOrigin.ReadPairs(files)).Packed;
    }

    private static string? Text(DbDataReader row, string column)
    {
        for (var i = 0; i < row.FieldCount; i++)
        {
            if (row.GetName(i) == column)
            {
                return row.IsDBNull(i) ? null : row.GetString(i);
            }
        }

        return null;
    }

    /// <summary>
    /// Hashes of studies whose stored plan is not what was stored; one that an earlier version did not store is none of them.
    /// </summary>
    internal static IEnumerable<string> DamagedPlans(DbConnection connection) => connection
        .Query("select * from studies", row => (Hash: Text(row, "hash") ?? "", Plan: Text(row, "plan"), Sha256: Text(row, "plan_sha256")))
        .Where(study => study.Plan is { } document && HashOf(document) != study.Sha256)
        .Select(study => study.Hash);

    private static string HashOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    internal static string KeysAsJson(IEnumerable<TrialKey> keys) => JsonSerializer.Serialize(keys.Select(key => key.Hex));
}
