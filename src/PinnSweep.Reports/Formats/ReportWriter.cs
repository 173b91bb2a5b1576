using System.Collections.Concurrent;
using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tidy;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Reports.Formats;

/// <summary>Writes a report into a folder, on all cores. The same report gives the same bytes, whichever core wrote what.</summary>
public static class ReportWriter
{
    /// <summary>
    /// Writes the formats asked for; makes the folder where it is missing; files of an earlier report are replaced, those it had more are
    /// removed.
    /// </summary>
    /// <returns>Paths of the files written, format by format.</returns>
    /// <exception cref="UserMistakeException">The folder cannot be written.</exception>
    public static ImmutableArray<string> Write(StudyReport report, string folder, IEnumerable<ReportFormat> formats)
    {
        using var figures = new FigureFiles(report.FigureSize);
        var document = new Lazy<ReportDocument>(() => DocumentComposer.Compose(report));
        var tidy = new Lazy<TidyTable>(() => TidyTable.Of(report));
        var files = formats.Distinct().Order()
            .SelectMany(format => ReportFile.Of(report, document, tidy, format, figures).Select(file => (Format: format, File: file)))
            .DistinctBy(pair => pair.File.Name).ToArray();
        try
        {
            using var written = ReportFolder.Open(folder, report.Header.Hash);
            WriteAll(files.Where(pair => pair.File.Turn != Turn.Last).OrderBy(pair => pair.File.Turn), written);
            WriteAll(files.Where(pair => pair.File.Turn == Turn.Last), written);
            written.Complete();
        }
        catch (Exception exception) when (Refusal(exception) is { } refusal)
        {
            throw new UserMistakeException($"the report cannot be written to '{folder}': {refusal.Message}", refusal);
        }

        return [.. files.Select(pair => Path.Combine(folder, pair.File.Name))];
    }

    // Each free core takes one file at a time, because their sizes differ by a factor of a hundred. More at a time than there are cores, as
    // the pool would have it, only holds the pixels of many figures at once.
    private static void WriteAll(IEnumerable<(ReportFormat Format, ReportFile File)> files, ReportFolder folder) =>
        Parallel.ForEach(
            Partitioner.Create(files, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            pair => folder.Write(pair.File.Name, pair.Format.ToWord(), pair.File.Write));

    /// <summary>The failure of a disk behind an exception; null where it is another's.</summary>
    internal static Exception? Refusal(Exception exception) => exception switch
    {
        AggregateException several => several.Flatten().InnerExceptions.All(inner => inner is IOException or UnauthorizedAccessException) ? several.Flatten().InnerExceptions[0] : null,
        IOException or UnauthorizedAccessException => exception,
        _ => null,
    };
}
