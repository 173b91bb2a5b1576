using System.Data.Common;
using PinnSweep.Storage.Coordination;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Storage.Decisions;

/// <summary>
/// The journal's decisions as tables that reports can query. Written after the journal and before anything is acknowledged, in the
/// journal's order; what a crash left out is made good by <see cref="Rebuild"/> from the recovered state. Where several coordinators could
/// write, only the one with the newest token does.
/// </summary>
public sealed class DecisionTables
{
    /// <summary>Blobs younger than this may belong to a report that is still on its way.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    private readonly Connections _connections;
    private readonly CoordinatorLease? _lease;
    private readonly TimeProvider _clock;

    internal DecisionTables(Connections connections, CoordinatorLease? lease, TimeProvider clock)
    {
        _connections = connections;
        _lease = lease;
        _clock = clock;
    }

    /// <summary>The number of the last journalled event that the tables know.</summary>
    public long Position()
    {
        using var connection = _connections.Open();
        return connection.Scalar<long>("select sequence_number from projections where name = 'decisions'");
    }

    /// <summary>Writes decisions, the last of which has this number in the journal. Writing them again changes nothing.</summary>
    /// <exception cref="StaleCoordinatorException">Somebody else coordinates now.</exception>
    public void Write(IReadOnlyList<SweepEvent> events, long sequenceNumber) =>
        Write(connection => _connections.Execute(connection, events.SelectMany(DecisionStatements.Of).Append(Mark(sequenceNumber))));

    /// <summary>
    /// Makes the tables agree with a recovered state. A row that agrees stays as it is; a moment or an attempt that the state does not have
    /// stays unknown. <see cref="DeleteOrphans"/> then removes contents that nothing refers to.
    /// </summary>
    /// <exception cref="StaleCoordinatorException">Somebody else coordinates now.</exception>
    public void Rebuild(CoordinatorState state, long sequenceNumber) => Write(connection =>
    {
        // Nearly everything is there already, so the difference is looked for and written.
        var results = Keys(connection, "select key from results");
        var quarantined = Keys(connection, "select key from quarantined");
        var faults = connection.Query("select key, attempt from faults", row => (row.GetString(0), (int)row.GetInt64(1))).ToHashSet();
        var checkpoints = connection.Query("select key, blob from checkpoints", row => KeyValuePair.Create(row.GetString(0), row.GetString(1)))
            .ToDictionary(StringComparer.Ordinal);
        var open = connection.Query(
            """
            select key, attempt, incarnation from attempts where ending is null
                and not exists (select 1 from faults where faults.key = attempts.key and faults.attempt = attempts.attempt)
                and not exists (select 1 from results where results.key = attempts.key)
            """,
            row => (Key: row.GetString(0), Attempt: row.GetInt64(1), Incarnation: row.GetString(2))).ToLookup(row => row.Key, StringComparer.Ordinal);
        _connections.Execute(connection, state.Trials.Values.SelectMany(Missing).Append(Mark(sequenceNumber)));

        IEnumerable<Statement> Missing(TrialState trial)
        {
            var key = trial.Key.Hex;
            // The result first: what it names is then no checkpoint's alone.
            if (trial.Phase is TrialPhase.Accepted accepted && !results.Contains(key))
            {
                yield return DecisionStatements.Result(trial.Key, accepted.Attempt, accepted.Result, trial.SettledAt);
            }

            foreach (var fault in trial.Faults.Where(fault => !faults.Contains((key, fault.Attempt))))
            {
                yield return DecisionStatements.Fault(trial.Key, fault);
            }

            if (trial.Phase is TrialPhase.Quarantined != quarantined.Contains(key))
            {
                yield return trial.Phase is TrialPhase.Quarantined ? DecisionStatements.Quarantine(trial.Key, trial.SettledAt) : DecisionStatements.EndQuarantine(trial.Key);
            }

            var checkpoint = trial.Checkpoint is { } stored
                ? checkpoints.GetValueOrDefault(key) == stored.Blob ? [] : DecisionStatements.Checkpoint(trial.Key, stored, trial.CheckpointOrigin)
                : checkpoints.ContainsKey(key) ? DecisionStatements.DropCheckpoint(trial.Key) : [];
            foreach (var statement in checkpoint)
            {
                yield return statement;
            }

            if (trial.Lease is { } lease && !open[key].Any(row => row.Attempt == lease.Attempt && row.Incarnation == lease.Worker.Incarnation))
            {
                yield return AttemptStatements.Lease(trial.Key, lease, null);
            }

            // A fault or the result tells the end of the others.
            foreach (var row in open[key].Where(row => row.Attempt != trial.Lease?.Attempt && trial.Phase is not TrialPhase.Accepted && trial.Faults.All(fault => fault.Attempt != row.Attempt)))
            {
                yield return AttemptStatements.End(trial.Key, (int)row.Attempt, AttemptEnding.Unknown, null, null);
            }
        }
    });

    /// <summary>How many rows the tables hold.</summary>
    public RecordedCounts Counts() => RecordedCounts.Of(_connections);

    /// <summary>What the tables know, row by row, whatever the journal says.</summary>
    public RecordedFacts Facts() => RecordedFacts.Of(_connections);

    /// <summary>
    /// Makes the table of results say what a recovered state says, whatever happened to its rows; how many of them were wrong or missing.
    /// </summary>
    /// <exception cref="StaleCoordinatorException">Somebody else coordinates now.</exception>
    public int MendResults(CoordinatorState state)
    {
        var mended = 0;
        Write(connection => mended = ResultRows.Mend(_connections, connection, state));
        return mended;
    }

    /// <summary>
    /// Deletes old blobs that neither results nor checkpoints name, and curves of trials that have a result. Only after the tables are up to
    /// date.
    /// </summary>
    /// <exception cref="StaleCoordinatorException">Somebody else coordinates now.</exception>
    public int DeleteOrphans()
    {
        var deleted = 0;
        Write(connection =>
        {
            connection.Execute("delete from curve_points where key in (select key from results)");
            deleted = connection.Execute(
                """
                delete from blobs where created_at < $1
                    and not exists (select 1 from results where blob = sha256)
                    and not exists (select 1 from results where network = sha256)
                    and not exists (select 1 from results where final = sha256)
                    and not exists (select 1 from checkpoints where blob = sha256)
                """,
                (_clock.GetUtcNow() - OrphanAge).ToUnixTimeSeconds());
        });
        return deleted;
    }

    private static HashSet<string> Keys(DbConnection connection, string sql) => [.. connection.Query(sql, row => row.GetString(0))];

    private static Statement Mark(long sequenceNumber) => new(
        "insert into projections (name, sequence_number) values ('decisions', $1) on conflict (name) do update set sequence_number = excluded.sequence_number",
        sequenceNumber);

    private void Write(Action<DbConnection> write)
    {
        using var connection = _connections.Open();
        using var transaction = _connections.BeginRepeating(connection);
        _lease?.Guard(connection);
        write(connection);
        transaction.Commit();
    }
}
