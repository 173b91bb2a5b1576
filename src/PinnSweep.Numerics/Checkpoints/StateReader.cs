using System.Runtime.InteropServices;
using System.Text;

namespace PinnSweep.Numerics.Checkpoints;

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">A name is not the expected one: the state belongs to another method or version.</exception>
internal sealed class StateReader(Stream stream) : StateArchive
{
    private readonly BinaryReader _reader = new(stream, Encoding.UTF8, leaveOpen: true);

    /// <inheritdoc/>
    public override bool IsLoading => true;

    /// <inheritdoc/>
    public override void Number(string name, ref double value)
    {
        Expect(name);
        value = _reader.ReadDouble();
    }

    /// <inheritdoc/>
    public override void Count(string name, ref long value)
    {
        Expect(name);
        value = _reader.ReadInt64();
    }

    /// <inheritdoc/>
    public override void Text(string name, ref string value)
    {
        Expect(name);
        value = _reader.ReadString();
    }

    /// <inheritdoc/>
    public override void Vector(string name, Span<double> values)
    {
        Expect(name);
        var length = _reader.ReadInt32();
        if (length != values.Length)
        {
            throw new InvalidDataException($"state '{name}' has {length} values where {values.Length} are expected");
        }

        _reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
    }

    /// <inheritdoc/>
    public override void Vector(string name, ref double[] values)
    {
        Expect(name);
        values = new double[_reader.ReadInt32()];
        _reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _reader.Dispose();

    private void Expect(string name)
    {
        var found = _reader.ReadString();
        if (found != name)
        {
            throw new InvalidDataException($"state '{found}' stands where '{name}' is expected");
        }
    }
}
