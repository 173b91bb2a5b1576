using PinnSweep.Planning;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Storage;
using PinnSweep.Studies.Trials;
using PinnSweep.Views;

namespace PinnSweep.Api;

/// <summary>Makes the report that pages show, with links from its numbers to the trials behind them.</summary>
internal static class LiveReportMaker
{
    /// <summary>The report of a study as it stands.</summary>
    /// <param name="store">Where the results are.</param>
    /// <param name="study">The study, whose cells numbers lead to.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Stops between its parts.</param>
    public static LiveRendering Make(Store store, StudyView study, DateTimeOffset now, CancellationToken cancel)
    {
        var plan = study.Plan;
        var results = store.Studies.LoadResults(plan);
        cancel.ThrowIfCancellationRequested();
        if (results.Results.IsEmpty && results.Quarantined.IsEmpty)
        {
            return new(plan.Hash, plan.Spec.Name, now, 0, plan.Trials.Length, "", "", []);
        }

        var report = LiveReport.Of(StudyLock.Tell(StudyReport.Build(results), plan, store.Locks.Named(plan.Spec.Name)).WithKnown(KnownProblems.Of(plan, Yardsticks.None)), cancel);
        var links = Links(study, LiveRendering.VersionOf(now));
        cancel.ThrowIfCancellationRequested();
        return new(
            plan.Hash, plan.Spec.Name, now, results.Results.Count, plan.Trials.Length, HtmlFragment.Render(report.Standing, links), HtmlFragment.Render(report.Tuning, links), report.Figures);
    }

    // The version in a figure's address makes browsers ask again when, and only when, it may have changed.
    private static FragmentLinks Links(StudyView study, string version)
    {
        var hash = study.Plan.Hash;
        var cells = new Dictionary<TrialKey, int>();
        foreach (var cell in study.Cells)
        {
            foreach (var trial in cell.Trials)
            {
                cells.TryAdd(trial.Planned.Key, cell.Number);
            }
        }

        string Figure(string name, string scheme) => $"/api/studies/{hash}/figures/{name}.svg?scheme={scheme}&v={version}";
        return new(
            key => cells.TryGetValue(key, out var number) ? FormattableString.Invariant($"/studies/{hash}/trials?cell={number}") : null,
            key => $"/trials/{key.Hex}",
            name => (Figure(name, "light"), Figure(name, "dark")));
    }
}
