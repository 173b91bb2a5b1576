using System.Collections.Concurrent;
using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Reports;

/// <summary>Writes a report into a folder, on all cores. The same report gives the same bytes, whichever core wrote what.</summary>
public static class ReportWriter
{
    /// <summary>Writes the formats asked for; makes the folder where it is missing; files of an earlier report are replaced.</summary>
    /// <returns>Paths of the files written, format by format.</returns>
    /// <exception cref="UserMistakeException">The folder cannot be written.</exception>
    public static ImmutableArray<string> Write(StudyReport report, string folder, IEnumerable<ReportFormat> formats)
    {
        using var figures = new FigureFiles();
        var document = new Lazy<ReportDocument>(() => DocumentComposer.Compose(report));
        var files = formats.Distinct().Order().SelectMany(format => ReportFile.Of(report, document, format, figures)).DistinctBy(file => file.Name).ToArray();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var below in files.Select(file => Path.GetDirectoryName(Path.Combine(folder, file.Name))!).Distinct())
            {
                Directory.CreateDirectory(below);
            }

            WriteAll(files.Where(file => file.Turn != Turn.Last).OrderBy(file => file.Turn), folder);
            WriteAll(files.Where(file => file.Turn == Turn.Last), folder);
        }
        catch (Exception exception) when (Refusal(exception) is { } refusal)
        {
            throw new UserMistakeException($"the report cannot be written to '{folder}': {refusal.Message}", refusal);
        }

        return [.. files.Select(file => Path.Combine(folder, file.Name))];
    }

    // One file at a time to whoever is free: their sizes differ a hundredfold.
    private static void WriteAll(IEnumerable<ReportFile> files, string folder) =>
        Parallel.ForEach(Partitioner.Create(files, EnumerablePartitionerOptions.NoBuffering), file =>
        {
            using var stream = File.Create(Path.Combine(folder, file.Name));
            file.Write(stream);
        });

    private static Exception? Refusal(Exception exception) => exception switch
    {
        AggregateException several => several.Flatten().InnerExceptions.All(inner => inner is IOException or UnauthorizedAccessException) ? several.Flatten().InnerExceptions[0] : null,
        IOException or UnauthorizedAccessException => exception,
        _ => null,
    };
}
