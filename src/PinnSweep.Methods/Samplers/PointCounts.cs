using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Samplers;

/// <summary>Shares the points of a set out over its sides.</summary>
internal static class PointCounts
{
    /// <summary>
    /// Points for each side in proportion to its measure: the whole parts first, then one each to the largest remainders (the earlier
    /// side on a tie). Whether edges are one loss term or four, each edge has the same points.
    /// </summary>
    public static ImmutableArray<int> Share(Problem problem, ImmutableArray<Face> faces, int count)
    {
        // A line in space counts as a strip of the domain's own width.
        var length = Math.Pow(problem.Axes.Aggregate(1.0, (product, axis) => product * axis.Extent), 1.0 / problem.Dimension);
        var regions = faces.Select(face => Region.Side(problem, face)).ToList();
        if (regions.All(region => region.FreeDimensions == 0))
        {
            // A side of an interval is one point; more would be copies.
            return [.. faces.Select(_ => Math.Min(count, 1))];
        }

        if (regions.Any(region => region.FreeDimensions == 0))
        {
            // So is a point inside; the others share what is left.
            var others = Share(problem, [.. faces.Where((_, i) => regions[i].FreeDimensions > 0)], Math.Max(0, count - regions.Count(region => region.FreeDimensions == 0)));
            var next = 0;
            return [.. regions.Select(region => region.FreeDimensions == 0 ? Math.Min(count, 1) : others[next++])];
        }

        var measures = regions.Select(region => region.Measure * Math.Pow(length, problem.Dimension - 1 - region.FreeDimensions)).ToArray();
        var total = measures.Sum();
        var exact = measures.Select(measure => count * measure / total).ToArray();
        var shares = exact.Select(share => (int)Math.Floor(share)).ToArray();
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => exact[i] - shares[i]).Take(count - shares.Sum()))
        {
            shares[i]++;
        }

        return [.. shares];
    }
}
