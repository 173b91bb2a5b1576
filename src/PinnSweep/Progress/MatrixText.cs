using System.Globalization;
using PinnSweep.Api;

namespace PinnSweep.Progress;

/// <summary>
/// The cells of a study in lines of a given width: finished of planned trials, the geometric mean of the errors, and failures behind a cross.
/// Columns that do not fit side by side follow below. Nothing is ranked.
/// </summary>
internal static class MatrixText
{
    private const int Gap = 2;
    private const int LeastRow = 7;

    /// <summary>The lines, block by block.</summary>
    public static IReadOnlyList<string> Lines(CellsModel cells, int width)
    {
        var lines = new List<string>();
        foreach (var block in cells.Cells.GroupBy(cell => cell.Block))
        {
            if (block.Key.Length > 0)
            {
                lines.Add(Cut(block.Key, width));
            }

            lines.AddRange(Block([.. block], cells.Rows, width));
        }

        if (cells.Searched > 0)
        {
            lines.Add(Cut(string.Create(CultureInfo.InvariantCulture, $"{cells.Searched} trials of searches are in no cell"), width));
        }

        return lines;
    }

    private static IEnumerable<string> Block(IReadOnlyList<CellModel> cells, string corner, int width)
    {
        var rows = cells.Select(cell => cell.Row).Distinct().ToArray();
        var columns = cells.Select(cell => cell.Column).Distinct().ToArray();
        var texts = cells.GroupBy(cell => (cell.Row, cell.Column)).ToDictionary(cell => cell.Key, cell => Text(cell.First()));
        var widths = columns.ToDictionary(column => column, column => rows.Select(row => texts.GetValueOrDefault((row, column), "").Length).Append(1).Max());
        var first = Math.Min(rows.Append(corner).Max(row => row.Length), Math.Max(LeastRow, width - Gap - widths.Values.Max()));
        first = Math.Max(LeastRow, Math.Min(first, Math.Max(LeastRow, width * 2 / 5)));
        foreach (var group in Groups(columns, widths, width - first))
        {
            // A heading that is wider than what stands below it takes the room that is left.
            var spare = width - first - group.Sum(column => Gap + widths[column]);
            var room = group.ToDictionary(column => column, column =>
            {
                var more = Math.Clamp(column.Length - widths[column], 0, Math.Max(0, spare));
                spare -= more;
                return widths[column] + more;
            });
            yield return Line(corner, column => column, room, group, first);
            foreach (var row in rows)
            {
                yield return Line(row, column => texts.GetValueOrDefault((row, column), ""), room, group, first);
            }
        }
    }

    private static IEnumerable<string[]> Groups(string[] columns, Dictionary<string, int> widths, int room)
    {
        var group = new List<string>();
        var used = 0;
        foreach (var column in columns)
        {
            if (group.Count > 0 && used + Gap + widths[column] > room)
            {
                yield return [.. group];
                (group, used) = ([], 0);
            }

            group.Add(column);
            used += Gap + widths[column];
        }

        yield return [.. group];
    }

    private static string Line(string row, Func<string, string> text, Dictionary<string, int> widths, string[] group, int first) =>
        $"{Cut(row, first).PadRight(first)}{string.Concat(group.Select(column => new string(' ', Gap) + Cut(text(column), widths[column]).PadRight(widths[column])))}".TrimEnd();

    private static string Text(CellModel cell)
    {
        if (cell.NotApplicable is not null)
        {
            return "n/a";
        }

        var failures = cell.Done - cell.Outcomes.Converged + cell.Quarantined;
        return string.Create(CultureInfo.InvariantCulture, $"{cell.Done}/{cell.Planned} {Pace.Error(cell.GeometricMean ?? double.NaN)}{(failures > 0 ? $" ✗{failures}" : "")}");
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : $"{text[..Math.Max(0, width - 1)]}…";
}
