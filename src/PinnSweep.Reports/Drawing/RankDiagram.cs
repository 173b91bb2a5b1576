using System.Collections.Immutable;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// A critical-difference diagram (Demšar 2006): methods at their mean ranks on one axis, best at the left; bars join methods that cannot be
/// told apart, by Wilcoxon's test of every pair with Holm's correction (Benavoli, Corani, Mangili 2016) or, where it is asked for, by
/// Nemenyi's difference.
/// </summary>
/// <param name="Methods">Names and mean ranks, best first.</param>
/// <param name="Groups">First and last method of each bar.</param>
/// <param name="CriticalDifference">Nemenyi's, in ranks; null where pairs were tested.</param>
public sealed record RankDiagram(ImmutableArray<(string Name, double Rank)> Methods, ImmutableArray<(int First, int Last)> Groups, double? CriticalDifference = null)
{
    /// <summary>First and last of each longest run of neighbours in which no two can be told apart.</summary>
    /// <param name="count">How many methods there are.</param>
    /// <param name="isTied">Whether two of them, the better first, cannot be told apart.</param>
    public static ImmutableArray<(int First, int Last)> Runs(int count, Func<int, int, bool> isTied)
    {
        var groups = ImmutableArray.CreateBuilder<(int First, int Last)>();
        for (var first = 0; first < count; first++)
        {
            var last = first;
            while (last + 1 < count && Enumerable.Range(first, last + 1 - first).All(member => isTied(member, last + 1)))
            {
                last++;
            }

            if (last > first && (groups.Count == 0 || groups[^1].Last < last))
            {
                groups.Add((first, last));
            }
        }

        return groups.ToImmutable();
    }
}
