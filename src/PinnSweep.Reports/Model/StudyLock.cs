using System.Collections.Immutable;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Registration;

namespace PinnSweep.Reports.Model;

/// <summary>What was promised of a study before it was trained, and what a report deviates in.</summary>
/// <param name="Plan">The plan that was locked.</param>
/// <param name="LockedAt">When.</param>
/// <param name="Program">Version and commit of the program that locked it.</param>
/// <param name="ResultsBefore">Its trials with a result at that moment; 0 where it was locked before all.</param>
/// <param name="IsThisPlan">Whether that is the plan of the report.</param>
/// <param name="Hypotheses">What its author expected.</param>
/// <param name="Deviations">Rule by rule, what the report's study has otherwise; empty where it keeps the promise.</param>
public sealed record StudyLock(
    string Plan, DateTimeOffset LockedAt, string Program, int ResultsBefore, bool IsThisPlan, ImmutableArray<string> Hypotheses, ImmutableArray<string> Deviations)
{
    /// <summary>The report with what the locks of its study's name say; without any, the report itself.</summary>
    /// <param name="report">The report.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="locks">The locks of all plans of that name, the oldest first.</param>
    public static StudyReport Tell(StudyReport report, StudyPlan plan, ImmutableArray<LockedStudy> locks)
    {
        if (locks.IsEmpty)
        {
            return report;
        }

        var now = StudyPromise.Of(plan);
        return report with
        {
            Header = report.Header with
            {
                Locks =
                [
                    .. locks.OrderBy(locked => locked.Promise.Plan != plan.Hash).Select(locked => new StudyLock(
                        locked.Promise.Plan, locked.At, locked.Program, locked.ResultsBefore, locked.Promise.Plan == plan.Hash, locked.Promise.Hypotheses, locked.Promise.DeviationsOf(now))),
                ],
            },
        };
    }

    /// <summary>The same as names and values for the section about the study.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(ImmutableArray<StudyLock>? locks) => (locks ?? []).SelectMany(locked => locked.Lines());

    private IEnumerable<(string Name, string Value)> Lines()
    {
        var when = FormattableString.Invariant($"{LockedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        var results = ResultsBefore == 0 ? "before its first result" : FormattableString.Invariant($"after {ResultsBefore} of its results");
        yield return ("locked", $"{(IsThisPlan ? "this plan" : $"another plan, {Plan[..Math.Min(12, Plan.Length)]},")} on {when}, {results}, by PinnSweep {Program}");
        foreach (var hypothesis in Hypotheses)
        {
            yield return ("hypothesis", hypothesis);
        }

        foreach (var deviation in Deviations.DefaultIfEmpty("none from what was locked"))
        {
            yield return ("deviation", deviation);
        }
    }
}
