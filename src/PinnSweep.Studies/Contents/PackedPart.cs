using System.IO.Compression;

namespace PinnSweep.Studies.Contents;

/// <summary>
/// A part of a packed record: its length, its length as it is packed, and its bytes, by Brotli where that is shorter.
/// </summary>
internal readonly struct PackedPart(byte[] content, int offset, int packed, int length)
{
    // The higher ones take many times as long for hardly less.
    private const int Quality = 5;
    private const int WindowBits = 18;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => length == 0;

    /// <summary>Adds a part.</summary>
    public static void Write(MemoryStream target, byte[] part)
    {
        var packed = Pack(part);
        using var writer = new BinaryWriter(target, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write7BitEncodedInt(part.Length);
        writer.Write7BitEncodedInt(packed.Length);
        writer.Write(packed);
    }

    /// <summary>The part that begins at a place of a content, which moves behind it.</summary>
    public static PackedPart Find(byte[] content, ref int at)
    {
        using var reader = new BinaryReader(new MemoryStream(content, at, content.Length - at));
        var (length, packed) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        var begin = at + (int)reader.BaseStream.Position;
        if (length < 0 || packed < 0 || packed > content.Length - begin || packed > length)
        {
            throw new InvalidDataException("a part that is longer than the record");
        }

        at = begin + packed;
        return new(content, begin, packed, length);
    }

    /// <summary>What was written.</summary>
    public byte[] Read()
    {
        var from = content.AsSpan(offset, packed);
        if (packed == length)
        {
            return from.ToArray();
        }

        var part = new byte[length];
        return BrotliDecoder.TryDecompress(from, part, out var written) && written == length ? part : throw new InvalidDataException("a part that cannot be unpacked");
    }

    /// <summary>The bytes by Brotli, or themselves where that makes them no shorter.</summary>
    internal static byte[] Pack(byte[] part)
    {
        var packed = new byte[part.Length];
        return BrotliEncoder.TryCompress(part, packed, out var written, Quality, WindowBits) && written < part.Length ? packed[..written] : part;
    }
}
