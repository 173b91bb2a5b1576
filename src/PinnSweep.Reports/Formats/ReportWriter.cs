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
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var format in formats.Distinct().Order())
            {
                foreach (var (name, content) in Files(report, format))
                {
                    var path = Path.Combine(folder, name);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    File.WriteAllBytes(path, content);
                    files.Add(path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"the report cannot be written to '{folder}': {exception.Message}", exception);
        }

        return files.ToImmutable();
    }

    private static IEnumerable<(string Name, byte[] Content)> Files(StudyReport report, ReportFormat format)
    {
        switch (format)
        {
            case ReportFormat.Markdown:
                var document = DocumentComposer.Compose(report);
                yield return ("report.md", Utf8.GetBytes(MarkdownFormat.Render(document)));
                foreach (var figure in document.Figures)
                {
                    yield return ($"figures/{figure.Name}.svg", FigurePainter.Svg(figure));
                    yield return ($"figures/{figure.Name}.png", FigurePainter.Png(figure));
                }

                break;
            case ReportFormat.Csv:
                yield return ("accuracy.csv", Utf8.GetBytes(CsvFormat.Accuracy(report)));
                yield return ("cost.csv", Utf8.GetBytes(CsvFormat.Cost(report)));
                yield return ("trials.csv", Utf8.GetBytes(CsvFormat.Trials(report)));
                yield return ("curves.csv", Utf8.GetBytes(CsvFormat.Curves(report)));
                break;
            case ReportFormat.Json:
                yield return ("results.json", Utf8.GetBytes(JsonFormat.Render(report)));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "not a report format");
        }
    }
}
