using PinnSweep.Storage.Sqlite;
using PinnSweep.Studies;
using PinnSweep.Studies.Lifecycle;
using Microsoft.Data.Sqlite;

namespace PinnSweep.Storage.Decisions;

/// <summary>
/// The journal's decisions as tables that reports can query. Written after the journal and before anything is acknowledged, in the
/// journal's order; what a crash left out is made good by <see cref="Rebuild"/> from the recovered state.
/// </summary>
public sealed class DecisionTables(SqliteConnections connections, TimeProvider clock)
{
    /// <summary>Blobs younger than this may belong to a report that is still on its way.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    /// <summary>The number of the last journalled event that the tables know.</summary>
    public long Position()
    {
        using var connection = connections.Open();
        return connection.Scalar<long>("select sequence_number from projections where name = 'decisions'");
    }

    /// <summary>Writes decisions, the last of which has this number in the journal. Writing them again changes nothing.</summary>
    public void Write(IReadOnlyList<SweepEvent> events, long sequenceNumber)
    {
        using var connection = connections.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var happened in events)
        {
            Write(connection, happened);
        }

        Mark(connection, sequenceNumber);
        transaction.Commit();
    }

    /// <summary>Makes the tables say what a recovered state says.</summary>
    public void Rebuild(CoordinatorState state, long sequenceNumber)
    {
        using var connection = connections.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var trial in state.Trials.Values)
        {
            foreach (var fault in trial.Faults)
            {
                Write(connection, new TrialFaulted(trial.Key, fault, fault.At));
            }

            switch (trial.Phase)
            {
                case TrialPhase.Accepted accepted:
                    Write(connection, new TrialAccepted(trial.Key, accepted.Attempt, accepted.Result, clock.GetUtcNow()));
                    break;
                case TrialPhase.Quarantined:
                    Write(connection, new TrialQuarantined(trial.Key, clock.GetUtcNow()));
                    break;
                default:
                    connection.Execute("delete from quarantined where key = $1", trial.Key.Hex);
                    break;
            }

            if (trial.Checkpoint is { } checkpoint)
            {
                Write(connection, new TrialCheckpointed(trial.Key, trial.Granted, checkpoint, clock.GetUtcNow()));
            }
        }

        Mark(connection, sequenceNumber);
        transaction.Commit();
    }

    /// <summary>Deletes old blobs that no result and no checkpoint names. Only after the tables are up to date.</summary>
    public int DeleteOrphans()
    {
        using var connection = connections.Open();
        return connection.Execute(
            """
            delete from blobs where created_at < $1
                and not exists (select 1 from results where blob = sha256)
                and not exists (select 1 from checkpoints where blob = sha256)
            """,
            (clock.GetUtcNow() - OrphanAge).ToUnixTimeSeconds());
    }

    private static void Write(SqliteConnection connection, SweepEvent happened)
    {
        switch (happened)
        {
            case TrialAccepted { Result: var result } accepted:
                connection.Execute(
                    """
                    insert into results (key, attempt, blob, outcome, steps, relative_l2, seconds, accepted_at)
                    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing
                    """,
                    accepted.Key.Hex, accepted.Attempt, result.Blob, Word(result.Outcome), result.Steps,
                    double.IsNaN(result.RelativeL2) ? null : result.RelativeL2, result.Seconds, Moments.Write(accepted.At));
                connection.Execute("delete from quarantined where key = $1", accepted.Key.Hex);
                DropCheckpoint(connection, accepted.Key);
                break;
            case TrialCheckpointed { Checkpoint: var checkpoint } marked:
                var before = connection.Scalar<string>("select blob from checkpoints where key = $1", marked.Key.Hex);
                connection.Execute(
                    """
                    insert into checkpoints (key, attempt, step, blob, at) values ($1, $2, $3, $4, $5)
                    on conflict (key) do update set attempt = excluded.attempt, step = excluded.step, blob = excluded.blob, at = excluded.at
                    """,
                    marked.Key.Hex, marked.Attempt, checkpoint.Step, checkpoint.Blob, Moments.Write(marked.At));
                DropBlob(connection, before);
                break;
            case TrialFaulted { Record: var record } faulted:
                connection.Execute(
                    """
                    insert into faults (key, attempt, kind, message, detail, worker, incarnation, at)
                    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key, attempt) do nothing
                    """,
                    faulted.Key.Hex, record.Attempt, Word(record.Fault.Kind), record.Fault.Message, record.Fault.Detail,
                    record.Worker.Name, record.Worker.Incarnation, Moments.Write(record.At));
                break;
            case TrialQuarantined quarantined:
                connection.Execute(
                    "insert into quarantined (key, at) values ($1, $2) on conflict (key) do nothing", quarantined.Key.Hex, Moments.Write(quarantined.At));
                break;
            case TrialRetried retried:
                connection.Execute("delete from quarantined where key = $1", retried.Key.Hex);
                break;
            case TrialCancelled cancelled:
                DropCheckpoint(connection, cancelled.Key);
                break;
        }
    }

    private static void DropCheckpoint(SqliteConnection connection, TrialKey key)
    {
        var blob = connection.Scalar<string>("select blob from checkpoints where key = $1", key.Hex);
        connection.Execute("delete from checkpoints where key = $1", key.Hex);
        DropBlob(connection, blob);
    }

    private static void DropBlob(SqliteConnection connection, string? sha256)
    {
        if (sha256 is not null)
        {
            connection.Execute(
                """
                delete from blobs where sha256 = $1
                    and not exists (select 1 from results where blob = $1) and not exists (select 1 from checkpoints where blob = $1)
                """,
                sha256);
        }
    }

    private static void Mark(SqliteConnection connection, long sequenceNumber) => connection.Execute(
        "insert into projections (name, sequence_number) values ('decisions', $1) on conflict (name) do update set sequence_number = $1", sequenceNumber);

    private static string Word(Outcome outcome) => outcome.ToString().ToLowerInvariant();

    private static string Word(FaultKind kind) => kind switch
    {
        FaultKind.Crash => "crash",
        FaultKind.OutOfMemory => "out-of-memory",
        FaultKind.LostWorker => "lost-worker",
        FaultKind.Timeout => "timeout",
        _ => "error",
    };
}
