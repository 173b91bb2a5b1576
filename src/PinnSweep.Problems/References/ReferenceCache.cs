using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace PinnSweep.Problems.References;

/// <summary>
/// Computed references on disk, named by the SHA-256 of what they are a solution of. Computed on first use; when several processes ask
/// at once, one computes and the others wait. A file whose content does not match its own hash is computed again. Where the folder cannot
/// be written, the reference is computed and not kept.
/// </summary>
internal sealed class ReferenceCache(string folder)
{
    private const int Version = 2;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentDictionary<string, Lazy<ReferenceGrid>> _inMemory = new(StringComparer.Ordinal);

    /// <summary>The folder: <c>PINNSWEEP_CACHE</c>, else <c>pinnsweep</c> in the user's cache folder.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("PINNSWEEP_CACHE")
        ?? Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "pinnsweep");

    /// <summary>The cache in that folder.</summary>
    public static ReferenceCache Default { get; } = new(Folder);

    /// <summary>The stored reference, or the computed one, stored.</summary>
    /// <param name="identity">Says equation, parameters, resolution and grid; a change of any changes it.</param>
    /// <param name="compute">Computes it.</param>
    public ReferenceGrid Get(string identity, Func<ReferenceGrid> compute) => _inMemory.GetOrAdd(identity, _ => new(() => OnDisk(identity, compute))).Value;

    /// <summary>The stored reference; null where none is stored.</summary>
    public ReferenceGrid? Find(string identity) => TryRead(PathOf(identity, ".reference"));

    /// <summary>Whether a reference is in memory or on disk; what is on disk may still turn out to be damaged.</summary>
    public bool Has(string identity) => _inMemory.ContainsKey(identity) || File.Exists(PathOf(identity, ".reference"));

    private string PathOf(string identity, string extension) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Version}|{identity}"))) + extension);

    private ReferenceGrid OnDisk(string identity, Func<ReferenceGrid> compute)
    {
        var path = PathOf(identity, ".reference");
        if (TryRead(path) is { } stored)
        {
            return stored;
        }

        using var claim = Claim(PathOf(identity, ".lock"));
        if (TryRead(path) is { } computedMeanwhile)
        {
            return computedMeanwhile;
        }

        var grid = compute();
        if (claim is not null)
        {
            Keep(path, grid);
        }

        return grid;
    }

    /// <summary>A full disk costs the next process the same work again, and nobody a trial.</summary>
    private static void Keep(string path, ReferenceGrid grid)
    {
        var temporary = $"{path}.{Environment.ProcessId}";
        try
        {
            File.WriteAllBytes(temporary, Encode(grid));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
            {
                // As it is.
            }
        }
    }

    private FileStream? Claim(string path)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        using var never = new ManualResetEventSlim();
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                never.Wait(Poll);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    private static byte[] Encode(ReferenceGrid grid)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(grid.Outputs);
        writer.Write(grid.Measures.Count);
        foreach (var (name, measure) in grid.Measures)
        {
            writer.Write(name);
            writer.Write(measure);
        }

        writer.Write(grid.Nodes.Length);
        foreach (var values in grid.Nodes.Add(grid.Values))
        {
            writer.Write(values.Length);
            writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        writer.Write(SHA256.HashData(stream.ToArray()));
        return stream.ToArray();
    }

    private static ReferenceGrid? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's, in a folder that several share.
            return null;
        }

        if (bytes.Length < SHA256.HashSizeInBytes || !SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(^SHA256.HashSizeInBytes..)))
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes));
        ImmutableArray<double> Next() => [.. MemoryMarshal.Cast<byte, double>(reader.ReadBytes(reader.ReadInt32() * sizeof(double)))];
        var outputs = reader.ReadInt32();
        var measures = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        for (var n = reader.ReadInt32(); n > 0; n--)
        {
            measures.Add(reader.ReadString(), reader.ReadDouble());
        }

        ImmutableArray<ImmutableArray<double>> nodes = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => Next())];
        return new(nodes, outputs, Next(), measures.ToImmutable());
    }
}
