using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Storage.Studies;

/// <summary>
/// Compares the rows of a stored plan's trials with the plan when it is submitted again, and restores damaged or lost ones from it.
/// Only the coordinator's reads matter, so they are made here: by study and position, and by key.
/// </summary>
internal static class PlanRows
{
    /// <summary>Writes again what is not as it was stored; false where all of it is. Inside a transaction that writes.</summary>
    /// <param name="connections">The store.</param>
    /// <param name="connection">With a transaction.</param>
    /// <param name="plan">What is submitted: the same trials, perhaps in another order than they were stored in, which stays.</param>
    /// <param name="stored">The plan as it was stored, where that is whole.</param>
    /// <param name="now">The moment.</param>
    public static bool Mend(Connections connections, DbConnection connection, StudyPlan plan, Func<StudyPlan?> stored, string now)
    {
        MendStudy(connection, plan, now);
        var planned = plan.Trials.Select(trial => trial.Key.Hex).ToHashSet(StringComparer.Ordinal);
        // A description is known by its hash, which is the trial's key: quicker than making the text again.
        var rows = connection.Query(
            """
            select study_trials.position, study_trials.key, trials.description from study_trials left join trials on trials.key = study_trials.key
            where study = $1 order by position
            """,
            row => (row.GetValue(0), row.GetValue(1), row.GetValue(2)),
            plan.Hash);
        var isSound = rows.Count == plan.Trials.Length && rows.Index().All(entry =>
            entry.Item is (long position, string key, string description)
            && position == entry.Index
            && planned.Remove(key)
            && Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description))) == key);
        if (isSound)
        {
            return false;
        }

        plan = stored() ?? plan;
        connections.MendIndexes(connection);
        object?[][] trials = [.. Descriptions(connection, plan)];
        MendTable(connections, connection, "study_trials", ["study", "position", "key"], Places(connection, plan, trials.Select(row => (string)row[0]!)));
        MendTable(connections, connection, "trials", ["key", "description"], trials);
        return true;
    }

    /// <summary>The name belongs to the hash; a date that can no longer be read would stand in the way of every list.</summary>
    private static void MendStudy(DbConnection connection, StudyPlan plan, string now)
    {
        var rows = connection.Query("select name, submitted_at from studies where hash = $1", row => (row.GetValue(0) as string, row.GetValue(1) as string), plan.Hash);
        foreach (var (name, date) in rows)
        {
            var isDate = DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out _);
            if (name != plan.Spec.Name || !isDate)
            {
                connection.Execute("update studies set name = $2, submitted_at = $3 where hash = $1", plan.Hash, plan.Spec.Name, isDate ? date : now);
            }
        }
    }

    /// <summary>
    /// All rows anew, in their order: where a damaged row stands in the way of others, no single one can be found or replaced.
    /// </summary>
    private static void MendTable(Connections connections, DbConnection connection, string table, string[] columns, IEnumerable<object?[]> rows)
    {
        object?[][] kept = [.. rows];
        connections.DeferReferences(connection);
        connection.Execute($"delete from {table}");
        connections.Insert(connection, table, columns, kept);
    }

    /// <summary>Those of other studies stay as they are, unless what they name is not there.</summary>
    private static IEnumerable<object?[]> Places(DbConnection connection, StudyPlan plan, IEnumerable<string> trials)
    {
        var known = trials.ToHashSet(StringComparer.Ordinal);
        var others = connection.Query("select hash from studies", row => row.GetValue(0) as string ?? "").Where(hash => hash != plan.Hash).ToHashSet(StringComparer.Ordinal);
        return connection
            .Query("select study, position, key from study_trials", row => new[] { row.GetValue(0), row.GetValue(1), row.GetValue(2) })
            .Where(row => row is [string study, long, string key] && others.Contains(study) && known.Contains(key))
            .Concat(plan.Trials.Select((trial, position) => new object[] { plan.Hash, (long)position, trial.Key.Hex }))
            .OrderBy(row => (string)row[0], StringComparer.Ordinal);
    }

    private static IEnumerable<object?[]> Descriptions(DbConnection connection, StudyPlan plan)
    {
        var planned = plan.Trials.ToDictionary(trial => trial.Key.Hex, trial => trial.Description.Canonical(), StringComparer.Ordinal);
        return connection
            .Query("select key, description from trials", row => new[] { row.GetValue(0), row.GetValue(1) })
            .Where(row => row is [string key, string] && !planned.ContainsKey(key))
            .Concat(planned.Select(trial => new object[] { trial.Key, trial.Value }))
            .OrderBy(row => (string)row[0], StringComparer.Ordinal);
    }
}
