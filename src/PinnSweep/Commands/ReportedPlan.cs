using System.Globalization;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.BuiltInStudies;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Commands;

/// <summary>
/// What <c>report</c> reports. A study of the store is reported as it was run, with the plan that is stored; a file, or a name with values
/// set over it, is planned by this program, and where the store knows the study only otherwise planned, that is said.
/// </summary>
internal static class ReportedPlan
{
    /// <summary>The plan of what the user names.</summary>
    /// <param name="store">The store.</param>
    /// <param name="study">A file, a name, a hash or the beginning of one.</param>
    /// <param name="overrides">Values set over it.</param>
    /// <param name="notes">Takes what the user should know.</param>
    /// <param name="cancel">Ends the planning.</param>
    /// <param name="allowed">Folders beside its own whose files a study file may name.</param>
    /// <exception cref="UserMistakeException">There is no such study, or the store has no result of it.</exception>
    public static StudyPlan Of(Store store, string study, string[] overrides, TextWriter notes, CancellationToken cancel, params IEnumerable<string> allowed)
    {
        if (!File.Exists(study) && overrides.Length == 0)
        {
            switch (StudyLookup.Of(store.Studies, study))
            {
                case { Study: { } stored }:
                    TellNamesakes(store, study, stored, notes);
                    return store.Studies.PlanOf(stored, PinnCatalog.Instance);
                case { IsAmbiguous: true }:
                    throw new UserMistakeException($"study '{study}': the hashes of several studies in {store.Path} begin so; give more digits. `pinnsweep studies --store {store.Path}` lists them");
            }
        }

        if (File.Exists(study) || BuiltInStudies.Find(study) is not null)
        {
            return Planned(store, study, overrides, allowed, notes, cancel);
        }

        var known = store.Studies.List().Select(entry => entry.Name).Distinct().ToList();
        throw new UserMistakeException($"study '{study}' is neither in {store.Path} nor a file{NearestMatch.Hint(study, known)}");
    }

    private static StudyPlan Planned(Store store, string study, string[] overrides, IEnumerable<string> allowed, TextWriter notes, CancellationToken cancel)
    {
        var plan = StudySource.Load(study, overrides, allowed).Plan(cancel);
        if (plan.Spec.IsStaged && store.Studies.StagedPlanOf(plan.Hash) is { } grown)
        {
            return grown;
        }

        if (store.Studies.Find(plan.Hash) is not null || store.Studies.Find(plan.Spec.Name) is not { } namesake)
        {
            return plan;
        }

        var summary = store.Studies.Summaries().First(known => known.Hash == namesake.Hash);
        var explained = string.Create(
            CultureInfo.InvariantCulture,
            $"as this program plans {study}, it is study {plan.Hash[..8]}, which is not in {store.Path}. The store holds '{namesake.Name}' otherwise planned (other text, other values set over it, or another version of PinnSweep): {namesake.Hash[..8]} of {summary.SubmittedAt:yyyy-MM-dd HH:mm} UTC, {summary.Accepted} of {summary.Planned} trials with a result; `pinnsweep report {namesake.Hash[..8]} --store {store.Path}` reports it as it was run");
        if (store.Studies.LoadResults(plan) is { Results.IsEmpty: true, Quarantined.IsEmpty: true })
        {
            throw new UserMistakeException($"{explained}; `pinnsweep run {study}` trains the other");
        }

        notes.WriteLine($"Notice: {explained}. What both have in common is reported here.");
        return plan;
    }

    /// <summary>Says which of several it is.</summary>
    private static void TellNamesakes(Store store, string study, StoredStudy taken, TextWriter notes)
    {
        if (taken.Name == study && store.Studies.List().Count(other => other.Name == study) is > 1 and var count)
        {
            notes.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Notice: {count} studies in {store.Path} are called '{study}'; this is the newest, {taken.Hash[..8]} of {taken.SubmittedAt:yyyy-MM-dd HH:mm} UTC. `pinnsweep studies --store {store.Path}` lists them."));
        }
    }
}
