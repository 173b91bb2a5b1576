using System.IO.Compression;

namespace PinnSweep.Training.Checkpoints;

/// <summary>
/// A checkpoint for the shelf: gzip of what <see cref="TrainingLoop.Save"/> writes. Numbers of single precision stand in it as doubles, so
/// that half of it is zeros. Those of a running training stay as they are: they are soon replaced.
/// </summary>
public static class PackedCheckpoint
{
    private static ReadOnlySpan<byte> Magic => [0x1f, 0x8b];

    /// <summary>The checkpoint, packed. The same state gives the same bytes.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> checkpoint)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(checkpoint);
        }

        return packed.ToArray();
    }

    /// <summary>A checkpoint, whether it was packed or not.</summary>
    /// <exception cref="InvalidDataException">It was packed and is damaged.</exception>
    public static MemoryStream Open(byte[] content)
    {
        if (!content.AsSpan().StartsWith(Magic))
        {
            return new(content);
        }

        var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        plain.Position = 0;
        return plain;
    }
}
