using System.Data.Common;
using System.Text.Json;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;

namespace PinnSweep.Storage.Studies;

/// <summary>The decisions of a study in stages.</summary>
internal static class StageRows
{
    /// <summary>A plan with the decisions that are stored of it, up to the first that cannot be read.</summary>
    public static StudyPlan Grow(DbConnection connection, StudyPlan plan)
    {
        if (!plan.Spec.IsStaged)
        {
            return plan;
        }

        foreach (var (number, document, sha256) in connection.Query(
            "select number, document, sha256 from stages where study = $1 and number >= $2 order by number",
            row => (row.GetInt64(0), row.GetString(1), row.GetString(2)),
            plan.Hash,
            (long)plan.Stages.Length))
        {
            if (number < plan.Stages.Length)
            {
                continue;
            }

            if (number > plan.Stages.Length || Read(document, sha256) is not { } decision)
            {
                break;
            }

            plan = PlanGrowth.Grow(plan, decision);
        }

        return plan;
    }

    /// <summary>
    /// Stores a decision and its trials, inside a transaction that writes; nothing where its number is taken. A row that is damaged gives way:
    /// what is decided again from the same results is what stood there.
    /// </summary>
    public static void Save(Connections connections, DbConnection connection, StudyPlan plan, StageDecision decision, string now)
    {
        var document = StageJson.Write(decision);
        foreach (var (stored, sha256) in connection.Query(
            "select document, sha256 from stages where study = $1 and number = $2", row => (row.GetString(0), row.GetString(1)), plan.Hash, (long)decision.Number))
        {
            if (Read(stored, sha256) is null)
            {
                if (!IsTheSame(connection, plan, decision))
                {
                    return;
                }

                connection.Execute("delete from stages where study = $1 and number = $2", plan.Hash, (long)decision.Number);
            }
        }

        var isNew = connection.Execute(
            "insert into stages (study, number, document, sha256, decided_at) values ($1, $2, $3, $4, $5) on conflict (study, number) do nothing",
            plan.Hash, (long)decision.Number, document, StageJson.DigestOf(document), now) == 1;
        if (!isNew)
        {
            return;
        }

        var trials = PlanGrowth.TrialsOf(plan, decision);
        connections.Insert(
            connection,
            "trials",
            ["key", "description"],
            trials.OrderBy(trial => trial.Key.Hex, StringComparer.Ordinal).Select(trial => new object[] { trial.Key.Hex, trial.Description.Canonical() }));
        connections.Insert(
            connection,
            "study_trials",
            ["study", "position", "key"],
            trials.Select((trial, i) => new object[] { plan.Hash, (long)plan.Trials.Length + i, trial.Key.Hex }));
    }

    /// <summary>
    /// Whether the trials that a decision adds are those that stand there already: one that was made when a trial had no result yet, which it
    /// has now, would be another. Rows that a submission took away, because it found no decision for them, come back.
    /// </summary>
    private static bool IsTheSame(DbConnection connection, StudyPlan plan, StageDecision decision)
    {
        var trials = PlanGrowth.TrialsOf(plan, decision).Select(trial => trial.Key.Hex).ToList();
        var standing = connection.Query(
            "select key from study_trials where study = $1 and position >= $2 and position < $3 order by position",
            row => row.GetString(0),
            plan.Hash,
            (long)plan.Trials.Length,
            (long)plan.Trials.Length + trials.Count);
        return standing.SequenceEqual(trials.Take(standing.Count));
    }

    /// <summary>The decision of a row; null where it is damaged.</summary>
    private static StageDecision? Read(string document, string sha256)
    {
        try
        {
            return StageJson.DigestOf(document) == sha256 ? StageJson.Read(document) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
