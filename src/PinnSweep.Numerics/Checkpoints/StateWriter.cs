using System.Runtime.InteropServices;
using System.Text;

namespace PinnSweep.Numerics.Checkpoints;

/// <summary>Writes state as it is; <see cref="StateReader"/> reads it back and checks the names.</summary>
public sealed class StateWriter(Stream stream) : StateArchive
{
    private readonly BinaryWriter _writer = new(stream, Encoding.UTF8, leaveOpen: true);

    /// <inheritdoc/>
    public override bool IsLoading => false;

    /// <inheritdoc/>
    public override void Number(string name, ref double value)
    {
        _writer.Write(name);
        _writer.Write(value);
    }

    /// <inheritdoc/>
    public override void Count(string name, ref long value)
    {
        _writer.Write(name);
        _writer.Write(value);
    }

    /// <inheritdoc/>
    public override void Text(string name, ref string value)
    {
        _writer.Write(name);
        _writer.Write(value);
    }

    /// <inheritdoc/>
    public override void Vector(string name, Span<double> values)
    {
        _writer.Write(name);
        _writer.Write(values.Length);
        _writer.Write(MemoryMarshal.AsBytes(values));
    }

    /// <inheritdoc/>
    public override void Vector(string name, ref double[] values) => Vector(name, values.AsSpan());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _writer.Dispose();
}
