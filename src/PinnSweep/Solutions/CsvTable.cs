using System.Collections.Immutable;
using System.Globalization;

namespace PinnSweep.Solutions;

/// <summary>Comma-separated values: shortest numbers that read back as they are.</summary>
internal sealed class CsvTable : IValueTable
{
    private const int Room = 1 << 16;
    private const int LongestNumber = 32;
    private readonly Stream _target;
    private readonly bool[] _isSingle;
    private readonly byte[] _buffer = new byte[Room];
    private int _filled;

    public CsvTable(Stream target, ImmutableArray<ValueColumn> columns)
    {
        (_target, _isSingle) = (target, [.. columns.Select(column => column.IsSingle)]);
        target.Write(ValueTables.Bytes($"{string.Join(',', columns.Select(column => column.Name))}\n"));
    }

    public ValueTask WriteAsync(double[][] columns, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            if (_filled + (columns.Length * LongestNumber) > _buffer.Length)
            {
                Flush();
            }

            for (var column = 0; column < columns.Length; column++)
            {
                Add(columns[column][row], _isSingle[column]);
                _buffer[_filled++] = (byte)(column < columns.Length - 1 ? ',' : '\n');
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync()
    {
        Flush();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Add(double value, bool isSingle)
    {
        var room = _buffer.AsSpan(_filled);
        if (isSingle ? ((float)value).TryFormat(room, out var written, default, CultureInfo.InvariantCulture) : value.TryFormat(room, out written, default, CultureInfo.InvariantCulture))
        {
            _filled += written;
        }
    }

    private void Flush()
    {
        _target.Write(_buffer, 0, _filled);
        _filled = 0;
    }
}
