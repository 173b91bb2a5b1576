using PinnSweep.Api;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Views;

namespace PinnSweep.Commands;

/// <summary>A study of a store as it stands there, for verbs that do with a node or without one.</summary>
internal static class OpenedStudy
{
    /// <summary>The plan of a stored study, by name, hash or the beginning of a hash.</summary>
    /// <exception cref="UserMistakeException">There is no such study, or several.</exception>
    public static StudyPlan PlanOf(Store store, string study) => StudyLookup.Of(store.Studies, study) switch
    {
        // The catalog takes a while to make, and nearly every plan does without.
        { Study: { } found } => store.Studies.StoredPlanOf(found.Hash) ?? store.Studies.PlanOf(found, PinnCatalog.Instance),
        { IsAmbiguous: true } => throw new UserMistakeException($"study '{study}': the hashes of several studies in {store.Path} begin so; give more digits. `pinnsweep studies --store {store.Path}` lists them"),
        _ => throw new UserMistakeException($"study '{study}' is not in {store.Path}{Hint(store, study)}"),
    };

    /// <summary>The study with its rows; nothing is known of what runs.</summary>
    /// <exception cref="UserMistakeException">There is no such study, or several.</exception>
    public static StudyView Of(Store store, string study) => Of(store, PlanOf(store, study));

    /// <summary>The same of a plan.</summary>
    public static StudyView Of(Store store, StudyPlan plan) =>
        StudyView.Of(plan, store.Studies.PageOf(plan.Hash, 0, plan.Trials.Length), null, new Dictionary<Studies.Trials.TrialKey, Cluster.Protocol.StudyProtocol.RunningAttempt>());

    /// <summary>Where the study stands as far as the store tells: what runs waits there.</summary>
    public static StudyModel ModelOf(StudyView study)
    {
        var accepted = study.Trials.Count(trial => trial.Phase == "accepted");
        var quarantined = study.Trials.Count(trial => trial.Phase == "quarantined");
        var waiting = study.Trials.Length - accepted - quarantined;
        return new(
            study.Plan.Hash, study.Plan.Spec.Name, study.Trials.Length, accepted, quarantined, 0, waiting, 0, study.Trials.Sum(trial => trial.Faults),
            IsPaused: false, IsCancelled: false, IsSettled: waiting == 0 && !study.Plan.AwaitsStage, 0, null, null)
        {
            Stage = study.Plan.Stages is [.., var last] ? new(last.Number, last.Words, last.IsLast, false) : null,
        };
    }

    private static string Hint(Store store, string study)
    {
        const int Told = 20;
        var names = store.Studies.List().Select(known => known.Name).Distinct().ToList();
        return NearestMatch.Of(study, names) is { } near ? $"; nearest '{near}'"
            : names.Count == 0 ? "; it has none"
            : $"; there are: {string.Join(", ", names.Take(Told))}{(names.Count > Told ? ", …" : "")}";
    }
}
