using System.Collections.Immutable;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Problems.Formulation;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;

namespace PinnSweep.Planning;

/// <summary>What the program knows of the problems of a plan beyond results: a report is told, and knows no equations itself.</summary>
internal static class KnownProblems
{
    /// <summary>By level; a level that this version of the program cannot make is left out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="yardsticks">Where solvers' costs come from.</param>
    public static ImmutableDictionary<Level, KnownProblem> Of(StudyPlan plan, Yardsticks yardsticks) => plan.Cells.Select(cell => cell.Levels.Problem).Distinct()
        .Select(level => (Level: level, Problem: Made(level))).Where(pair => pair.Problem is not null)
        .ToImmutableDictionary(pair => pair.Level, pair => new KnownProblem(pair.Problem!.Void, pair.Problem.Void is null ? yardsticks.Of(pair.Level, pair.Problem) : null));

    private static Problem? Made(Level level)
    {
        try
        {
            return PinnCatalog.Problem(level);
        }
        catch (Exception unknown) when (unknown is UserMistakeException or KeyNotFoundException or InvalidOperationException)
        {
            // A store may be older than the catalog, or newer.
            return null;
        }
    }
}
