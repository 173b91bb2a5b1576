using System.Collections.Immutable;
using System.Text;
using PinnSweep.Reports.Conclusions;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Latex;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;
using PinnSweep.Reports.Tidy;

namespace PinnSweep.Reports.Papers;

/// <summary>What a paper's folder has: texts made of the store, tables and figures, and a document that puts them together.</summary>
internal sealed class PaperFiles
{
    /// <summary>The study file.</summary>
    public const string Study = "study.yaml";

    /// <summary>All trials as data.</summary>
    public const string Tidy = "tidy.csv";

    /// <summary>The methods.</summary>
    public const string Methods = "methods.tex";

    /// <summary>What came out, in sentences.</summary>
    public const string Results = "results.tex";

    /// <summary>The statement on data and code.</summary>
    public const string Data = "data-availability.tex";

    /// <summary>The works cited.</summary>
    public const string References = "references.bib";

    /// <summary>The document, which is the author's from the first word that is written into it.</summary>
    public const string Paper = "paper.tex";

    private const string Head = "% Made by PinnSweep from its store, and made anew by the next `pinnsweep report --paper`: write into paper.tex.\n";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private PaperFiles(ImmutableArray<(string Name, string Text)> texts, ImmutableArray<FigureModel> figures, byte[] tidy) => (Texts, Figures, TidyData) = (texts, figures, tidy);

    /// <summary>Texts by name, in the order in which they are read.</summary>
    public ImmutableArray<(string Name, string Text)> Texts { get; }

    /// <summary>The figures.</summary>
    public ImmutableArray<FigureModel> Figures { get; }

    /// <summary>The data.</summary>
    public byte[] TidyData { get; }

    /// <summary>The files of a report.</summary>
    public static PaperFiles Of(StudyReport report, PaperSources sources)
    {
        var document = DocumentComposer.Compose(report);
        var citations = new Citations(sources);
        var methods = MethodsText.Of(report, citations);
        var table = TidyTable.Of(report);
        var tidy = Bytes(table);
        return new(
            [
                (Paper, PaperDocument.Of(report, document)),
                (Methods, Head + methods),
                (Results, Head + string.Join("\n\n", WhatCameOut.Of(report).Select(LatexText.Breakable)) + "\n"),
                (Data, Head + DataText.Of(report, sources, tidy, table.Rows)),
                (References, BibTeX(report, citations)),
                .. document.Tables.Select(model => ($"tables/{model.Name}.tex", LatexFormat.Render(model, LatexWidth.Of(report)))),
                .. sources.StudyFile is { } file ? [(Study, file)] : Array.Empty<(string, string)>(),
            ],
            [.. document.Figures],
            tidy);
    }

    /// <summary>A text as it is written.</summary>
    public static byte[] Encode(string text) => Utf8.GetBytes(text);

    // Who has no source is told, so that nobody looks for it.
    private static string BibTeX(StudyReport report, Citations citations)
    {
        var without = report.Levels.Where(level => !citations.HasSource(level)).Select(level => $"{level.Factor.ToString().ToLowerInvariant()} {level.Kind}").Distinct().ToArray();
        var text = new StringBuilder("Works that methods.tex cites; made anew by the next report, so add yours to a file of your own.\n");
        if (without.Length > 0)
        {
            text.Append("No work is known for: ").AppendJoin(", ", without.Select(name => name.Replace("@", "", StringComparison.Ordinal).ReplaceLineEndings(" "))).Append(".\n");
        }

        return text.Append('\n').AppendJoin('\n', citations.Cited.Select(work => work.BibTeX)).ToString();
    }

    private static byte[] Bytes(TidyTable table)
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, Utf8, leaveOpen: true) { NewLine = "\n" })
        {
            TidyFormat.Csv(table, writer);
        }

        return stream.ToArray();
    }
}
