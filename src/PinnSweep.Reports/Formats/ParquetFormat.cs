using System.Globalization;
using Parquet;
using Parquet.Schema;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Printed;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// All trials as Apache Parquet: the columns of <c>trials.csv</c> in one row group, numbers as doubles and everything else as text, with
/// nulls where there is no value.
/// </summary>
internal static class ParquetFormat
{
    private static readonly HashSet<string> Words = [.. new[] { "key", "status", "events", "engine", "machine", "commit", "started", "finished", "faults" }, .. FactorWords.All.Select(FactorWords.ToWord)];

    /// <summary>The file's bytes.</summary>
    public static byte[] Render(StudyReport report)
    {
        using var text = new StringWriter { NewLine = "\n" };
        CsvFormat.Trials(report, text);
        var table = PrintedTables.Csv(text.ToString(), "trials");
        var fields = table.Headings.Select(heading => Words.Contains(heading) ? (DataField)new DataField<string>(heading) : new DataField<double?>(heading)).ToArray();

        // The library has asynchronous methods only. Writing to memory never waits, so blocking is safe.
        return WriteAsync(fields, table).GetAwaiter().GetResult();
    }

    private static async Task<byte[]> WriteAsync(DataField[] fields, PrintedTable table)
    {
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false))
        {
            using var group = writer.CreateRowGroup();
            await WriteColumnsAsync(group, fields, table).ConfigureAwait(false);
        }

        return stream.ToArray();
    }

    private static async Task WriteColumnsAsync(ParquetRowGroupWriter group, DataField[] fields, PrintedTable table)
    {
        for (var c = 0; c < fields.Length; c++)
        {
            var column = table.Rows.Select(row => row[c]);
            if (Words.Contains(fields[c].Name))
            {
                await group.WriteAsync(fields[c], column.ToArray()).ConfigureAwait(false);
            }
            else
            {
                await group.WriteAsync<double>(fields[c], column.Select(Number).ToArray()).ConfigureAwait(false);
            }
        }
    }

    private static double? Number(string text) => text switch
    {
        "" => null,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
