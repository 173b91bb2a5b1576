using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Planning;

/// <summary>
/// A table of Apache Parquet as comma-separated text with every digit: what a study keeps of the files that it names is text. Columns of
/// numbers alone; a value that is null becomes an empty cell.
/// </summary>
internal static class ParquetText
{
    /// <summary>How the names of such files end.</summary>
    public const string Extension = ".parquet";

    /// <summary>Whether a path is that of such a file.</summary>
    public static bool IsFor(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>The table.</summary>
    /// <param name="path">The file, as messages call it.</param>
    /// <param name="bytes">What is in it.</param>
    /// <exception cref="UserMistakeException">It is no table of numbers.</exception>
    public static string Of(string path, byte[] bytes)
    {
        try
        {
            // The library has asynchronous methods only. Reading from memory never waits, so blocking is safe.
            return ReadAsync(path, bytes).GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is not UserMistakeException and not OutOfMemoryException)
        {
            // The library tells damage by whatever breaks first.
            throw new UserMistakeException($"{path}: is no Parquet file that can be read: {failure.Message}", failure);
        }
    }

    private static async Task<string> ReadAsync(string path, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        await using var reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        var fields = reader.Schema.GetDataFields();
        if (fields.FirstOrDefault(field => field.IsArray || field.MaxRepetitionLevel > 0 || field.Path.Length > 1) is { } nested)
        {
            throw new UserMistakeException($"{path}: column {NearestMatch.Quote(nested.Name)} holds lists or parts; expected a number in every cell");
        }

        var text = new StringBuilder();
        text.AppendJoin(',', fields.Select(field => Quoted(field.Name))).Append('\n');
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var columns = new List<double?[]>();
            foreach (var field in fields)
            {
                columns.Add(await NumbersAsync(path, group, field).ConfigureAwait(false));
            }

            for (var row = 0; row < group.RowCount; row++)
            {
                text.AppendJoin(',', columns.Select(column => column[row]?.ToString("R", CultureInfo.InvariantCulture) ?? "")).Append('\n');
            }
        }

        return text.ToString();
    }

    private static async Task<double?[]> NumbersAsync(string path, ParquetRowGroupReader group, DataField field)
    {
        var type = Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        return type == typeof(double) ? await ReadAsync<double>(value => value).ConfigureAwait(false)
            : type == typeof(float) ? await ReadAsync<float>(value => value).ConfigureAwait(false)
            : type == typeof(int) ? await ReadAsync<int>(value => value).ConfigureAwait(false)
            : type == typeof(long) ? await ReadAsync<long>(value => value).ConfigureAwait(false)
            : type == typeof(short) ? await ReadAsync<short>(value => value).ConfigureAwait(false)
            : type == typeof(byte) ? await ReadAsync<byte>(value => value).ConfigureAwait(false)
            : throw new UserMistakeException($"{path}: column {NearestMatch.Quote(field.Name)} holds no numbers; expected float, double or integers");

        async Task<double?[]> ReadAsync<T>(Func<T, double> number) where T : struct
        {
            if (field.IsNullable)
            {
                var values = new T?[group.RowCount];
                await group.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
                return Array.ConvertAll(values, value => value is { } known ? number(known) : (double?)null);
            }

            var all = new T[group.RowCount];
            await group.ReadAsync<T>(field, all.AsMemory()).ConfigureAwait(false);
            return Array.ConvertAll(all, value => (double?)number(value));
        }
    }

    private static string Quoted(string name) => name.AsSpan().ContainsAny(",;\"\t") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
