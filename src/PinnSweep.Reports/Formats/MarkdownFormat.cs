using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Formats;

/// <summary>GitHub's Markdown; tables are aligned so that the source is readable as it is, and no wider than a repository's page.</summary>
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
        var text = new StringBuilder(MarkdownText.EscapeLine(table.Caption)).Append("\n\n").AppendJoin('\n', MarkdownTable.Parts(table));
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
        MarkdownTable.Grid([new("", false), new("", false)], [.. facts.Lines.Select(line => new[] { MarkdownText.Escape(line.Name), MarkdownText.Escape(line.Value) })]);
}
