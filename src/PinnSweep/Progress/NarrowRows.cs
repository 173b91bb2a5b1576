namespace PinnSweep.Progress;

/// <summary>
/// Widths of columns that share a line of a terminal. Where they are too wide together, names are shortened first; then whole columns are
/// left out, the least telling one first. A number is never cut.
/// </summary>
internal static class NarrowRows
{
    // A name of less says nothing.
    private const int LeastName = 8;

    /// <summary>A column.</summary>
    /// <param name="Weight">Those of the lowest weight are left out first.</param>
    /// <param name="IsName">Whether its entries may be shortened.</param>
    public readonly record struct Column(int Weight, bool IsName = false);

    /// <summary>Columns of each; 0 for one that is left out, or empty.</summary>
    /// <param name="widest">Letters of the widest entry of each column.</param>
    /// <param name="columns">What they are.</param>
    /// <param name="between">Blanks between two columns.</param>
    /// <param name="width">Letters of a line.</param>
    public static int[] Widths(IReadOnlyList<int> widest, IReadOnlyList<Column> columns, int between, int width)
    {
        int[] widths = [.. widest];
        while (Over(widths, between, width) > 0)
        {
            var longest = Enumerable.Range(0, widths.Length).Where(i => columns[i].IsName && widths[i] > LeastName).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : widths[i]);
            if (longest >= 0)
            {
                widths[longest]--;
                continue;
            }

            if (widths.Count(one => one > 0) == 1)
            {
                widths[Array.FindIndex(widths, one => one > 0)] = Math.Max(1, width);
                break;
            }

            // Names get back what they lost: another column makes the room.
            var least = Enumerable.Range(0, widths.Length).Where(i => widths[i] > 0).MinBy(i => columns[i].Weight);
            widths[least] = 0;
            for (var i = 0; i < widths.Length; i++)
            {
                widths[i] = widths[i] > 0 ? widest[i] : 0;
            }
        }

        return widths;
    }

    /// <summary>An entry in its column, cut where it is too long.</summary>
    public static string Cut(string text, int width) => text.Length <= width ? text : width < 1 ? "" : $"{text[..(width - 1)]}…";

    private static int Over(int[] widths, int between, int width) => widths.Sum() + (between * Math.Max(0, widths.Count(one => one > 0) - 1)) - width;
}
