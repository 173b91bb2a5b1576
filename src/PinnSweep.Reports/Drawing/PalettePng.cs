using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Pixels of at most 256 colours as PNG (W3C, third edition). Neighbours of a smooth field differ by a level or none, so that the
/// differences which the filter Sub leaves take a quarter of what true colours take, and a page with a hundred fields stays small.
/// </summary>
internal static class PalettePng
{
    private const byte Sub = 1;
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    /// <summary>The picture.</summary>
    /// <param name="pixels">Places in the palette, row by row from the top.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="palette">The colours.</param>
    public static byte[] Of(ReadOnlySpan<byte> pixels, int width, ReadOnlySpan<SKColor> palette)
    {
        var height = pixels.Length / width;
        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, 3);
        Chunk(png, "IHDR", header);
        var colours = new byte[3 * palette.Length];
        for (var i = 0; i < palette.Length; i++)
        {
            (colours[3 * i], colours[(3 * i) + 1], colours[(3 * i) + 2]) = (palette[i].Red, palette[i].Green, palette[i].Blue);
        }

        Chunk(png, "PLTE", colours);
        Chunk(png, "IDAT", Compressed(pixels, width));
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Compressed(ReadOnlySpan<byte> pixels, int width)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            var line = new byte[width + 1];
            line[0] = Sub;
            for (var first = 0; first < pixels.Length; first += width)
            {
                var left = 0;
                for (var x = 0; x < width; x++)
                {
                    line[x + 1] = unchecked((byte)(pixels[first + x] - left));
                    left = pixels[first + x];
                }

                zlib.Write(line);
            }
        }

        return data.ToArray();
    }

    private static void Chunk(Stream png, string name, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        var kind = Encoding.ASCII.GetBytes(name);
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        png.Write(word);
        png.Write(kind);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(Crc(uint.MaxValue, kind), data));
        png.Write(word);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }
}
