using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Storage.Decisions;

/// <summary>What a decision changes in the tables. Each statement may run again, and none needs the answer of another.</summary>
internal static class DecisionStatements
{
    public static IEnumerable<Statement> Of(SweepEvent happened) => happened switch
    {
        TrialAccepted accepted => Accept(accepted),
        TrialLeased leased => [AttemptStatements.Lease(leased.Key, leased.Lease, leased.At)],
        TrialReleased released => [AttemptStatements.End(released.Key, released.Attempt, AttemptEnding.Released, released.Reason, released.At)],
        TrialResultLost lost => [AttemptStatements.LoseResult(lost), new("delete from results where key = $1", lost.Key.Hex)],
        TrialCheckpointed marked => Checkpoint(marked.Key, marked.Checkpoint, new(marked.Attempt, marked.At)),
        TrialFaulted faulted => [Fault(faulted.Key, faulted.Record)],
        TrialQuarantined quarantined => [Quarantine(quarantined.Key, quarantined.At)],
        TrialRetried retried => [EndQuarantine(retried.Key)],
        TrialCancelled cancelled => [AttemptStatements.Cancel(cancelled.Key, cancelled.At), .. DropCheckpoint(cancelled.Key)],
        TrialCheckpointLost lost => DropCheckpoint(lost.Key),
        StudySubmitted submitted => submitted.Continues.SelectMany(HandOn),
        StudyExtended extended => [.. extended.Continues.SelectMany(HandOn), .. extended.Forgets.SelectMany(DropCheckpoint)],
        StudyCancelled cancelled => cancelled.Forgets.SelectMany(DropCheckpoint),
        _ => [],
    };

    /// <summary>The row of an accepted result alone. One that is there is of a result that was lost, or of this one.</summary>
    public static Statement Result(TrialKey key, int attempt, ResultReference result, DateTimeOffset? at) => new(
        """
        insert into results (key, attempt, blob, outcome, steps, relative_l2, seconds, accepted_at, network, final)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (key) do update set attempt = excluded.attempt, blob = excluded.blob,
            outcome = excluded.outcome, steps = excluded.steps, relative_l2 = excluded.relative_l2, seconds = excluded.seconds,
            accepted_at = excluded.accepted_at, network = excluded.network, final = excluded.final
        """,
        key.Hex, (long)attempt, result.Blob, Word(result.Outcome), (long)result.Steps,
        double.IsNaN(result.RelativeL2) ? null : result.RelativeL2, result.Seconds, Moments.WriteOptional(at), result.Network, result.Final?.Blob);

    /// <summary>The trial is given up.</summary>
    public static Statement Quarantine(TrialKey key, DateTimeOffset? at) =>
        new("insert into quarantined (key, at) values ($1, $2) on conflict (key) do nothing", key.Hex, Moments.WriteOptional(at));

    /// <summary>The trial is given up no longer.</summary>
    public static Statement EndQuarantine(TrialKey key) => new("delete from quarantined where key = $1", key.Hex);

    private static IEnumerable<Statement> Accept(TrialAccepted accepted) =>
    [
        Result(accepted.Key, accepted.Attempt, accepted.Result, accepted.At),
        EndQuarantine(accepted.Key),
        // The result carries the whole curve.
        new("delete from curve_points where key = $1", accepted.Key.Hex),
        .. accepted.KeepsFinal ? [] : DropCheckpoint(accepted.Key),
    ];

    /// <summary>The checkpoint of one trial is that of another from now on; one beside a result is of both.</summary>
    private static IEnumerable<Statement> HandOn(ContinuedTrial continued) =>
    [
        new(
            """
            insert into checkpoints (key, attempt, step, blob, at) select $1, attempt, step, blob, at from checkpoints where key = $2
            on conflict (key) do nothing
            """,
            continued.Key.Hex, continued.From.Hex),
        new(
            """
            insert into checkpoints (key, attempt, step, blob, at) select $1, attempt, steps, final, accepted_at from results where key = $2 and final is not null
            on conflict (key) do nothing
            """,
            continued.Key.Hex, continued.From.Hex),
        new("delete from checkpoints where key = $1", continued.From.Hex),
    ];

    /// <summary>
    /// The checkpoint that the next attempt goes on from; attempt 0 and no moment where nobody knows who wrote it, and when.
    /// </summary>
    public static IEnumerable<Statement> Checkpoint(TrialKey key, CheckpointReference checkpoint, CheckpointOrigin? origin) =>
    [
        new(
            """
            delete from blobs where sha256 = (select blob from checkpoints where key = $1 and blob <> $2)
                and not exists (select 1 from results where blob = sha256)
                and not exists (select 1 from results where final = sha256)
                and not exists (select 1 from checkpoints where blob = sha256 and key <> $1)
            """,
            key.Hex, checkpoint.Blob),
        new(
            """
            insert into checkpoints (key, attempt, step, blob, at) values ($1, $2, $3, $4, $5)
            on conflict (key) do update set attempt = excluded.attempt, step = excluded.step, blob = excluded.blob, at = excluded.at
            """,
            key.Hex, (long)(origin?.Attempt ?? 0), (long)checkpoint.Step, checkpoint.Blob, Moments.WriteOptional(origin?.At)),
    ];

    /// <summary>One fault.</summary>
    public static Statement Fault(TrialKey key, FaultRecord record)
    {
        return new(
            """
            insert into faults (key, attempt, kind, message, detail, worker, incarnation, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key, attempt) do nothing
            """,
            key.Hex, (long)record.Attempt, Word(record.Fault.Kind), Storable(record.Fault.Message), Storable(record.Fault.Detail),
            record.Worker.Name, record.Worker.Incarnation, Moments.Write(record.At));
    }

    /// <summary>No checkpoint any more.</summary>
    public static IEnumerable<Statement> DropCheckpoint(TrialKey key) =>
    [
        new(
            """
            delete from blobs where sha256 = (select blob from checkpoints where key = $1)
                and not exists (select 1 from results where blob = sha256)
                and not exists (select 1 from results where final = sha256)
                and not exists (select 1 from checkpoints where blob = sha256 and key <> $1)
            """,
            key.Hex),
        new("delete from checkpoints where key = $1", key.Hex),
    ];

    /// <summary>What a dying process said may hold zero bytes, which PostgreSQL has no place for.</summary>
    public static string Storable(string text) => text.Replace('\0', '\ufffd');

    private static string Word(Outcome outcome) => outcome.ToString().ToLowerInvariant();

    internal static FaultKind KindOf(string word) => Enum.GetValues<FaultKind>().First(kind => Word(kind) == word);

    private static string Word(FaultKind kind) => kind switch
    {
        FaultKind.Crash => "crash",
        FaultKind.OutOfMemory => "out-of-memory",
        FaultKind.LostWorker => "lost-worker",
        FaultKind.Timeout => "timeout",
        _ => "error",
    };
}
