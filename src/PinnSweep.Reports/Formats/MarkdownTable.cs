using System.Collections.Immutable;
using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Printed;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// A table in Markdown that a repository's page shows without a bar to scroll. What is wider has intervals below their numbers, and what is
/// wider still becomes several tables that repeat the words at the left. Running text is left to the browser, which breaks its lines.
/// </summary>
internal static class MarkdownTable
{
    // A repository's page on GitHub has some 830 px: a hundred letters of its type, borders included.
    private const int Page = 100;
    private const int Border = 3;
    private const int Running = 30;
    private const string LineBreak = "<br>";

    /// <summary>The table, or the parts that it is divided into, each below its name, which nobody sees and by which it is found again.</summary>
    public static IEnumerable<string> Parts(TableModel table)
    {
        var labels = PrintedTables.Of(table).Labels;
        var (flat, stacked) = (Cells(table, " "), Cells(table, LineBreak));
        var (wide, narrow) = (Divided(table, flat, labels), Divided(table, stacked, labels));
        var (cells, parts) = narrow.Length < wide.Length ? (stacked, narrow) : (flat, wide);
        return parts.Select(part => $"<!-- {table.Name}{(parts.Length > 1 ? $", columns {PrintedTables.ColumnList(part)}" : "")} -->\n\n" + Grid([.. part.Select(c => table.Columns[c])], [.. cells.Select(row => part.Select(c => row[c]).ToArray())]));
    }

    /// <summary>One grid.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="cells">Its cells, row by row, as they are written.</param>
    public static string Grid(ImmutableArray<TableColumn> columns, string[][] cells)
    {
        var headings = columns.Select(column => MarkdownText.Escape(column.Heading)).ToArray();
        var widths = headings.Select((heading, c) => Math.Max(3, cells.Select(row => row[c].Length).Where(length => length <= Running || columns[c].IsNumber || c < headings.Length - 1).Append(heading.Length).Max())).ToArray();
        var text = new StringBuilder();
        Line(text, headings, columns, widths);
        text.Append('|');
        for (var c = 0; c < widths.Length; c++)
        {
            text.Append(' ').Append('-', widths[c] - (columns[c].IsNumber ? 1 : 0)).Append(columns[c].IsNumber ? ":" : "").Append(" |");
        }

        text.Append('\n');
        foreach (var row in cells)
        {
            Line(text, row, columns, widths);
        }

        return text.ToString();
    }

    private static ImmutableArray<ImmutableArray<int>> Divided(TableModel table, string[][] cells, int labels) => TableParts.Of(
        [.. table.Columns.Select((column, c) => (double)(Border + Math.Max(Longest(column.Heading.Split(' ')), cells.Select(row => Shown(row[c], column)).DefaultIfEmpty().Max())))],
        labels,
        Page - 1);

    private static int Shown(string cell, TableColumn column) => Longest(cell.Split(LineBreak)) is var longest && column.IsNumber ? longest : Math.Min(longest, Running);

    private static int Longest(string[] parts) => parts.Max(part => part.Length);

    private static string[][] Cells(TableModel table, string space) => [.. table.Rows.Select(row => row.Select(cell => Cell(cell, space)).ToArray())];

    private static void Line(StringBuilder text, string[] row, ImmutableArray<TableColumn> columns, int[] widths)
    {
        text.Append('|');
        for (var c = 0; c < row.Length; c++)
        {
            text.Append(' ').Append(columns[c].IsNumber ? row[c].PadLeft(widths[c]) : row[c].PadRight(widths[c])).Append(" |");
        }

        text.Append('\n');
    }

    private static string Cell(TableCell cell, string space)
    {
        var text = new StringBuilder();
        for (var i = 0; i < cell.Pieces.Length; i++)
        {
            if (cell.Pieces[i] is Inline.Words)
            {
                // Words that touch are escaped as one: markup could come into being where they meet.
                var words = string.Concat(cell.Pieces.Skip(i).TakeWhile(piece => piece is Inline.Words).Select(piece => ((Inline.Words)piece).Text));
                text.Append(MarkdownText.Escape(words));
                i += cell.Pieces.Skip(i).TakeWhile(piece => piece is Inline.Words).Count() - 1;
                continue;
            }

            text.Append(cell.Pieces[i] switch
            {
                Inline.Space => space,
                Inline.Strong strong => $"**{MarkdownText.Escape(strong.Text)}**",
                Inline.Code code => MarkdownText.Code(code.Text),
                Inline.Scientific number => Mark(NumberText.Scientific(number.Value, number.Digits), number.Emphasis),
                Inline.Decimal number => Mark(NumberText.Decimal(number.Value, number.Digits), number.Emphasis),
                _ => throw new ArgumentOutOfRangeException(nameof(cell)),
            });
        }

        return text.ToString();
    }

    private static string Mark(string number, Emphasis emphasis) => emphasis switch
    {
        Emphasis.None => number,
        Emphasis.Best => $"**{number}**",
        _ => $"{number} {StandingWords.Sign(emphasis)}",
    };
}
