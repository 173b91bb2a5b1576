using PinnSweep.Storage;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>Everything that is wrong with a store: its tables, its contents and its journal.</summary>
public static class StoreFindings
{
    /// <summary>What is wrong, each with what will come of it; nothing is changed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="progress">Told what is being looked at.</param>
    public static IEnumerable<string> Of(Store store, Action<string> progress)
    {
        foreach (var finding in store.Examine(progress))
        {
            yield return finding;
        }

        progress("journal");
        var journal = JournalExamination.Of(store);
        foreach (var finding in journal.Findings)
        {
            yield return $"{finding}. A coordinator that needs it goes on from the rest and from the tables, and says so in the journal";
        }

        var state = RestoredState.Fold(journal, store.Decisions.Facts());
        var stored = store.Decisions.Facts().Results.Select(result => result.Key).ToHashSet();
        foreach (var trial in state.Trials.Values.Where(trial => trial.Phase is TrialPhase.Accepted && !stored.Contains(trial.Key)))
        {
            yield return $"results: trial {trial.Key.Short}: the row of its accepted result is missing or damaged. The next coordinator writes it again from the journal";
        }
    }
}
