using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Tables that are too large to travel with every trial: kept as doubles in a file that is named by its hash, in the cache's folder
/// <c>tables</c>, which nodes of a cluster share. Definitions hold the hash alone, so a trial's key still says every number.
/// </summary>
public static class LargeTables
{
    /// <summary>Bytes of a file that is read as one.</summary>
    public const long MaximumBytes = 1L << 30;

    /// <summary>Rows of a table at most.</summary>
    public const int MaximumRows = 5_000_000;

    private const string Mark = "# pinnsweep table ";
    private static readonly ConcurrentDictionary<string, WeakReference<double[]>> Loaded = new(StringComparer.Ordinal);

    /// <summary>Where they are kept.</summary>
    public static string Folder => Path.Combine(ReferenceCache.Folder, "tables");

    /// <summary>Keeps the table of a text, and returns the few lines that stand for it from then on.</summary>
    /// <param name="text">The table as other programs write it.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="UserMistakeException">It has mistakes, or cannot be kept.</exception>
    public static string Keep(string text, string source)
    {
        var mistakes = new MistakeList();
        var table = DelimitedText.Read(text, source, "data", MaximumRows, _ => false, mistakes);
        mistakes.ThrowIfAny();
        var width = table!.Columns.Length;
        var values = new double[table.Rows.Count * width];
        for (var row = 0; row < table.Rows.Count; row++)
        {
            table.Rows[row].Values.CopyTo(values, row * width);
        }

        var columns = string.Join('\t', table.Columns.Select(column => column.Text));
        return string.Create(CultureInfo.InvariantCulture, $"{Mark}{Keep(values)} {table.Rows.Count} rows\n{columns}\n");
    }

    /// <summary>Whether a text stands for a table that is kept elsewhere.</summary>
    public static bool StandsForOne(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Keeps numbers.</summary>
    /// <returns>The SHA-256 of their bytes, in hexadecimal digits.</returns>
    /// <exception cref="UserMistakeException">They cannot be written.</exception>
    public static string Keep(double[] values)
    {
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var path = PathOf(hash);
        Loaded[hash] = new(values);
        try
        {
            // A file of the right length may still hold zeros, after a crash of the machine.
            if (File.Exists(path) && new FileInfo(path).Length == bytes.Length && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) == hash)
            {
                return hash;
            }

            Directory.CreateDirectory(Folder);
            var part = $"{path}.{Environment.ProcessId}";
            using (var file = File.Create(part))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{Folder}: a large table cannot be kept there: {failure.Message}. PINNSWEEP_CACHE names another folder", failure);
        }

        return hash;
    }

    /// <summary>Numbers that were kept.</summary>
    /// <exception cref="UserMistakeException">They are not here, or are damaged.</exception>
    public static double[] Load(string hash)
    {
        if (Loaded.TryGetValue(hash, out var known) && known.TryGetTarget(out var there))
        {
            return there;
        }

        var path = PathOf(hash);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{path}: the table of measured values cannot be read here: {failure.Message}. Nodes that train it share the folder that PINNSWEEP_CACHE names; where the file was removed, plan the study again from its own folder", failure);
        }

        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != hash)
        {
            throw new UserMistakeException($"{path}: the table of measured values is damaged; remove it and plan the study again from its own folder");
        }

        double[] values = [.. MemoryMarshal.Cast<byte, double>(bytes)];
        Loaded[hash] = new(values);
        return values;
    }

    /// <summary>The table that a text stands for, or null where it is a table itself.</summary>
    internal static DataTable? Find(string text, string source)
    {
        if (!StandsForOne(text))
        {
            return null;
        }

        if (text.Split('\n') is not [var first, { Length: > 0 } heading, ..])
        {
            throw new UserMistakeException($"{source}: begins as the name of a large table does ('{Mark.Trim()}'), and the line with the names of its columns is missing");
        }

        var hash = first[Mark.Length..].Split(' ')[0];
        var names = heading.TrimEnd('\r').Split('\t');
        var numbers = Load(hash);
        if (numbers.Length % names.Length != 0)
        {
            throw new UserMistakeException(FormattableString.Invariant($"{source}: the table has {numbers.Length} numbers, which are no rows of {names.Length} columns"));
        }

        var rows = numbers.Chunk(names.Length).Select((row, i) => DataRow.Of(row, new(source, i + 2, 1))).ToList();
        return new([.. names.Select((name, i) => new DataCell(name, new(source, 1, i + 1)))], rows);
    }

    private static string PathOf(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(Folder, $"{hash}.table")
        : throw new UserMistakeException($"{NearestMatch.Quote(hash)}: is no hash of a table");
}
