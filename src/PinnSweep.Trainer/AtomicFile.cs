using System.Security.Cryptography;

namespace PinnSweep.Trainer;

/// <summary>A finished file as a worker is told of it.</summary>
internal readonly record struct WrittenFile(string Path, string Sha256, long Bytes);

/// <summary>Files that are complete or absent, never half there.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes beside the target and renames. Nothing is flushed to the disk: a machine that goes down takes the attempt with it, and what counts
    /// lies in the store, which is.
    /// </summary>
    public static WrittenFile Write(string folder, string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(folder, name);
        var temporary = path + ".tmp";
        using (var file = File.Create(temporary))
        {
            file.Write(content);
        }

        File.Move(temporary, path, overwrite: true);
        return new(path, Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);
    }
}
