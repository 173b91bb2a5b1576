using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;

namespace PinnSweep.Reports.Figures;

/// <summary>How many fields stand beside one another, so that rows are full.</summary>
internal static class FieldGrid
{
    // More would be smaller than a stamp.
    private const int MostAcross = 7;

    /// <summary>All in one row where they have room, else as many as leave full rows, else as many as leave the last one the fullest.</summary>
    public static int Across(int count, int most = MostAcross)
    {
        if (count <= most)
        {
            return Math.Max(1, count);
        }

        return Enumerable.Range(2, most - 1).OrderBy(across => (across - (count % across)) % across).ThenByDescending(across => across).First();
    }

    /// <summary>Panels in such rows.</summary>
    public static ImmutableArray<ImmutableArray<FieldPanel?>> Rows(IReadOnlyCollection<FieldPanel> panels, int most = MostAcross) =>
        [.. panels.Select(panel => (FieldPanel?)panel).Chunk(Across(panels.Count, most)).Select(row => row.ToImmutableArray())];
}
