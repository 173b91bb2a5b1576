using System.Globalization;
using Parquet;
using Parquet.Schema;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// All trials as Apache Parquet: the columns of <c>trials.csv</c> in one row group, numbers as doubles and everything else as text, with
/// nulls where there is no value.
/// </summary>
internal static class ParquetFormat
{
    private static readonly HashSet<string> Words = [.. new[] { "key", "status", "events", "engine", "machine", "commit", "started", "finished", "faults" }, .. FactorWords.All.Select(FactorWords.ToWord)];

    /// <summary>Writes the file.</summary>
    public static void Write(StudyReport report, Stream target)
    {
        // The library has asynchronous methods only. Writing to memory never waits, so blocking is safe.
        using var file = WriteAsync(report).GetAwaiter().GetResult();
        file.WriteTo(target);
    }

    private static async Task<MemoryStream> WriteAsync(StudyReport report)
    {
        var columns = CsvFormat.TrialColumns(report);
        var fields = columns.Select(column => Words.Contains(column.Name) ? (DataField)new DataField<string>(column.Name) : new DataField<double?>(column.Name)).ToArray();
        var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false))
        {
            using var group = writer.CreateRowGroup();
            foreach (var (field, (_, of)) in fields.Zip(columns))
            {
                // One column at a time, as the text of its cells.
                var column = report.Trials.Select(trial => CsvFormat.Words(of(trial)));
                await (Words.Contains(field.Name)
                    ? group.WriteAsync(field, column.ToArray())
                    : group.WriteAsync<double>(field, column.Select(Number).ToArray())).ConfigureAwait(false);
            }
        }

        return stream;
    }

    private static double? Number(string text) => text switch
    {
        "" => null,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
