using System.Collections.Immutable;
using Parquet;
using Parquet.Schema;

namespace PinnSweep.Solutions;

/// <summary>Apache Parquet: a row group a block, columns of single or double precision.</summary>
internal sealed class ParquetTable : IValueTable
{
    private readonly ParquetWriter _writer;
    private readonly DataField[] _fields;
    private readonly bool[] _isSingle;

    private ParquetTable(ParquetWriter writer, DataField[] fields, bool[] isSingle) => (_writer, _fields, _isSingle) = (writer, fields, isSingle);

    public static async Task<ParquetTable> CreateAsync(Stream target, ImmutableArray<ValueColumn> columns)
    {
        DataField[] fields = [.. columns.Select(column => column.IsSingle ? (DataField)new DataField<float>(column.Name) : new DataField<double>(column.Name))];
        return new(await ParquetWriter.CreateAsync(new ParquetSchema(fields), target), fields, [.. columns.Select(column => column.IsSingle)]);
    }

    public async ValueTask WriteAsync(double[][] columns, int rows)
    {
        using var group = _writer.CreateRowGroup();
        for (var column = 0; column < columns.Length; column++)
        {
            if (_isSingle[column])
            {
                await group.WriteAsync<float>(_fields[column], (ReadOnlyMemory<float>)Array.ConvertAll(columns[column][..rows], value => (float)value));
            }
            else
            {
                await group.WriteAsync<double>(_fields[column], (ReadOnlyMemory<double>)columns[column].AsMemory(0, rows));
            }
        }
    }

    public ValueTask CompleteAsync() => _writer.DisposeAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
