using PinnSweep.Studies.Texts;

namespace PinnSweep.Client;

/// <summary>Rows in columns as wide as their widest entry.</summary>
internal static class Columns
{
    public static void Write(TextWriter writer, params IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        // What people called things must not break the columns.
        rows = [.. rows.Select(row => row.Select(VisibleText.Line).ToList())];
        int[] widths = [.. Enumerable.Range(0, rows[0].Count).Select(column => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            writer.WriteLine(string.Join("  ", row.Select((entry, column) => entry.PadRight(widths[column]))).TrimEnd());
        }
    }
}
