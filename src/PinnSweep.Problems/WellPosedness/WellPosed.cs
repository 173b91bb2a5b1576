using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// Whether a problem can have one solution, and whether all that it says of it fits together. Nothing is trained: conditions are counted,
/// and the rest is tried at points.
/// </summary>
public static class WellPosed
{
    private static readonly ConditionalWeakTable<Problem, IReadOnlyList<string>> Known = [];

    /// <summary>All that does not fit, mistakes and notices.</summary>
    /// <param name="problem">The problem; its residuals are those of the solution.</param>
    /// <param name="free">Names of sides that the problem leaves open.</param>
    /// <param name="watch">Says whether to go on; nobody ends it where null.</param>
    public static IReadOnlyList<Flaw> Check(Problem problem, ImmutableArray<string> free, PlanningWatch? watch = null)
    {
        var points = new CheckPoints(problem, watch ?? PlanningWatch.None);
        List<Flaw> flaws =
        [
            .. UnusedNames.Of(problem),
            .. ConditionCounts.Of(problem, free),
            .. Contradictions.Of(problem, points),
            .. FreeConstants.Notices(problem),
        ];
        if (problem.Solution is { } solution)
        {
            flaws.AddRange(SolutionCheck.Of(problem, points, solution.Expressions));
        }

        if (!problem.TestPoints.IsEmpty)
        {
            flaws.AddRange(ReferenceCheck.Of(problem, points));
        }

        if (!problem.Ansatz.IsEmpty)
        {
            flaws.AddRange(HardCheck.Of(problem, points));
        }

        return flaws;
    }

    /// <summary>What is told of a problem, remembered.</summary>
    public static IReadOnlyList<string> Notices(Problem problem) => Known.GetValue(
        problem,
        known => [.. Check(known, []).Where(flaw => flaw.IsNotice).Select(flaw => $"{flaw.Key}: {flaw.Text}")]);
}
