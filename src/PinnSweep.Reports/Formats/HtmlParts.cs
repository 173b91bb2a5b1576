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

    /// <summary>Where numbers and keys lead; null in a page that stands alone.</summary>
    public FragmentLinks? Links { get; init; }

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
                text.Append("<figure>\n").Append(figure(drawn.Model)).Append("<figcaption>").Append(Prose(drawn.Model.Caption)).Append("</figcaption>\n</figure>\n");
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
        text.Append("<div class=\"wide\"").Append(Links is null ? "" : $" tabindex=\"0\" role=\"region\" aria-label=\"Table {Escape(table.Name)}\"");
        text.Append("><table id=\"").Append(IdPrefix).Append(Escape(table.Name)).Append("\">\n<caption>").Append(Prose(table.Caption)).Append("</caption>\n<thead><tr>");
        foreach (var column in table.Columns)
        {
            text.Append(column.IsNumber ? "<th class=\"n\" scope=\"col\">" : "<th scope=\"col\">").Append(Escape(column.Heading)).Append("</th>");
        }

        text.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append("<tr>");
            for (var c = 0; c < row.Length; c++)
            {
                text.Append(table.Columns[c].IsNumber ? "<td class=\"n\">" : IsLong(row[c]) ? "<td class=\"keys\">" : "<td>").Append(Content(row[c])).Append("</td>");
            }

            text.Append("</tr>\n");
        }

        text.Append("</tbody>\n</table></div>\n");
        if (!table.Notes.IsEmpty)
        {
            text.Append("<p class=\"notes\">").AppendJoin("<br>\n", table.Notes.Select(Prose)).Append("</p>\n");
        }
    }

    private string Content(TableCell cell)
    {
        var pieces = string.Concat(cell.Pieces.Select(Piece));
        return cell.Behind is { } trial && Links?.CellOf(trial) is { } address ? $"<a href=\"{Escape(address)}\">{pieces}</a>" : pieces;
    }

    // What has many words goes on in the next line; numbers and names never do.
    private static bool IsLong(TableCell cell) =>
        cell.Pieces.Any(piece => piece is Inline.Code) || cell.Pieces.Sum(piece => piece is Inline.Words words ? words.Text.Length : piece is Inline.Strong strong ? strong.Text.Length : 0) > LongWords;

    private string Piece(Inline piece) => piece switch
    {
        Inline.Words words => Escape(words.Text),
        Inline.Space => "<br>",
        Inline.Strong strong => $"<b>{Escape(strong.Text)}</b>",
        Inline.Code { Trial: { } trial } key when Links is { } links => $"<a href=\"{Escape(links.TrialOf(trial))}\"><code>{Escape(key.Text)}</code></a>",
        Inline.Code code => $"<code>{Escape(code.Text)}</code>",
        Inline.Scientific number => Mark(Power(number), number.Emphasis),
        Inline.Decimal number => Mark(NumberText.Decimal(number.Value, number.Digits), number.Emphasis),
        _ => throw new ArgumentOutOfRangeException(nameof(piece)),
    };

    private static string Power(Inline.Scientific number)
    {
        var (mantissa, exponent) = NumberText.Split(number.Value, number.Digits);
        return exponent is null ? mantissa : FormattableString.Invariant($"{mantissa}&thinsp;×&thinsp;10<sup>{exponent.Value.ToString(CultureInfo.InvariantCulture).Replace('-', '−')}</sup>");
    }

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
