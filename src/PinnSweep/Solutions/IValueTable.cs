using System.Collections.Immutable;
using System.Text;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Solutions;

/// <summary>A table that grows by blocks of rows.</summary>
internal interface IValueTable : IAsyncDisposable
{
    /// <summary>Adds rows.</summary>
    /// <param name="columns">One number a row in each.</param>
    /// <param name="rows">How many of them.</param>
    ValueTask WriteAsync(double[][] columns, int rows);

    /// <summary>Ends the table.</summary>
    ValueTask CompleteAsync();
}

/// <summary>What a column is called and how exact its numbers are.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="IsSingle">Whether its numbers are of single precision.</param>
internal readonly record struct ValueColumn(string Name, bool IsSingle);

/// <summary>Tables by the ending of their file.</summary>
internal static class ValueTables
{
    /// <summary>The endings that name a format.</summary>
    public static ImmutableArray<string> Endings { get; } = [".csv", ".parquet", ".npz"];

    /// <summary>Refuses a file of no known ending, before anything is computed.</summary>
    /// <exception cref="UserMistakeException">Its ending names no format.</exception>
    public static void Check(string path)
    {
        if (!Endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
        {
            throw new UserMistakeException($"--out {path}: the ending says what is written; allowed: {string.Join(", ", Endings)}");
        }
    }

    /// <summary>A table of a file's format.</summary>
    /// <param name="path">Its ending says which.</param>
    /// <param name="target">Takes the bytes.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="shape">Points of each axis where the rows are a grid.</param>
    public static async Task<IValueTable> CreateAsync(string path, Stream target, ImmutableArray<ValueColumn> columns, ImmutableArray<int> shape) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".parquet" => await ParquetTable.CreateAsync(target, columns),
            ".npz" => new NpzTable(target, columns, shape),
            _ => new CsvTable(target, columns),
        };

    /// <summary>Text as a file's bytes.</summary>
    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
