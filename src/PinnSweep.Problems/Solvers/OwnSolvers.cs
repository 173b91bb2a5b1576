using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Solvers;

/// <summary>Solutions that the program computes itself, for problems that one of its solvers understands.</summary>
internal static class OwnSolvers
{
    /// <summary>What they understand.</summary>
    public const string Known = "ordinary equations with all conditions at the lower end; or outputs that are periodic in one or two coordinates, each with u_t = L u + N(t, x, u, u_x, …) and a start, where its own highest derivatives by space, and with two coordinates u_t too, have constant factors; or one output, linear, of second order, on a box of one or two coordinates beside time, with a condition on each whole side for each order";

    /// <summary>A floor above this is no reference.</summary>
    public const double FloorLimit = 1e-5;

    /// <summary>Parts of expressions that a solver may evaluate at one resolution: some seconds on one core, whatever a file asks for.</summary>
    public const long MostWork = 300_000_000;

    // Part of what a cached reference is of: another number computes all of them again.
    private const int Version = 3;

    /// <summary>The problem with its solution at equally spaced points, or null where no solver applies.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="identity">Says all that the solution depends on, but for the points.</param>
    /// <param name="points">Along each coordinate, ends included.</param>
    public static Problem? Apply(Problem problem, string identity, ImmutableArray<int> points)
    {
        ImmutableArray<ImmutableArray<double>> nodes = [.. problem.Axes.Select((axis, d) => ReferenceGrid.Spaced(axis.Lower, axis.Upper, points[d] - 1))];
        Func<ReferenceGrid>? solve = InitialValueSolver.Applies(problem) ? () => InitialValueSolver.Solve(problem, nodes[0])
            : PeriodicSolver.Of(problem) is { } periodic ? () => periodic.Solve(nodes)
            : TorusSolver.Of(problem) is { } torus ? () => torus.Solve(nodes)
            : BoxSolver.Of(problem) is { } box ? () => box.Solve(nodes)
            : null;
        if (solve is null)
        {
            return null;
        }

        var solution = new GridSolution(
            FormattableString.Invariant($"own solver {Version}, points {string.Join(" x ", points)}: {identity}"),
            nodes,
            solve,
            ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal).Add(ReferenceGrid.FloorName, FloorLimit));
        return problem with { Exact = solution.At, HasSolution = true, Reference = solution, FloorLimit = FloorLimit };
    }
}
