using System.Data.Common;
using System.Globalization;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Storage.Studies;

/// <summary>
/// What happened to the trials of a study, read from the tables of what is so: the same from every node, and after any failover. A row that
/// is damaged is passed over; what a retry or a loss took back is told no more.
/// </summary>
internal static class EventRows
{
    /// <summary>Events from a moment on and before another, in the order of moment, kind, trial and attempt.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="study">The hash of the study.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="before">The first moment that is too late.</param>
    public static List<StoredEvent> Of(DbConnection connection, string study, DateTimeOffset from, DateTimeOffset before)
    {
        const string OfStudy = "key in (select key from study_trials where study = $1)";
        var events = new List<StoredEvent>();
        Read(StoredEventKind.Accepted, $"select accepted_at, key, attempt, {(AttemptRows.Exist(connection) ? "(select worker from attempts where attempts.key = results.key and attempts.attempt = results.attempt)" : "null")}, outcome from results where accepted_at >= $2 and accepted_at < $3 and {OfStudy}");
        Read(StoredEventKind.Faulted, $"select at, key, attempt, worker, kind || ': ' || message from faults where at >= $2 and at < $3 and {OfStudy}");
        Read(StoredEventKind.Quarantined, $"select at, key, cast(0 as bigint), null, '' from quarantined where at >= $2 and at < $3 and {OfStudy}");
        if (AttemptRows.Exist(connection))
        {
            Read(StoredEventKind.Started, $"select leased_at, key, attempt, worker, '' from attempts where leased_at >= $2 and leased_at < $3 and {OfStudy}");
            // A fault or a result tells the end of its attempt itself.
            Read(
                StoredEventKind.Ended,
                $"""
                select ended_at, key, attempt, worker, ending || coalesce(': ' || reason, '') from attempts
                where ended_at >= $2 and ended_at < $3 and ending is not null and {OfStudy}
                    and not exists (select 1 from faults where faults.key = attempts.key and faults.attempt = attempts.attempt)
                """);
        }

        return [.. events
            .OrderBy(one => one.At).ThenBy(one => one.Kind, StringComparer.Ordinal)
            .ThenBy(one => one.Key.Hex, StringComparer.Ordinal).ThenBy(one => one.Attempt)];

        void Read(string kind, string sql) => events.AddRange(connection
            .Query(sql, row => Event(kind, row), study, Moments.Write(from), Moments.Write(before)).OfType<StoredEvent>());
    }

    private static StoredEvent? Event(string kind, DbDataReader row) =>
        DateTimeOffset.TryParse(AttemptRows.Text(row, 0), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
        && row.GetValue(2) is long and >= 0 and <= int.MaxValue and var attempt
            ? new(at, kind, new(AttemptRows.Text(row, 1) ?? ""), (int)attempt, AttemptRows.Text(row, 3), AttemptRows.Text(row, 4) ?? "")
            : null;
}
