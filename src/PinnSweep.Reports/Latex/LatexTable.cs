using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Latex;

/// <summary>
/// A table for LaTeX in one size of type. What is wider than the line becomes several tables that repeat the words at the left; what is
/// longer than a page becomes several floats in a fragment, and a <c>longtable</c> in the report's own document, which has one column.
/// </summary>
internal static class LatexTable
{
    private const string Setup = "\\footnotesize\\setlength{\\tabcolsep}{3pt}\\sisetup{detect-weight=true,tight-spacing=true,group-digits=false}";

    private const int Fewest = 8;
    private const double CaptionSize = 1.6;

    /// <summary>The floats of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="width">What it is set for.</param>
    /// <param name="place">Where floats may be.</param>
    /// <param name="isLong">Whether a long table is to go on over pages.</param>
    public static string Render(TableModel table, LatexWidth width, string place, bool isLong)
    {
        var parts = LatexLayout.Of(table, width);
        var text = new StringBuilder();

        // The caption is set larger.
        var captionLines = (int)(CaptionSize * Lines(table.Caption, width));
        var floats = parts.SelectMany((part, p) => isLong ? [part] : part.Divided(Math.Max(Fewest, LatexWidth.Lines - part.HeadingLines - captionLines), p == parts.Length - 1 ? table.Notes.Sum(note => Lines(note, width)) : 0)).ToArray();
        for (var i = 0; i < floats.Length; i++)
        {
            var isLast = i == floats.Length - 1;
            var caption = LatexText.Breakable(table.Caption) + (floats.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" (Part {i + 1} of {floats.Length}{(isLast || table.Notes.IsEmpty ? "" : "; the notes are below the last part")}.)") : "");
            var label = i == 0 ? table.Name : string.Create(CultureInfo.InvariantCulture, $"{table.Name}:{i + 1}");
            ImmutableArray<string> notes = isLast ? table.Notes : [];
            text.Append(i > 0 ? "\n" : "");
            if (isLong && floats[i].LineCount > LatexWidth.Lines)
            {
                Long(text, table, floats[i], caption, label, notes);
            }
            else
            {
                Float(text, table, floats[i], width, caption, label, notes, place);
            }
        }

        return text.ToString();
    }

    private static void Float(StringBuilder text, TableModel table, LatexLayout part, LatexWidth width, string caption, string label, ImmutableArray<string> notes, string place)
    {
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{{width.Environment}}}[{place}]\n\\centering\n\\caption{{{caption}}}\n\\label{{tab:{label}}}\n\\smallskip\n{Setup}\n");
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{tabular}}{{{part.Alignments}}}\n");
        part.Comment(text, table);
        text.Append("\\toprule\n");
        part.Headings(text);
        text.Append("\\midrule\n");
        part.Rows(text, "\\\\");
        text.Append("\\bottomrule\n\\end{tabular}\n");
        Notes(text, notes);
        text.Append(CultureInfo.InvariantCulture, $"\\end{{{width.Environment}}}\n");
    }

    private static void Long(StringBuilder text, TableModel table, LatexLayout part, string caption, string label, ImmutableArray<string> notes)
    {
        text.Append(CultureInfo.InvariantCulture, $"{{{Setup}\n\\begin{{longtable}}{{{part.Alignments}}}\n");
        part.Comment(text, table);
        text.Append(CultureInfo.InvariantCulture, $"\\caption{{{caption}}}\\label{{tab:{label}}}\\\\\n\\toprule\n");
        part.Headings(text);
        text.Append("\\midrule\n\\endhead\n");
        part.Rows(text, "\\\\*");
        text.Append("\\bottomrule\n\\end{longtable}\n");
        Notes(text, notes);
        text.Append("}\n");
    }

    private static void Notes(StringBuilder text, ImmutableArray<string> notes)
    {
        if (!notes.IsEmpty)
        {
            text.Append("\\par\\smallskip\n{\\footnotesize\\raggedright ").AppendJoin("\\par\n", notes.Select(Note)).Append("\\par}\n");
        }
    }

    private static string Note(string note) => LatexText.Breakable(note).Replace("**Bold**", "\\textbf{Bold}", StringComparison.Ordinal);

    private static int Lines(string note, LatexWidth width) => 1 + (int)(LatexMetrics.Of(note) / width.Points);
}
