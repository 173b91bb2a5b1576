using System.Collections.Immutable;
using System.Text;
using PinnSweep.Studies;

namespace PinnSweep.Reports;

/// <summary>Writes a report into a folder. The same report gives the same bytes.</summary>
public static class ReportWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the formats asked for; makes the folder where it is missing; files of an earlier report are replaced.</summary>
    /// <returns>Paths of the files written, in the order written.</returns>
    /// <exception cref="UserMistakeException">The folder cannot be written.</exception>
    public static ImmutableArray<string> Write(StudyReport report, string folder, IEnumerable<ReportFormat> formats)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        var document = DocumentComposer.Compose(report);
        var drawn = new Dictionary<string, byte[]>();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, content) in formats.Distinct().Order().SelectMany(format => Files(report, document, format, Svg)))
            {
                var path = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using var stream = File.Create(path);
                content(stream);
                files.Add(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"the report cannot be written to '{folder}': {exception.Message}", exception);
        }

        return files.ToImmutable();

        // Markdown and HTML show the same figures: each is drawn once.
        byte[] Svg(FigureModel figure) => drawn.TryGetValue(figure.Name, out var svg) ? svg : drawn[figure.Name] = FigurePainter.Svg(figure);
    }

    private static IEnumerable<(string Name, Action<Stream> Content)> Files(
        StudyReport report, ReportDocument document, ReportFormat format, Func<FigureModel, byte[]> svg) => format switch
    {
        ReportFormat.Markdown =>
        [
            ("report.md", Text(() => MarkdownFormat.Render(document))),
            .. document.Figures.SelectMany(figure => new (string, Action<Stream>)[]
            {
                ($"figures/{figure.Name}.svg", Bytes(() => svg(figure))),
                ($"figures/{figure.Name}.png", Bytes(() => FigurePainter.Png(figure))),
            }),
        ],
        ReportFormat.Csv =>
        [
            .. CsvFormat.Files.Select(file => ($"{file.Name}.csv", Lines(writer => file.Write(report, writer)))),
        ],
        ReportFormat.Parquet => [("trials.parquet", Bytes(() => ParquetFormat.Render(report)))],
        ReportFormat.Json => [("results.json", Text(() => JsonFormat.Render(report)))],
        ReportFormat.Html => [("report.html", Text(() => HtmlFormat.Render(document, svg)))],
        ReportFormat.Latex =>
        [
            ("report.tex", Text(() => LatexFormat.Render(document))),
            .. document.Tables.Select(table => ($"tables/{table.Name}.tex", Text(() => LatexFormat.Render(table)))),
            .. document.Figures.Select(figure => ($"figures/{figure.Name}.pdf", Bytes(() => FigurePainter.Pdf(figure)))),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a report format"),
    };

    private static Action<Stream> Text(Func<string> text) => Bytes(() => Utf8.GetBytes(text()));

    private static Action<Stream> Bytes(Func<byte[]> content) => stream => stream.Write(content());

    // Curves of a large study are a hundred megabytes: they are never held as one text.
    private static Action<Stream> Lines(Action<TextWriter> write) => stream =>
    {
        using var writer = new StreamWriter(stream, Utf8, 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    };
}
