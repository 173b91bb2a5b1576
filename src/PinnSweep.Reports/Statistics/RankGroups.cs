namespace PinnSweep.Reports.Statistics;

/// <summary>Values of a parameter as few groups, numbered from 0, for statistics that compare groups.</summary>
internal static class RankGroups
{
    /// <summary>No more groups than this: a curve with one bend shows in eight, and each keeps enough proposals.</summary>
    public const int Most = 8;

    /// <summary>
    /// Groups of numbers by quantiles, min(⌊√n⌋, 8) of them; equal numbers share a group. Fewer distinct numbers than that are each a
    /// group of their own. −1 for NaN: a parameter that means nothing there.
    /// </summary>
    public static int[] Of(ReadOnlySpan<double> values)
    {
        var groups = new int[values.Length];
        var known = values.ToArray().Where(value => !double.IsNaN(value)).ToArray();
        var most = Math.Min(Most, (int)Math.Sqrt(known.Length));
        var distinct = known.Distinct().Order().ToArray();
        var ranks = Ranks.Doubled(known);
        for (var (i, at) = (0, 0); i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                groups[i] = -1;
                continue;
            }

            // A doubled midrank goes from 2 to 2n; halves of ranks and whole numbers keep the borders exact.
            groups[i] = distinct.Length <= most ? Array.BinarySearch(distinct, values[i]) : (int)((ranks[at] - 1L) * most / (2L * known.Length));
            at++;
        }

        return groups;
    }
}
