using PinnSweep.Reports.Model;
using PinnSweep.Storage;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Planning;

/// <summary>
/// The report of a study of a store, with everything that the store holds about it: results, promises, what people added; and with what is
/// known of its problems.
/// </summary>
internal static class StoredReport
{
    /// <summary>The report.</summary>
    /// <param name="store">The store.</param>
    /// <param name="results">The study's results in it.</param>
    /// <param name="axes">Factors on rows and columns; the usual ones where null.</param>
    /// <param name="yardsticks">Where solvers' costs come from; what is kept of this machine where null.</param>
    public static StudyReport Of(Store store, StudyResults results, ReportAxes? axes = null, Yardsticks? yardsticks = null) =>
        StudyLock.Tell(StudyReport.Build(results, axes), results.Plan, store.Locks.Named(results.Plan.Spec.Name))
            .WithKnown(KnownProblems.Of(results.Plan, yardsticks ?? Yardsticks.Kept)) with { Annotations = store.Annotations.Of(results.Plan.Hash) };
}
