using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Schema;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Studies;

/// <summary>
/// Attempts read from three tables: their own, faults and results. Each may lack rows of the others, and a row that is damaged says as much
/// as can be read of it: no number of a study depends on what stands here.
/// </summary>
internal static class AttemptRows
{
    private const int ShortKey = 8;
    private static readonly string[] Endings = [AttemptEnding.Released, AttemptEnding.Cancelled, AttemptEnding.ResultLost, AttemptEnding.Unknown];

    /// <summary>
    /// Who trained the accepted result of a row of <c>study_trials</c>, or had its last attempt, in a select that joins <c>results</c>.
    /// </summary>
    public static string Worker(DbConnection connection)
    {
        var ofResult = "(select worker from faults where faults.key = study_trials.key and faults.attempt = results.attempt)";
        var last = "(select worker from faults where faults.key = study_trials.key order by attempt desc limit 1)";
        return Exist(connection)
            ? $"case when results.key is null then coalesce({OfAttempts(last)}, {last}) else coalesce({OfAttempts(ofResult)}, {ofResult}) end"
            : $"case when results.key is null then {last} else {ofResult} end";

        static string OfAttempts(string select) => select.Replace("faults", "attempts", StringComparison.Ordinal);
    }

    /// <summary>The attempts of a trial, in order.</summary>
    public static ImmutableArray<StoredAttempt> Of(DbConnection connection, TrialKey trial)
    {
        var rows = new SortedDictionary<int, StoredAttempt>();
        if (Exist(connection))
        {
            Read("select attempt, worker, leased_at, ended_at, ending, reason from attempts where key = $1", (row, attempt) =>
                new(attempt, Text(row, 1), Moment(row, 2), Moment(row, 3), Endings.FirstOrDefault(ending => ending == Text(row, 4)), Text(row, 5), null));
        }

        Read("select attempt, worker, at, kind, message, detail from faults where key = $1", (row, attempt) => Known(attempt) is var known
            ? known with
            {
                Worker = known.Worker ?? Text(row, 1),
                // A worker that fell silent may have had a result all the same.
                EndedAt = known.Ending == AttemptEnding.ResultLost ? known.EndedAt : Moment(row, 2),
                Ending = known.Ending == AttemptEnding.ResultLost ? known.Ending : AttemptEnding.Faulted,
                Fault = new(Text(row, 3) ?? "", Text(row, 4) ?? "", Text(row, 5) ?? ""),
            }
            : known);
        var accepted = default((int Attempt, DateTimeOffset? At)?);
        Read("select attempt, accepted_at from results where key = $1", (row, attempt) =>
        {
            accepted = (attempt, Moment(row, 1));
            return Known(attempt) with { EndedAt = accepted.Value.At, Ending = AttemptEnding.Accepted };
        });

        return [.. rows.Values.Select(row => row.Ending is null or AttemptEnding.Unknown ? Ended(row) : row)];

        void Read(string sql, Func<DbDataReader, int, StoredAttempt> read)
        {
            foreach (var found in connection.Query(sql, row => Number(row, 0) is { } attempt ? read(row, attempt) : null, trial.Hex).OfType<StoredAttempt>())
            {
                rows[found.Attempt] = found;
            }
        }

        StoredAttempt Known(int attempt) => rows.GetValueOrDefault(attempt) ?? new(attempt, null, null, null, null, null, null);

        // Only the last can run, and none does beside a result.
        StoredAttempt Ended(StoredAttempt row) =>
            accepted is { } result ? row with { EndedAt = result.At, Ending = AttemptEnding.Superseded }
            : row.Attempt < rows.Keys.Last() ? row with { Ending = AttemptEnding.Unknown }
            : row;
    }

    /// <summary>Rows that cannot be right, each with what will come of it.</summary>
    public static IEnumerable<string> Examine(DbConnection connection)
    {
        if (!Exist(connection))
        {
            yield break;
        }

        foreach (var (key, attempt, what) in connection.Query(
            "select attempts.key, attempt, leased_at, ended_at, ending, trials.key from attempts left join trials on trials.key = attempts.key",
            row => (Text(row, 0) ?? "", Text(row, 1), What: Damage(row))).Where(row => row.What is not null))
        {
            yield return $"attempts: trial {(key.Length > ShortKey ? key[..ShortKey] : key)}, attempt {attempt}: {what}. Lists of attempts leave that out; no number depends on it";
        }
    }

    /// <summary>A store that an earlier version wrote, and that is only read, has none.</summary>
    internal static bool Exist(DbConnection connection) =>
        connection.Scalar<long>("select max(version) from schema_version") >= SchemaVersions.Since("attempts");

    private static string? Damage(DbDataReader row) =>
        Text(row, 5) is null ? "no study has the trial"
        : Number(row, 1) is null ? "no number of an attempt"
        : !IsMoment(row, 2) || !IsMoment(row, 3) ? "no date"
        : Text(row, 4) is { } ending && !Endings.Contains(ending) ? $"'{ending}' is no end of an attempt"
        : null;

    private static bool IsMoment(DbDataReader row, int column) => Text(row, column) is null or "" || Moment(row, column) is not null;

    private static DateTimeOffset? Moment(DbDataReader row, int column) =>
        DateTimeOffset.TryParse(Text(row, column), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null;

    private static int? Number(DbDataReader row, int column) => row.GetValue(column) is long and > 0 and <= int.MaxValue and var number ? (int)number : null;

    internal static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture);
}
