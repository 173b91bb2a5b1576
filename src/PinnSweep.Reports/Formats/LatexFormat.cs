using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Latex;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Formats;

/// <summary>LaTeX: tables in booktabs style, each a fragment to be put into a paper, and a document of all that compiles as it is.</summary>
internal static class LatexFormat
{
    // A report is read in its order; floats would gather behind the last section.
    private const string Here = "H";
    private const int MostFloats = 4;

    /// <summary>What a document needs for the tables, beside its class.</summary>
    public const string Packages = "\\usepackage[T1]{fontenc}\n\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\n\\usepackage[utf8]{inputenc}\n\\usepackage{amsmath,textcomp}\n\\usepackage{array,booktabs,siunitx}\n";

    /// <summary>A whole document; its figures are the PDF files beside it.</summary>
    public static string Render(ReportDocument document)
    {
        var text = new StringBuilder("\\documentclass[a4paper]{article}\n").Append(Packages);
        text.Append("\\usepackage{longtable}\n\\usepackage{graphicx}\n\\usepackage{float}\n\\usepackage[margin=20mm]{geometry}\n\\setlength{\\LTcapwidth}{\\linewidth}\n\\setlength{\\emergencystretch}{3em}\n");
        text.Append("\\title{").Append(LatexText.Breakable(document.Title)).Append("}\n\\date{}\n\\begin{document}\n\\maketitle\n");
        foreach (var section in document.Sections)
        {
            text.Append("\n\\section*{").Append(LatexText.Breakable(section.Title)).Append("}\n");
            foreach (var part in section.Parts)
            {
                text.Append('\n').Append(Render(part));
            }
        }

        return text.Append("\n\\end{document}\n").ToString();
    }

    /// <summary>One table alone, to be put into a paper: as many floats as it needs.</summary>
    /// <param name="table">The table.</param>
    /// <param name="width">What it is set for; a page where null.</param>
    public static string Render(TableModel table, LatexWidth? width = null)
    {
        var floats = LatexTable.Render(table, width ?? LatexWidth.Page, "htbp", isLong: false);
        var head = $"% Made by PinnSweep for {(width ?? LatexWidth.Page).Words}. The next report writes it anew.\n% The preamble needs \\usepackage{{array,booktabs,siunitx}}, and for signs \\usepackage{{amsmath,textcomp}} and \\usepackage[T1]{{fontenc}}.\n";

        // revtex takes a row of pages with floats alone for one that has no end.
        return head + (floats.Split("\\begin{table").Length > MostFloats ? "\\maxdeadcycles=1000\n" : "") + floats;
    }

    private static string Render(ReportPart part) => part switch
    {
        ReportPart.Paragraph paragraph => LatexText.Breakable(paragraph.Text) + "\n",
        ReportPart.Facts facts => Facts(facts),
        ReportPart.Table table => LatexTable.Render(table.Model, LatexWidth.Report, Here, isLong: true),
        ReportPart.Figure figure => Figure(figure.Model, Here),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    /// <summary>A figure as a float, with room below it for the longest caption in a narrow column.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="place">Where it may be.</param>
    public static string Figure(FigureModel figure, string place) =>
        $"\\begin{{figure}}[{place}]\n\\centering\n\\includegraphics[width=\\linewidth,height=0.72\\textheight,keepaspectratio]{{figures/{figure.Name}.pdf}}\n\\caption{{{LatexText.Breakable(figure.Caption)}}}\n\\label{{fig:{figure.Name}}}\n\\end{{figure}}\n";

    private static string Facts(ReportPart.Facts facts)
    {
        var text = new StringBuilder("\\begin{description}\n");
        foreach (var (name, value) in facts.Lines)
        {
            text.Append("\\item[").Append(LatexText.Escape(name)).Append("] ").Append(LatexText.Breakable(value)).Append('\n');
        }

        return text.Append("\\end{description}\n").ToString();
    }
}
