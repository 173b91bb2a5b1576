using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Formats;

/// <summary>LaTeX: tables in booktabs style, each a float of its own, and a document around them that compiles as it is.</summary>
internal static class LatexFormat
{
    // A report is read in its order; floats would gather behind the last section.
    private const string Here = "H";
    private const int Line = 110;
    private const int LongCell = 40;
    private const int NumberWidth = 7;

    /// <summary>A whole document; its figures are the PDF files beside it.</summary>
    public static string Render(ReportDocument document)
    {
        var text = new StringBuilder("""
            \documentclass[a4paper]{article}
            \usepackage[T1]{fontenc}
            \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
            \usepackage[utf8]{inputenc}
            \usepackage{textcomp}
            \usepackage{amsmath}
            \usepackage{booktabs}
            \usepackage{longtable}
            \usepackage{graphicx}
            \usepackage{float}
            \usepackage[margin=20mm]{geometry}
            \setlength{\LTcapwidth}{\linewidth}

            """.ReplaceLineEndings("\n"));
        text.Append("\\title{").Append(LatexText.Escape(document.Title)).Append("}\n\\date{}\n\\begin{document}\n\\maketitle\n");
        foreach (var section in document.Sections)
        {
            text.Append("\n\\section*{").Append(LatexText.Escape(section.Title)).Append("}\n");
            foreach (var part in section.Parts)
            {
                text.Append('\n').Append(Render(part));
            }
        }

        return text.Append("\n\\end{document}\n").ToString();
    }

    /// <summary>One table as a float, to be put into a paper.</summary>
    public static string Render(TableModel table) => Render(table, "htbp");

    private static string Render(TableModel table, string place)
    {
        var text = new StringBuilder($"\\begin{{table}}[{place}]\n\\centering\n\\caption{{").Append(LatexText.Escape(table.Caption)).Append("}\n\\label{tab:").Append(table.Name).Append("}\n");
        var columns = Columns(table);
        text.Append(columns.Contains("p{", StringComparison.Ordinal) ? "\\footnotesize\n" : "").Append("\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n\\begin{tabular}{").Append(columns).Append("}\n\\toprule\n");
        text.Append(Headings(table)).Append("\\midrule\n");
        Rows(text, table);
        text.Append("\\bottomrule\n\\end{tabular}}\n");
        Notes(text, table);
        return text.Append("\\end{table}\n").ToString();
    }

    private static string Render(ReportPart part) => part switch
    {
        ReportPart.Paragraph paragraph => LatexText.Escape(paragraph.Text) + "\n",
        ReportPart.Facts facts => Facts(facts),
        ReportPart.Table { Model: { Rows.Length: > 25 } table } => Long(table),
        ReportPart.Table table => Render(table.Model, Here),
        ReportPart.Figure figure => Figure(figure.Model),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static string Figure(FigureModel figure) =>
        $"\\begin{{figure}}[{Here}]\n\\centering\n\\includegraphics[width=\\linewidth,height=0.85\\textheight,keepaspectratio]{{figures/{figure.Name}.pdf}}\n\\caption{{{LatexText.Escape(figure.Caption)}}}\n\\label{{fig:{figure.Name}}}\n\\end{{figure}}\n";

    private static string Facts(ReportPart.Facts facts)
    {
        var text = new StringBuilder("\\begin{description}\n");
        foreach (var (name, value) in facts.Lines)
        {
            text.Append("\\item[").Append(LatexText.Escape(name)).Append("] ").Append(Breakable(value)).Append('\n');
        }

        return text.Append("\\end{description}\n").ToString();
    }

    private static string Long(TableModel table)
    {
        var text = new StringBuilder("{\\footnotesize\n\\begin{longtable}{").Append(Columns(table)).Append("}\n\\caption{").Append(LatexText.Escape(table.Caption));
        text.Append("}\\label{tab:").Append(table.Name).Append("}\\\\\n\\toprule\n").Append(Headings(table)).Append("\\midrule\n\\endhead\n");
        Rows(text, table);
        text.Append("\\bottomrule\n\\end{longtable}\n");
        Notes(text, table);
        return text.Append("}\n").ToString();
    }

    // A line of a page at this size holds some 110 characters. Columns of long words share what the others leave; else the whole table
    // would be shrunk for them.
    private static string Columns(TableModel table)
    {
        var widths = Enumerable.Range(0, table.Columns.Length).Select(i => table.Rows.Select(row => Characters(row[i])).Append(table.Columns[i].Heading.Length).Max()).ToArray();
        var isLong = widths.Select((width, i) => !table.Columns[i].IsNumber && width > LongCell).ToArray();
        var left = Math.Max(Line - widths.Where((_, i) => !isLong[i]).Sum(width => width + 2), Line / 2);
        var wanted = widths.Where((_, i) => isLong[i]).Sum();
        return string.Concat(table.Columns.Select((column, i) =>
            column.IsNumber ? "r"
            : !isLong[i] ? "l"
            : FormattableString.Invariant($"p{{{0.95 * Math.Min(left, wanted) / Line * widths[i] / wanted:F2}\\linewidth}}")));
    }

    private static int Characters(TableCell cell) => cell.Pieces.Sum(piece => piece switch
    {
        Inline.Words words => words.Text.Length,
        Inline.Strong strong => strong.Text.Length,
        Inline.Code code => code.Text.Length,
        Inline.Space => 1,
        _ => NumberWidth,
    });

    private static string Headings(TableModel table) => string.Join(" & ", table.Columns.Select(column => LatexText.Escape(column.Heading))) + " \\\\\n";

    private static void Rows(StringBuilder text, TableModel table)
    {
        foreach (var row in table.Rows)
        {
            text.AppendJoin(" & ", row.Select(Cell)).Append(" \\\\\n");
        }
    }

    private static void Notes(StringBuilder text, TableModel table)
    {
        if (!table.Notes.IsEmpty)
        {
            text.Append("\n\\smallskip\n{\\footnotesize\\raggedright ").AppendJoin("\\\\\n", table.Notes.Select(Note)).Append("\\par}\n");
        }
    }

    private static string Note(string note) => LatexText.Escape(note).Replace("**Bold**", "\\textbf{Bold}", StringComparison.Ordinal);

    private static string Cell(TableCell cell) => string.Concat(cell.Pieces.Select(piece => piece switch
    {
        Inline.Words words => LatexText.Escape(words.Text),
        Inline.Space => " ",
        Inline.Strong strong => $"\\textbf{{{LatexText.Escape(strong.Text)}}}",
        Inline.Code code => $"\\texttt{{{LatexText.Escape(code.Text)}}}",
        Inline.Scientific number => Mark(Power(number), number.Emphasis),
        Inline.Decimal number => Mark(NumberText.Decimal(number.Value, number.Digits), number.Emphasis),
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    }));

    private static string Power(Inline.Scientific number)
    {
        var (mantissa, exponent) = NumberText.Split(number.Value, number.Digits);
        return exponent is null ? mantissa : FormattableString.Invariant($"{mantissa} \\times 10^{{{exponent}}}");
    }

    private static string Mark(string number, Emphasis emphasis) => emphasis switch
    {
        Emphasis.Best => $"$\\mathbf{{{number}}}$",
        Emphasis.None => $"${number}$",
        Emphasis.Equivalent => $"${number} \\approx$",

        // Outside of the formula: fonts have the daggers as letters.
        _ => $"${number}$ {StandingWords.Sign(emphasis)}",
    };

    private static string Breakable(string text) => LatexText.Escape(text).Replace("; ", "; \\allowbreak ", StringComparison.Ordinal);
}
