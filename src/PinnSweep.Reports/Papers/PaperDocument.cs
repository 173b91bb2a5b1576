using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Latex;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Papers;

/// <summary>The document that puts a paper's parts together. It compiles as it stands, and is its author's from then on.</summary>
internal static class PaperDocument
{
    private static readonly string[] Main = ["accuracy", "tuned", "verdicts", "space", "aggregate", "control"];

    /// <summary>The document.</summary>
    public static string Of(StudyReport report, ReportDocument document)
    {
        var text = new StringBuilder("% pdflatex paper && bibtex paper && pdflatex paper && pdflatex paper\n% This file is yours: a report keeps it once you have changed it. All others are made anew.\n");
        text.Append("\\documentclass[a4paper").Append(LatexWidth.Of(report) == LatexWidth.Column ? ",twocolumn" : "").Append("]{article}\n").Append(LatexFormat.Packages).Append("\\usepackage{graphicx}\n\\setlength{\\emergencystretch}{3em}\n");
        text.Append("\\begin{document}\n\\title{").Append(LatexText.Breakable(report.Header.Study)).Append("}\n\\author{}\n\\date{}\n\\maketitle\n");
        text.Append("\n\\section{Methods}\n\\input{methods}\n\n\\section{Results}\n\\input{results}\n\n");
        Tables(text, document, isMain: true);
        foreach (var figure in document.Figures.Take(1))
        {
            text.Append(LatexFormat.Figure(figure, "htbp"));
        }

        text.Append("\n\\section*{Data and code availability}\n% Add where the data and the study file lie.\n\\input{data-availability}\n");
        text.Append("\n\\bibliographystyle{plain}\n\\bibliography{references}\n\n\\clearpage\n\\appendix\n\\section{Further tables and figures}\n");
        Tables(text, document, isMain: false);
        foreach (var figure in document.Figures.Skip(1))
        {
            text.Append(LatexFormat.Figure(figure, "htbp")).Append("\\clearpage\n");
        }

        return text.Append("\\end{document}\n").ToString();
    }

    // LaTeX holds some floats only.
    private static void Tables(StringBuilder text, ReportDocument document, bool isMain)
    {
        foreach (var table in document.Tables.Where(table => Main.Any(name => table.Name == name || table.Name.StartsWith($"{name}-", StringComparison.Ordinal)) == isMain))
        {
            text.Append("\\input{tables/").Append(table.Name).Append("}\n\\clearpage\n");
        }
    }
}
