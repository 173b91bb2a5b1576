using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Printed;

namespace PinnSweep.Reports.Latex;

/// <summary>A part of a table that fits into the line.</summary>
/// <param name="Columns">Its columns, each with the width that it has.</param>
/// <param name="Heights">Lines of each row.</param>
/// <param name="First">The first row of the table that it has.</param>
/// <param name="Indices">Which columns of the table they are.</param>
internal sealed record LatexLayout(ImmutableArray<(LatexColumn Column, double Width)> Columns, ImmutableArray<int> Heights, int First, ImmutableArray<int> Indices)
{
    // A line of running text is never quite full.
    private const double Fullness = 0.8;

    /// <summary>Lines of the whole part.</summary>
    public int LineCount => Heights.Sum();

    /// <summary>What stands in the head of the tabular.</summary>
    public string Alignments => $"@{{}}{string.Concat(Columns.Select(pair => pair.Column.IsRunning ? string.Create(CultureInfo.InvariantCulture, $">{{\\raggedright\\arraybackslash}}p{{{pair.Width:F1}pt}}") : pair.Column.Alignment))}@{{}}";

    /// <summary>Lines of its headings.</summary>
    public int HeadingLines => Columns.Max(pair => pair.Column.IsRunning ? 1 : pair.Column.Heading.Lines(pair.Width).Count());

    private bool IsStacked => Heights.Any(height => height > 1);

    /// <summary>The parts of a table: with intervals below their numbers where that makes fewer of them.</summary>
    public static ImmutableArray<LatexLayout> Of(TableModel table, LatexWidth width)
    {
        var flat = Of(table, width, isStacked: false);
        var stacked = flat.Length == 1 ? flat : Of(table, width, isStacked: true);
        return stacked.Length < flat.Length ? stacked : flat;
    }

    /// <summary>The same in pieces of at most so many lines, the last with room for its notes.</summary>
    public IEnumerable<LatexLayout> Divided(int lines, int notes)
    {
        var from = 0;
        while (from < Heights.Length)
        {
            var (count, taken) = (0, 0);
            while (from + count < Heights.Length && (count == 0 || taken + Heights[from + count] <= lines))
            {
                taken += Heights[from + count++];
            }

            // The notes go below the last piece, which then is as many rows as fit with them.
            if (from + count == Heights.Length && count > 1 && taken + notes > lines)
            {
                var (last, below) = (1, Heights[^1] + notes);
                while (last < count - 1 && below + Heights[^(last + 1)] <= lines)
                {
                    below += Heights[^(++last)];
                }

                count -= last;
            }

            yield return this with { Heights = [.. Heights.Skip(from).Take(count)], First = First + from };
            from += count;
        }
    }

    /// <summary>Says in a comment which columns a part has.</summary>
    public void Comment(StringBuilder text, TableModel table)
    {
        if (Columns.Length < table.Columns.Length)
        {
            text.Append("% columns ").Append(PrintedTables.ColumnList(Indices)).Append('\n');
        }
    }

    /// <summary>The headings, over as many lines as the longest needs.</summary>
    public void Headings(StringBuilder text)
    {
        var lines = Columns.Select(pair => pair.Column.IsRunning ? [string.Join(' ', pair.Column.Heading.Words.Select(word => word.Text))] : pair.Column.Heading.Lines(pair.Width).ToArray()).ToArray();
        Lines(text, [.. lines.Select((column, c) => column.Select(line => Columns[c].Column.IsAligned ? $"{{{line}}}" : line).ToArray())], "\\\\", "");
    }

    /// <summary>The rows.</summary>
    /// <param name="text">Takes them.</param>
    /// <param name="within">What ends a line within a row.</param>
    public void Rows(StringBuilder text, string within)
    {
        for (var row = First; row < First + Heights.Length; row++)
        {
            var at = row;
            var cells = Columns.Select(pair => Texts(pair.Column, pair.Column.Cells[at], pair.Width)).ToArray();
            Lines(text, cells, within, IsStacked && row + 1 < First + Heights.Length ? "[2pt]" : "");
        }
    }

    private static void Lines(StringBuilder text, string[][] cells, string within, string after)
    {
        var height = Math.Max(1, cells.Max(cell => cell.Length));
        for (var i = 0; i < height; i++)
        {
            text.AppendJoin(" & ", cells.Select((cell, c) => i < cell.Length ? (i == 0 && c == 0 && cell[i].StartsWith('*') ? $"{{*}}{cell[i][1..]}" : cell[i]) : c == 0 && i > 0 ? "{}" : "")).Append(' ').Append(i < height - 1 ? within : $"\\\\{after}").Append('\n');
        }
    }

    private static string[] Texts(LatexColumn column, LatexCell cell, double width) => column switch
    {
        { IsRunning: true } => [string.Join(' ', cell.Words.Select(word => word.Text))],
        { IsAligned: true } => [.. cell.Figure is null ? Array.Empty<string>() : [cell.Aligned], .. cell.Lines(width).Select(line => $"{{{line}}}")],
        _ => [.. cell.Lines(width)],
    };

    private static ImmutableArray<LatexLayout> Of(TableModel table, LatexWidth width, bool isStacked)
    {
        var labels = Math.Min(PrintedTables.Of(table).Labels, table.Columns.Length);
        var columns = Enumerable.Range(0, table.Columns.Length).Select(c => LatexColumn.Of(table, c, isStacked && c >= labels, width.Usable)).ToArray();
        return
        [
            .. TableParts.Of([.. columns.Select(column => column.Least + LatexMetrics.Gap)], labels, width.Usable + LatexMetrics.Gap)
                .Select(part => Of([.. part.Select(c => columns[c])], part, table.Rows.Length, width.Usable)),
        ];
    }

    // What is left is shared by columns that would fill more than they need.
    private static LatexLayout Of(LatexColumn[] columns, ImmutableArray<int> indices, int rows, double width)
    {
        var left = Math.Max(0, width - (LatexMetrics.Gap * (columns.Length - 1)) - columns.Sum(column => column.Least));
        var wanted = columns.Sum(column => column.Wanted - column.Least);
        var share = wanted <= 0 ? 0 : Math.Min(1, left / wanted);
        ImmutableArray<(LatexColumn Column, double Width)> sized = [.. columns.Select(column => (column, column.Least + (share * (column.Wanted - column.Least))))];
        return new(sized, [.. Enumerable.Range(0, rows).Select(row => sized.Max(pair => Height(pair.Column, pair.Column.Cells[row], pair.Width)))], 0, indices);
    }

    private static int Height(LatexColumn column, LatexCell cell, double width) =>
        column.IsRunning ? 1 + (int)(cell.Natural / (Fullness * width)) : Math.Max(1, (cell.Figure is null ? 0 : 1) + cell.Lines(width).Count());
}
