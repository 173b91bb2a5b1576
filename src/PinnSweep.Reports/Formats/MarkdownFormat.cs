using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Formats;

/// <summary>GitHub's Markdown, aligned so that the source is readable as it is.</summary>
internal static class MarkdownFormat
{
    /// <summary>A whole report.</summary>
    public static string Render(ReportDocument document)
    {
        var text = new StringBuilder().Append("# ").Append(MarkdownText.Escape(document.Title)).Append('\n');
        foreach (var section in document.Sections)
        {
            text.Append("\n## ").Append(MarkdownText.Escape(section.Title)).Append('\n');
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
        var text = new StringBuilder(MarkdownText.EscapeLine(table.Caption)).Append("\n\n").Append(Grid(table));
        for (var i = 0; i < table.Notes.Length; i++)
        {
            text.Append(i == 0 ? "\n" : "").Append(MarkdownText.EscapeLine(table.Notes[i])).Append(i < table.Notes.Length - 1 ? "  \n" : "\n");
        }

        return text.ToString();
    }

    private static string Render(ReportPart part) => part switch
    {
        ReportPart.Paragraph paragraph => MarkdownText.EscapeLine(paragraph.Text) + "\n",
        ReportPart.Facts facts => Facts(facts),
        ReportPart.Table table => Render(table.Model),
        ReportPart.Figure figure => $"![{MarkdownText.Escape(figure.Model.Name)}](figures/{figure.Model.Name}.svg)\n\n*{MarkdownText.Escape(figure.Model.Caption)}*\n",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static string Facts(ReportPart.Facts facts) =>
        Grid(new("facts", "", [new("", false), new("", false)], [.. facts.Lines.Select(line => (System.Collections.Immutable.ImmutableArray<TableCell>)[line.Name, line.Value])], []));

    private static string Grid(TableModel table)
    {
        var cells = table.Rows.Select(row => row.Select(Cell).ToArray()).ToArray();
        var headings = table.Columns.Select(column => MarkdownText.Escape(column.Heading)).ToArray();
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

    private static string Cell(TableCell cell)
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
                Inline.Space => " ",
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
