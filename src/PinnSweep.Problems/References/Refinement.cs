using System.Collections.Immutable;

namespace PinnSweep.Problems.References;

/// <summary>References whose floor is the distance between two resolutions of the same solver: that of the coarser one, an upper bound of the finer one's.</summary>
internal static class Refinement
{
    /// <summary>A reference by a solver.</summary>
    /// <param name="identity">Says equation, parameters, resolution and grid; a change of any changes it.</param>
    /// <param name="nodes">The values of each coordinate.</param>
    /// <param name="solve">The values at the nodes, the last coordinate running fastest, by resolution.</param>
    /// <param name="coarse">The coarser resolution.</param>
    /// <param name="fine">That of the reference.</param>
    /// <param name="floorLimit">What the floor may be.</param>
    public static GridSolution Of(string identity, ImmutableArray<ImmutableArray<double>> nodes, Func<int, double[]> solve, int coarse, int fine, double floorLimit) => new(
        identity,
        nodes,
        () =>
        {
            var (coarser, values) = (Array.Empty<double>(), Array.Empty<double>());
            Parallel.Invoke(() => values = solve(fine), () => coarser = solve(coarse));
            return new(nodes, 1, [.. values], Floor(ReferenceGrid.Distance(values, coarser)));
        },
        Floor(floorLimit));

    /// <summary>Values at places × moments from the values at all places, moment by moment.</summary>
    /// <param name="count">Number of moments.</param>
    /// <param name="at">The values at one, asked for in their order.</param>
    public static double[] Moments(int count, Func<int, double[]> at)
    {
        var values = Array.Empty<double>();
        for (var moment = 0; moment < count; moment++)
        {
            var places = at(moment);
            values = moment == 0 ? new double[places.Length * count] : values;
            for (var place = 0; place < places.Length; place++)
            {
                values[(place * count) + moment] = places[place];
            }
        }

        return values;
    }

    private static ImmutableSortedDictionary<string, double> Floor(double value) =>
        ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal).Add(ReferenceGrid.FloorName, value);
}
