using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Storage.Decisions;

/// <summary>
/// One row an attempt: who had it, and how it ended where no other row tells. An attempt that a fault or the result ended has its end there,
/// so most attempts cost one statement.
/// </summary>
internal static class AttemptStatements
{
    /// <summary>The attempt begins; no moment where nobody knows it any more. A damaged row that stands in its place gives way.</summary>
    public static Statement Lease(TrialKey key, Lease lease, DateTimeOffset? at) => new(
        """
        insert into attempts (key, attempt, worker, incarnation, leased_at) values ($1, $2, $3, $4, $5)
        on conflict (key, attempt) do update set worker = excluded.worker, incarnation = excluded.incarnation, leased_at = excluded.leased_at,
            ended_at = null, ending = null, reason = null
        """,
        key.Hex, (long)lease.Attempt, lease.Worker.Name, lease.Worker.Incarnation, Moments.WriteOptional(at));

    /// <summary>The attempt ends in a way that its own row has to tell.</summary>
    public static Statement End(TrialKey key, int attempt, string ending, string? reason, DateTimeOffset? at) => new(
        "update attempts set ended_at = $3, ending = $4, reason = $5 where key = $1 and attempt = $2",
        key.Hex, (long)attempt, Moments.WriteOptional(at), ending, reason is null ? null : DecisionStatements.Storable(reason));

    /// <summary>
    /// The attempt that runs, if one does, ends because the trial is wanted no more. What ended before has a word, a fault or the result.
    /// </summary>
    public static Statement Cancel(TrialKey key, DateTimeOffset at) => new(
        """
        update attempts set ended_at = $2, ending = $3 where key = $1 and ending is null
            and attempt = (select max(attempt) from attempts same where same.key = $1)
            and not exists (select 1 from faults where faults.key = $1 and faults.attempt = attempts.attempt)
            and not exists (select 1 from results where results.key = $1)
        """,
        key.Hex, Moments.Write(at), AttemptEnding.Cancelled);

    /// <summary>The result of the attempt is lost; before its row goes, which tells when it was accepted.</summary>
    public static Statement LoseResult(TrialResultLost lost) => new(
        """
        update attempts set ended_at = coalesce((select accepted_at from results where results.key = $1 and results.attempt = $2), ended_at, ''),
            ending = $3, reason = $4 where key = $1 and attempt = $2
        """,
        lost.Key.Hex, (long)lost.Attempt, AttemptEnding.ResultLost, DecisionStatements.Storable(lost.Reason));
}
