using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Trivial;

/// <summary>
/// What stands beside the errors of a problem of the catalog: how well its own solution is known, and what a network scores that solves
/// nothing. Measured once and kept among the computed references, so that a list of problems costs no time; another build of the program
/// measures anew.
/// </summary>
/// <param name="Floor">The relative error of the solution itself; null where nothing is known of it.</param>
/// <param name="Trivial">The relative errors of the trivial fields by name; null where no solution is known.</param>
public sealed record ProblemScores(double? Floor, ImmutableSortedDictionary<string, double>? Trivial)
{
    private const string Prefix = "trivial ";

    /// <summary>The scores that were measured earlier; null where they were not.</summary>
    /// <param name="level">The problem's.</param>
    public static ProblemScores? Known(Level level) => ReferenceCache.Default.Find(Identity(level)) is { } kept ? Read(kept) : null;

    /// <summary>The scores, measured where they were not before. Computes a reference that is not cached.</summary>
    /// <param name="level">The problem's.</param>
    /// <param name="problem">What the level makes.</param>
    public static ProblemScores Measured(Level level, Problem problem) =>
        Read(ReferenceCache.Default.Get(Identity(level), () => new([], problem.Outputs.Length, [], Measure(problem))));

    private static string Identity(Level level) => $"scores {typeof(Problem).Module.ModuleVersionId} {level.ToMap().Canonical()}";

    private static ProblemScores Read(ReferenceGrid kept)
    {
        var trivial = kept.Measures.Where(measure => measure.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToImmutableSortedDictionary(measure => measure.Key[Prefix.Length..], measure => measure.Value, StringComparer.Ordinal);
        return new(kept.Measures.TryGetValue(ReferenceGrid.FloorName, out var floor) ? floor : null, trivial.IsEmpty ? null : trivial);
    }

    private static ImmutableSortedDictionary<string, double> Measure(Problem problem)
    {
        var (grid, exact) = (problem.TestGrid(), problem.ExactOnTestGrid());
        var (means, absent) = (new SpatialMeans(problem, grid), new AbsentValues(problem, grid));
        Prepare(exact);
        var measures = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var (field, score) in TrivialFields.Of(problem, grid, exact, Prepare).Scores ?? ImmutableSortedDictionary<string, double>.Empty)
        {
            measures.Add(Prefix + field, score);
        }

        if (problem.Floor() is { } floor)
        {
            measures.Add(ReferenceGrid.FloorName, floor);
        }

        return measures.ToImmutable();

        void Prepare(double[] values)
        {
            means.RemoveFrom(values);
            absent.Clear(values);
        }
    }
}
