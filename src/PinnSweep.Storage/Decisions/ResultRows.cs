using System.Data.Common;
using System.Globalization;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Storage.Decisions;

/// <summary>
/// The table of results held against the coordinator's state, which the journal vouches for. Rows are looked at one after the other, not by
/// key: in a damaged table a look-up passes by what is there.
/// </summary>
internal static class ResultRows
{
    /// <summary>Makes the table say what the state says; the number of rows that said something else.</summary>
    public static int Mend(Connections connections, DbConnection connection, CoordinatorState state)
    {
        var accepted = state.Trials.Values.Where(trial => trial.Phase is TrialPhase.Accepted).ToDictionary(
            trial => trial.Key.Hex,
            trial => (Phase: (TrialPhase.Accepted)trial.Phase, trial.SettledAt),
            StringComparer.Ordinal);
        var dates = new Dictionary<string, string>(StringComparer.Ordinal);
        var wrong = 0;
        foreach (var (key, values, date) in connection.Query(
            "select key, attempt, blob, outcome, steps, relative_l2, seconds, network, final, accepted_at from results",
            row => (Text(row, 0), Values: string.Join(' ', Enumerable.Range(1, 8).Select(column => Text(row, column))), Date: Text(row, 9))))
        {
            if (accepted.TryGetValue(key, out var expected) && values == Describe(expected.Phase)
                && (DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out _) || (date.Length == 0 && expected.SettledAt is null)))
            {
                dates[key] = date;
            }
            else
            {
                wrong++;
            }
        }

        if (wrong == 0 && dates.Count == accepted.Count)
        {
            return 0;
        }

        // All rows anew: in a table whose order is damaged a single one could not be found again.
        connection.Execute("delete from results");
        connections.Execute(connection, accepted.Select(entry => DecisionStatements.Result(
            new(entry.Key), entry.Value.Phase.Attempt, entry.Value.Phase.Result, dates.TryGetValue(entry.Key, out var date) ? Moments.ReadOptional(date) : entry.Value.SettledAt)));
        return Math.Max(wrong, accepted.Count - dates.Count);
    }

    private static string Describe(TrialPhase.Accepted accepted) => string.Create(
        CultureInfo.InvariantCulture,
        $"{accepted.Attempt} {accepted.Result.Blob} {accepted.Result.Outcome.ToString().ToLowerInvariant()} {accepted.Result.Steps} {Known(accepted.Result.RelativeL2)} {accepted.Result.Seconds} {accepted.Result.Network} {accepted.Result.Final?.Blob}");

    private static string Known(double value) => double.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture);

    private static string Text(DbDataReader row, int column) => Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture) ?? "";
}
