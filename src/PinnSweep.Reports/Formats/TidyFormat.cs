using Parquet;
using Parquet.Schema;
using PinnSweep.Reports.Tidy;

namespace PinnSweep.Reports.Formats;

/// <summary>The tidy table as comma-separated values, in the form of <see cref="CsvFormat"/>, and as Apache Parquet with typed columns.</summary>
internal static class TidyFormat
{
    /// <summary>Comma-separated values: nothing where there is no value.</summary>
    public static void Csv(TidyTable table, TextWriter text)
    {
        CsvFormat.Line(text, table.Columns.Select(column => column.Name));
        for (var row = 0; row < table.Rows; row++)
        {
            CsvFormat.Line(text, table.Columns.Select(column => column.Text(row)));
        }
    }

    /// <summary>One row group: text, doubles, whole numbers of 64 bits, true and false; null where there is no value.</summary>
    public static void Parquet(TidyTable table, Stream target)
    {
        // The library has asynchronous methods only. Writing to memory never waits, so blocking is safe.
        using var file = WriteAsync(table).GetAwaiter().GetResult();
        file.WriteTo(target);
    }

    private static async Task<MemoryStream> WriteAsync(TidyTable table)
    {
        var fields = table.Columns.Select(Field).ToArray();
        var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false))
        {
            using var group = writer.CreateRowGroup();
            foreach (var (field, column) in fields.Zip(table.Columns))
            {
                await (column switch
                {
                    TidyColumn.Words words => group.WriteAsync(field, words.Values),
                    TidyColumn.Numbers numbers => group.WriteAsync<double>(field, numbers.Values),
                    TidyColumn.Integers integers => group.WriteAsync<long>(field, integers.Values),
                    TidyColumn.Flags flags => group.WriteAsync<bool>(field, flags.Values),
                    _ => throw new ArgumentOutOfRangeException(nameof(table)),
                }).ConfigureAwait(false);
            }
        }

        return stream;
    }

    private static DataField Field(TidyColumn column) => column switch
    {
        TidyColumn.Words => new DataField<string>(column.Name),
        TidyColumn.Numbers => new DataField<double?>(column.Name),
        TidyColumn.Integers => new DataField<long?>(column.Name),
        TidyColumn.Flags => new DataField<bool?>(column.Name),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };
}
