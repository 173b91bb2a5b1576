using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Latex;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tidy;

namespace PinnSweep.Reports.Formats;

/// <summary>When a file of a report is written.</summary>
internal enum Turn
{
    /// <summary>At first: what is long and waits for nothing.</summary>
    First,

    /// <summary>Then the figures, which are many.</summary>
    Figures,

    /// <summary>At last what shows the figures that are drawn by then.</summary>
    Last,
}

/// <summary>A file of a report.</summary>
/// <param name="Name">Its path in the report's folder.</param>
/// <param name="Turn">When it is written.</param>
/// <param name="Write">Writes its bytes; may be called while other files are written.</param>
internal sealed record ReportFile(string Name, Turn Turn, Action<Stream> Write)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The files of one format.</summary>
    public static IEnumerable<ReportFile> Of(StudyReport report, Lazy<ReportDocument> document, Lazy<TidyTable> tidy, ReportFormat format, FigureFiles figures) => format switch
    {
        ReportFormat.Markdown =>
        [
            Text("report.md", () => MarkdownFormat.Render(document.Value)),
            .. document.Value.Figures.Concat(report.Staged is { } staged ? SearchFigures.Others(staged).Select(VisibleDocument.Of) : report.Design is { } design ? DesignFigures.Others(design).Select(VisibleDocument.Of) : []).SelectMany(figure => new[]
            {
                Figure($"{figure.Name}.svg", () => figures.Svg(figure)),
                Figure($"{figure.Name}.png", () => figures.Drawing(figure).Png()),
            }),
        ],
        ReportFormat.Csv => CsvFormat.FilesOf(report).Select(file => Lines($"{file.Name}.csv", Turn.First, writer => file.Write(report, writer))),
        ReportFormat.Parquet => [new("trials.parquet", Turn.First, stream => ParquetFormat.Write(report, stream))],
        ReportFormat.Json => [new("results.json", Turn.First, stream => JsonFormat.Write(report, stream))],
        ReportFormat.Html => [Lines("report.html", Turn.Last, writer => Page(document.Value, figures, writer))],
        ReportFormat.Latex =>
        [
            Text("report.tex", () => LatexFormat.Render(document.Value)),
            .. document.Value.Tables.Select(table => Text($"tables/{table.Name}.tex", () => LatexFormat.Render(table, LatexWidth.Of(report)))),
            .. document.Value.Figures.Select(figure => Figure($"{figure.Name}.pdf", () => figures.Drawing(figure).Pdf())),
        ],
        ReportFormat.TidyCsv => [Lines("tidy.csv", Turn.First, writer => TidyFormat.Csv(tidy.Value, writer))],
        ReportFormat.TidyParquet => [new("tidy.parquet", Turn.First, stream => TidyFormat.Parquet(tidy.Value, stream))],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a report format"),
    };

    private static void Page(ReportDocument document, FigureFiles figures, TextWriter writer)
    {
        document.Figures.AsParallel().ForAll(figure => figures.Svg(figure));
        HtmlFormat.Write(document, figures.Svg, writer);
    }

    private static ReportFile Text(string name, Func<string> text) => new(name, Turn.First, Bytes(() => Utf8.GetBytes(text())));

    private static ReportFile Figure(string name, Func<byte[]> content) => new($"figures/{name}", Turn.Figures, Bytes(content));

    private static Action<Stream> Bytes(Func<byte[]> content) => stream => stream.Write(content());

    // Curves of a large study are a hundred megabytes: they are never held as one text.
    private static ReportFile Lines(string name, Turn turn, Action<TextWriter> write) => new(name, turn, stream =>
    {
        using var writer = new StreamWriter(stream, Utf8, 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });
}
