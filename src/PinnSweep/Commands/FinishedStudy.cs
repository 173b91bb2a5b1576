using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Commands;

/// <summary>A study of which nothing is left to train: its answer is in the store, and no cluster has to be founded to read it.</summary>
internal static class FinishedStudy
{
    /// <summary>What the store knows of it; null where anything is left to do.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="place">The store, which may not exist yet.</param>
    /// <param name="retriesQuarantined">Whether trials that were given up are to be trained again.</param>
    public static StudyResults? Of(StudyPlan plan, string place, bool retriesQuarantined)
    {
        if (!StorePlace.Parse(place).IsPostgres && !File.Exists(place))
        {
            return null;
        }

        try
        {
            using var store = Store.OpenForReading(place);
            return Of(plan, store.Studies, retriesQuarantined);
        }
        catch (UserMistakeException)
        {
            // What is wrong with the store is told by whoever opens it to write.
            return null;
        }
    }

    private static StudyResults? Of(StudyPlan plan, IStudyStore studies, bool retriesQuarantined)
    {
        if (studies.FindByPrefix(plan.Hash).IsEmpty)
        {
            return null;
        }

        var grown = studies.StagedPlanOf(plan.Hash) ?? plan;
        if (grown.AwaitsStage || !studies.Unsettled([.. grown.Trials.Select(trial => trial.Key)]).IsEmpty)
        {
            return null;
        }

        var results = studies.LoadResults(grown);
        return results.Damaged.IsEmpty && (!retriesQuarantined || results.Quarantined.IsEmpty) ? results : null;
    }
}
