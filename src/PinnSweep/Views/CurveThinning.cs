namespace PinnSweep.Views;

/// <summary>
/// Curves thinned for a screen: of each of equally many neighbouring points the smallest and the largest stay, so that no spike is lost;
/// the first and the last point always stay.
/// </summary>
internal static class CurveThinning
{
    /// <summary>Which points stay, ascending.</summary>
    /// <param name="values">What is drawn; what is not a number counts as neither small nor large.</param>
    /// <param name="most">At most so many, 4 or more.</param>
    public static int[] Kept(IReadOnlyList<double> values, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 4);
        if (values.Count <= most)
        {
            return [.. Enumerable.Range(0, values.Count)];
        }

        var buckets = (most - 2) / 2;
        var kept = new SortedSet<int> { 0, values.Count - 1 };
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var from = 1 + (int)((long)bucket * (values.Count - 2) / buckets);
            var to = 1 + (int)((long)(bucket + 1) * (values.Count - 2) / buckets);
            var (low, high) = (from, from);
            for (var i = from + 1; i < to; i++)
            {
                low = values[i] < values[low] || double.IsNaN(values[low]) ? i : low;
                high = values[i] > values[high] || double.IsNaN(values[high]) ? i : high;
            }

            kept.Add(low);
            kept.Add(high);
        }

        return [.. kept];
    }
}
