using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Equations;

/// <summary>A problem on a box with holes whose solution is known at the nodes of a grid that lie in none.</summary>
internal static class HolesReference
{
    /// <summary>The problem with its reference, whose floor is its distance to a coarser one, and its solver.</summary>
    /// <param name="problem">The problem; its solution is not looked at.</param>
    /// <param name="nodes">The values of each coordinate.</param>
    /// <param name="method">The solver in words.</param>
    /// <param name="resolutions">Of the solver, from coarse to fine; the last two are those of the reference and its floor.</param>
    /// <param name="floorLimit">What the floor may be.</param>
    /// <param name="solve">The values at all nodes at a resolution.</param>
    /// <param name="identity">Says all that these depend on, but for resolutions and nodes.</param>
    public static Problem With(
        Problem problem,
        ImmutableArray<ImmutableArray<double>> nodes,
        string method,
        ImmutableArray<int> resolutions,
        double floorLimit,
        Func<int, double[]> solve,
        string identity)
    {
        bool Inside(double[] point) => problem.Contains(point);
        var solution = new GridSolution(
            FormattableString.Invariant($"{identity} at {resolutions[^1]} against {resolutions[^2]} on {string.Join(" x ", nodes.Select(axis => FormattableString.Invariant($"[{axis[0]:R}, {axis[^1]:R}]/{axis.Length}")))}"),
            nodes,
            Compute,
            ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal).Add(ReferenceGrid.FloorName, floorLimit),
            Inside);
        return problem with
        {
            Exact = solution.At,
            Reference = solution,
            FloorLimit = floorLimit,
            SolvedBy = method,
            Solver = new(method, resolutions, resolution => InsideOnly(solve(resolution))),
        };

        ReferenceGrid Compute()
        {
            // Nodes in holes have 0 at each resolution, and add nothing to the distance.
            var fine = solve(resolutions[^1]);
            var floor = ReferenceGrid.Distance(fine, solve(resolutions[^2]));
            return new(nodes, 1, [.. fine], ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal).Add(ReferenceGrid.FloorName, floor));
        }

        double[] InsideOnly(double[] values)
        {
            var all = new GridSolution("", nodes, () => throw new InvalidOperationException(), solution.Limits).Points().Chunk(nodes.Length);
            return [.. all.Zip(values).Where(node => Inside(node.First)).Select(node => node.Second)];
        }
    }
}
