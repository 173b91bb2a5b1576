using System.Text;
using System.Text.RegularExpressions;

namespace PinnSweep.Reports;

/// <summary>GitHub's Markdown, aligned so that the source is readable as it is.</summary>
public static partial class MarkdownFormat
{
    /// <summary>A whole report.</summary>
    public static string Render(ReportDocument document)
    {
        var text = new StringBuilder().Append("# ").Append(document.Title).Append('\n');
        foreach (var section in document.Sections)
        {
            text.Append("\n## ").Append(section.Title).Append('\n');
            foreach (var part in section.Parts)
            {
                text.Append('\n').Append(Render(part));
            }
        }

        return text.ToString();
    }

    /// <summary>One table with caption and notes.</summary>
    public static string Render(TableModel table)
    {
        var text = new StringBuilder(table.Caption).Append("\n\n").Append(Grid(table));
        for (var i = 0; i < table.Notes.Length; i++)
        {
            text.Append(i == 0 ? "\n" : "").Append(table.Notes[i]).Append(i < table.Notes.Length - 1 ? "  \n" : "\n");
        }

        return text.ToString();
    }

    private static string Render(ReportPart part) => part switch
    {
        ReportPart.Paragraph paragraph => paragraph.Text + "\n",
        ReportPart.Facts facts => Facts(facts),
        ReportPart.Table table => Render(table.Model),
        ReportPart.Figure figure => $"![{figure.Model.Name}](figures/{figure.Model.Name}.svg)\n\n*{figure.Model.Caption}*\n",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static string Facts(ReportPart.Facts facts) =>
        Grid(new("facts", "", [new("", false), new("", false)], [.. facts.Lines.Select(line => (System.Collections.Immutable.ImmutableArray<TableCell>)[line.Name, line.Value])], []));

    private static string Grid(TableModel table)
    {
        var cells = table.Rows.Select(row => row.Select(Cell).ToArray()).ToArray();
        var headings = table.Columns.Select(column => Escape(column.Heading)).ToArray();
        var widths = headings.Select((heading, c) => Math.Max(3, cells.Select(row => row[c].Length).Append(heading.Length).Max())).ToArray();
        var text = new StringBuilder();
        Line(text, headings, table, widths);
        text.Append('|');
        for (var c = 0; c < widths.Length; c++)
        {
            text.Append(' ').Append('-', widths[c] - (table.Columns[c].IsNumber ? 1 : 0)).Append(table.Columns[c].IsNumber ? ":" : "").Append(" |");
        }

        text.Append('\n');
        foreach (var row in cells)
        {
            Line(text, row, table, widths);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string[] row, TableModel table, int[] widths)
    {
        text.Append('|');
        for (var c = 0; c < row.Length; c++)
        {
            text.Append(' ').Append(table.Columns[c].IsNumber ? row[c].PadLeft(widths[c]) : row[c].PadRight(widths[c])).Append(" |");
        }

        text.Append('\n');
    }

    private static string Cell(TableCell cell) => string.Concat(cell.Pieces.Select(piece => piece switch
    {
        Inline.Words words => Escape(words.Text),
        Inline.Space => " ",
        Inline.Code code => $"`{code.Text}`",
        Inline.Scientific number => Mark(NumberText.Scientific(number.Value, number.Digits), number.Emphasis),
        Inline.Decimal number => Mark(NumberText.Decimal(number.Value, number.Digits), number.Emphasis),
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    }));

    private static string Mark(string number, Emphasis emphasis) => emphasis switch
    {
        Emphasis.Best => $"**{number}**",
        Emphasis.Tied => $"{number} ≈",
        _ => number,
    };

    private static string Escape(string text) => TagStart().Replace(
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal), "&lt;");

    // A number after < is no tag, and p values are easier to read as they are.
    [GeneratedRegex("<(?=[A-Za-z/!?])")]
    private static partial Regex TagStart();
}
