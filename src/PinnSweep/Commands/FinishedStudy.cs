using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Commands;

/// <summary>A study of which nothing is left to train: its answer is in the store, and no cluster has to be founded to read it.</summary>
internal sealed class FinishedStudy : IDisposable
{
    private FinishedStudy(Store store, StudyResults results) => (Store, Results) = (store, results);

    /// <summary>The store, open for as long as its results are read.</summary>
    public Store Store { get; }

    /// <summary>What it knows of the study.</summary>
    public StudyResults Results { get; }

    /// <summary>The study with its results; null where anything is left to do.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="place">The store, which may not exist yet.</param>
    /// <param name="retriesQuarantined">Whether trials that were given up are to be trained again.</param>
    public static FinishedStudy? Of(StudyPlan plan, string place, bool retriesQuarantined)
    {
        if (!StorePlace.Parse(place).IsPostgres && !File.Exists(place))
        {
            return null;
        }

        Store? store = null;
        try
        {
            store = Store.OpenForReading(place);
            if (Of(plan, store.Studies, retriesQuarantined) is not { } results)
            {
                return null;
            }

            var finished = new FinishedStudy(store, results);
            store = null;
            return finished;
        }
        catch (UserMistakeException)
        {
            // What is wrong with the store is told by whoever opens it to write.
            return null;
        }
        finally
        {
            store?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();

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
