using System.Collections.Immutable;

namespace PinnSweep.Reports.Documents;

/// <summary>A table that is wider than a page as several: its columns in order, each part with the words at the left of the table.</summary>
internal static class TableParts
{
    private const double MostLabels = 0.6;

    /// <summary>The columns of each part.</summary>
    /// <param name="widths">Widths of all columns, gaps included.</param>
    /// <param name="labels">How many columns at the left say what a row is.</param>
    /// <param name="limit">The width of a part.</param>
    public static ImmutableArray<ImmutableArray<int>> Of(IReadOnlyList<double> widths, int labels, double limit)
    {
        if (widths.Sum() <= limit || widths.Count <= 2)
        {
            return [[.. Enumerable.Range(0, widths.Count)]];
        }

        // Long words at the left leave no room for anything else.
        var kept = Enumerable.Range(1, Math.Min(labels, widths.Count - 1)).LastOrDefault(count => widths.Take(count).Sum() <= MostLabels * limit, 1);
        var room = limit - widths.Take(kept).Sum();
        var counts = Fill(widths, kept, room);

        // As many parts as are needed, and then of like width: seven columns are four and three, not six and one.
        var (low, high) = (0.0, room);
        for (var i = 0; i < 20; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Fill(widths, kept, middle).Count > counts.Count ? (middle, high) : (low, middle);
        }

        var from = kept;
        var parts = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        foreach (var count in Fill(widths, kept, high))
        {
            parts.Add([.. Enumerable.Range(0, kept), .. Enumerable.Range(from, count)]);
            from += count;
        }

        return parts.ToImmutable();
    }

    private static List<int> Fill(IReadOnlyList<double> widths, int from, double room)
    {
        var (counts, taken) = (new List<int>(), 0.0);
        for (var c = from; c < widths.Count; c++)
        {
            if (counts.Count == 0 || taken + widths[c] > room)
            {
                counts.Add(0);
                taken = 0;
            }

            counts[^1]++;
            taken += widths[c];
        }

        return counts;
    }
}
