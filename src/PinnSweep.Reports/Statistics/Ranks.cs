namespace PinnSweep.Reports.Statistics;

/// <summary>Ranks from 1, ties sharing the mean of their ranks.</summary>
internal static class Ranks
{
    /// <summary>The midrank of each value, smallest first.</summary>
    public static double[] Of(ReadOnlySpan<double> values)
    {
        var doubled = Doubled(values);
        return [.. doubled.Select(rank => rank / 2.0)];
    }

    /// <summary>Twice the midranks: whole numbers, so that sums of ranks can index exact distributions.</summary>
    public static int[] Doubled(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order);
        var ranks = new int[sorted.Length];
        for (var first = 0; first < sorted.Length;)
        {
            var last = first;
            while (last + 1 < sorted.Length && sorted[last + 1] == sorted[first])
            {
                last++;
            }

            for (var i = first; i <= last; i++)
            {
                ranks[order[i]] = first + last + 2;
            }

            first = last + 1;
        }

        return ranks;
    }

    /// <summary>The same into given room, without sorting: for the few methods of one problem, many times over.</summary>
    public static void Doubled(ReadOnlySpan<double> values, Span<int> ranks)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var (smaller, equal) = (0, 0);
            foreach (var other in values)
            {
                smaller += other < values[i] ? 1 : 0;
                equal += other == values[i] ? 1 : 0;
            }

            ranks[i] = (2 * smaller) + equal + 1;
        }
    }
}
