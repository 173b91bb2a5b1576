using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;

namespace PinnSweep.Solutions;

/// <summary>
/// NumPy's <c>.npz</c>: a zip, without compression, of one <c>.npy</c> a column (NumPy Enhancement Proposal 1, format 1.0). A grid's arrays
/// have its shape. The heading of an array tells its length, so numbers are kept until the end.
/// </summary>
internal sealed class NpzTable(Stream target, ImmutableArray<ValueColumn> columns, ImmutableArray<int> shape) : IValueTable
{
    private const int Alignment = 64;
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    // The same numbers give the same bytes; a zip knows no earlier day.
    private static readonly DateTimeOffset Day = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly MemoryStream[] _numbers = [.. columns.Select(_ => new MemoryStream())];
    private long _rows;

    public ValueTask WriteAsync(double[][] values, int rows)
    {
        Span<byte> number = stackalloc byte[sizeof(double)];
        for (var column = 0; column < values.Length; column++)
        {
            for (var row = 0; row < rows; row++)
            {
                if (columns[column].IsSingle)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(number, (float)values[column][row]);
                }
                else
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(number, values[column][row]);
                }

                _numbers[column].Write(number[..(columns[column].IsSingle ? sizeof(float) : sizeof(double))]);
            }
        }

        _rows += rows;
        return ValueTask.CompletedTask;
    }

    public async ValueTask CompleteAsync()
    {
        await using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        for (var column = 0; column < columns.Length; column++)
        {
            var entry = zip.CreateEntry($"{columns[column].Name}.npy", CompressionLevel.NoCompression);
            entry.LastWriteTime = Day;
            await using var array = await entry.OpenAsync();
            await array.WriteAsync(Heading(columns[column].IsSingle));
            _numbers[column].Position = 0;
            await _numbers[column].CopyToAsync(array);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var numbers in _numbers)
        {
            await numbers.DisposeAsync();
        }
    }

    private byte[] Heading(bool isSingle)
    {
        var sizes = shape.IsEmpty ? string.Create(CultureInfo.InvariantCulture, $"{_rows},") : string.Concat(shape.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n},")));
        var text = $"{{'descr': '<f{(isSingle ? 4 : 8)}', 'fortran_order': False, 'shape': ({sizes}), }}";
        var length = (Magic.Length + sizeof(ushort) + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var heading = new byte[length];
        Magic.CopyTo(heading, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(heading.AsSpan(Magic.Length), (ushort)(length - Magic.Length - sizeof(ushort)));
        ValueTables.Bytes(text.PadRight(length - Magic.Length - sizeof(ushort) - 1) + "\n").CopyTo(heading, Magic.Length + sizeof(ushort));
        return heading;
    }
}
