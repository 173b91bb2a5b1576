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
        if (problem.Dimension == 1)
        {
            // A side of an interval is one point; more would be copies.
            return [.. faces.Select(_ => Math.Min(count, 1))];
        }

        var measures = faces.Select(face => Region.Side(problem, face).Measure).ToArray();
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
