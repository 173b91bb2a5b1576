using System.Collections.Immutable;
using System.Data.Common;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Studies;

/// <summary>Finished trials that are the same as planned ones but for their length, found by the keys that they must have.</summary>
internal static class KinRows
{
    /// <summary>Those of each trial that has no result itself; trials without any are left out.</summary>
    public static ImmutableDictionary<TrialKey, ImmutableArray<FinishedKin>> Of(Connections connections, DbConnection connection, IReadOnlyCollection<PlannedTrial> trials)
    {
        var isKept = ResultContents.HaveFinals(connection) ? "final is not null" : connections.False;
        var lengths = connection.Query("select distinct steps from results", row => row.GetInt64(0)).Where(steps => steps is > 0 and < int.MaxValue).Order().ToArray();
        var longest = trials.Max(trial => trial.Description.Budget.Steps) ?? 0;
        var found = new Dictionary<TrialKey, List<FinishedKin>>();
        foreach (var steps in lengths.Where(steps => steps < longest).Select(steps => (int)steps))
        {
            var wanted = trials.SelectMany(trial => ShorterTrials.Of(trial.Description, steps), (trial, kin) => (trial.Key, KinKey: kin.Key(), kin.EvaluateEvery)).ToLookup(row => row.KinKey);
            foreach (var (key, kept) in connection.Query(
                $"select key, case when {isKept} then 1 else 0 end from results where steps = $2 and key in {connections.TextsOf("$1")}",
                row => (new TrialKey(row.GetString(0)), Convert.ToInt64(row.GetValue(1), System.Globalization.CultureInfo.InvariantCulture) != 0),
                StudyTables.KeysAsJson(wanted.Select(row => row.Key)),
                (long)steps))
            {
                foreach (var row in wanted[key])
                {
                    (found.TryGetValue(row.Key, out var kin) ? kin : found[row.Key] = []).Add(new(key, steps, row.EvaluateEvery, kept));
                }
            }
        }

        var finished = found.Count == 0 ? [] : connection.Query(
            $"select key from results where key in {connections.TextsOf("$1")}", row => new TrialKey(row.GetString(0)), StudyTables.KeysAsJson(found.Keys)).ToHashSet();
        return found.Where(pair => !finished.Contains(pair.Key)).ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToImmutableArray());
    }
}
