using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Formats;

/// <summary>Parts of a document as HTML: the report's own page and pieces of other pages are made of the same.</summary>
/// <param name="text">What is written to.</param>
/// <param name="figure">A figure as an element.</param>
internal sealed partial class HtmlParts(StringBuilder text, Func<FigureModel, string> figure)
{
    private const int LongWords = 60;

    // With more columns than these a table of a printed page lies across.
    private const int ManyColumns = 8;

    /// <summary>Where numbers and keys lead.</summary>
    public required FragmentLinks Links { get; init; }

    /// <summary>
    /// Where its own numbers and keys lead in a page that stands alone, whose rows have heads and whose cells have values to sort by; null
    /// in a piece of somebody else's.
    /// </summary>
    public HtmlAnchors? Anchors { get; init; }

    /// <summary>What ids begin with, so that those of a piece of a page do not meet the page's own.</summary>
    public string IdPrefix { get; init; } = "";

    /// <summary>Writes a part.</summary>
    public void Append(ReportPart part)
    {
        switch (part)
        {
            case ReportPart.Paragraph paragraph:
                text.Append("<p>").Append(Prose(paragraph.Text)).Append("</p>\n");
                break;
            case ReportPart.Facts facts:
                text.Append("<dl>\n");
                foreach (var (name, value) in facts.Lines)
                {
                    text.Append("<dt>").Append(Escape(name)).Append("</dt><dd>").Append(Prose(value)).Append("</dd>\n");
                }

                text.Append("</dl>\n");
                break;
            case ReportPart.Table table:
                Append(table.Model);
                break;
            case ReportPart.Figure drawn:
                text.Append(Anchors is not null && PlotValues.Of(drawn.Model) is { } values ? $"<figure data-plot='{values}'>\n" : "<figure>\n").Append(figure(drawn.Model)).Append("<figcaption>").Append(Prose(drawn.Model.Caption)).Append("</figcaption>\n</figure>\n");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(part));
        }
    }

    /// <summary>Text as HTML.</summary>
    public static string Escape(string words) => WebUtility.HtmlEncode(words);

    private void Append(TableModel table)
    {
        // A box that scrolls is reached by keyboard only where it can have the focus, and needs a name then.
        text.Append(Anchors is null ? "" : table.Columns.Length > ManyColumns ? "<div class=\"table many\">" : "<div class=\"table\">");
        text.Append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table ").Append(Escape(table.Name));
        text.Append("\"><table id=\"").Append(IdPrefix).Append(Escape(table.Name)).Append("\">\n<caption>").Append(Anchors is null ? Prose(table.Caption) : $"<span>{Prose(table.Caption)}</span>").Append("</caption>\n<thead><tr>");
        foreach (var column in table.Columns)
        {
            text.Append(column.IsNumber ? "<th class=\"n\" scope=\"col\">" : "<th scope=\"col\">").Append(Escape(column.Heading)).Append("</th>");
        }

        text.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append(Anchors?.RowIn(table, row) is { } id ? $"<tr id=\"{Escape(id)}\">" : "<tr>");
            for (var c = 0; c < row.Length; c++)
            {
                Append(table, row[c], c);
            }

            text.Append("</tr>\n");
        }

        text.Append("</tbody>\n</table></div>\n");
        if (!table.Notes.IsEmpty)
        {
            text.Append("<p class=\"notes\">").AppendJoin("<br>\n", table.Notes.Select(Prose)).Append("</p>\n");
        }

        text.Append(Anchors is null ? "" : "</div>\n");
    }

    private void Append(TableModel table, TableCell cell, int column)
    {
        var isNumber = table.Columns[column].IsNumber;
        var isHead = Anchors is not null && column == 0;
        text.Append(isHead ? "<th scope=\"row\"" : "<td").Append(isNumber ? " class=\"n\"" : IsLong(cell) ? " class=\"keys\"" : "");
        if (Anchors is not null && cell.Pieces is [Inline.Scientific or Inline.Decimal, ..])
        {
            text.Append(CultureInfo.InvariantCulture, $" data-v=\"{(cell.Pieces[0] is Inline.Scientific power ? power.Value : ((Inline.Decimal)cell.Pieces[0]).Value):G4}\"");
        }

        text.Append('>').Append(Content(table, cell)).Append(isHead ? "</th>" : "</td>");
    }

    private string Content(TableModel table, TableCell cell)
    {
        // In a page of its own the number leads there, and what stands below it steps back.
        var first = Anchors is not null && cell.Pieces.IndexOf(new Inline.Space()) is var space and >= 0 ? space : cell.Pieces.Length;
        var pieces = string.Concat(cell.Pieces.Take(first).Select(piece => Piece(table, piece)));
        var rest = string.Concat(cell.Pieces.Skip(first + 1).Select(piece => Piece(table, piece)));
        var linked = cell.Behind is { } trial && Links.CellOf(trial) is { } address ? $"<a href=\"{Escape(address)}\">{pieces}</a>" : pieces;
        return rest.Length == 0 ? linked : $"{linked}<br><span class=\"more\">{rest}</span>";
    }

    // What has many words goes on in the next line; numbers and names never do.
    private static bool IsLong(TableCell cell) =>
        cell.Pieces.Any(piece => piece is Inline.Code) || cell.Pieces.Sum(piece => piece is Inline.Words words ? words.Text.Length : piece is Inline.Strong strong ? strong.Text.Length : 0) > LongWords;

    private string Piece(TableModel table, Inline piece) => piece switch
    {
        Inline.Words words => Escape(words.Text),
        Inline.Space => "<br>",
        Inline.Strong strong => $"<b>{Escape(strong.Text)}</b>",
        Inline.Code { Trial: { } trial } key when Anchors?.KeyIn(table, trial) is { } id => $"<code id=\"{Escape(id)}\">{Escape(key.Text)}</code>",
        Inline.Code { Trial: { } trial } key when Links.TrialOf(trial) is { } address => $"<a href=\"{Escape(address)}\"><code>{Escape(key.Text)}</code></a>",
        Inline.Code code => $"<code>{Escape(code.Text)}</code>",
        Inline.Scientific number => Mark(NumberText.Scientific(number.Value, number.Digits), number.Emphasis),
        Inline.Decimal number => Mark(NumberText.Decimal(number.Value, number.Digits), number.Emphasis),
        _ => throw new ArgumentOutOfRangeException(nameof(piece)),
    };

    private static string Mark(string number, Emphasis emphasis) => emphasis switch
    {
        Emphasis.None => number,
        Emphasis.Best => $"<span class=\"best\">{number}</span>",
        _ => $"{number} {StandingWords.Sign(emphasis)}",
    };

    private static string Prose(string words) => CodeSpan().Replace(Escape(words).Replace("**Bold**", "<b>Bold</b>", StringComparison.Ordinal), "<code>$1</code>");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
