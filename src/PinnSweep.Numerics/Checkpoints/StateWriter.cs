using System.Text;

namespace PinnSweep.Numerics.Checkpoints;

/// <summary>Writes named state in a fixed order; <see cref="StateReader"/> reads it back and checks the names.</summary>
public sealed class StateWriter(Stream stream) : IDisposable
{
    private readonly BinaryWriter _writer = new(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>A number.</summary>
    public void Write(string name, double value)
    {
        _writer.Write(name);
        _writer.Write(value);
    }

    /// <summary>A whole number.</summary>
    public void Write(string name, long value)
    {
        _writer.Write(name);
        _writer.Write(value);
    }

    /// <summary>The position of a random stream.</summary>
    public void Write(string name, ulong value) => Write(name, unchecked((long)value));

    /// <summary>Text.</summary>
    public void Write(string name, string value)
    {
        _writer.Write(name);
        _writer.Write(value);
    }

    /// <summary>A vector.</summary>
    public void Write(string name, ReadOnlySpan<double> values)
    {
        _writer.Write(name);
        _writer.Write(values.Length);
        _writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">A name is not the expected one: the state belongs to another method or version.</exception>
public sealed class StateReader(Stream stream) : IDisposable
{
    private readonly BinaryReader _reader = new(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>A number.</summary>
    public double ReadDouble(string name)
    {
        Expect(name);
        return _reader.ReadDouble();
    }

    /// <summary>A whole number.</summary>
    public long ReadLong(string name)
    {
        Expect(name);
        return _reader.ReadInt64();
    }

    /// <summary>The position of a random stream.</summary>
    public ulong ReadPosition(string name) => unchecked((ulong)ReadLong(name));

    /// <summary>Text.</summary>
    public string ReadText(string name)
    {
        Expect(name);
        return _reader.ReadString();
    }

    /// <summary>A vector of any length.</summary>
    public double[] ReadVector(string name)
    {
        Expect(name);
        var values = new double[_reader.ReadInt32()];
        _reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>A vector into a buffer of its length.</summary>
    public void ReadVector(string name, Span<double> values)
    {
        Expect(name);
        var length = _reader.ReadInt32();
        if (length != values.Length)
        {
            throw new InvalidDataException($"state '{name}' has {length} values where {values.Length} are expected");
        }

        _reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private void Expect(string name)
    {
        var found = _reader.ReadString();
        if (found != name)
        {
            throw new InvalidDataException($"state '{found}' stands where '{name}' is expected");
        }
    }
}
