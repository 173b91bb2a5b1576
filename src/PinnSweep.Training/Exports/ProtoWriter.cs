using System.Buffers;
using System.Text;

namespace PinnSweep.Training.Exports;

/// <summary>
/// The wire format of protocol buffers, as much of it as an ONNX model needs: whole numbers, bytes, text and messages within messages.
/// </summary>
internal sealed class ProtoWriter
{
    private const int Varint = 0;
    private const int Delimited = 2;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>A message of its own.</summary>
    public static ProtoWriter Message(Action<ProtoWriter> fields)
    {
        var message = new ProtoWriter();
        fields(message);
        return message;
    }

    /// <summary>A whole number.</summary>
    public ProtoWriter Number(int field, long value)
    {
        Tag(field, Varint);
        Raw((ulong)value);
        return this;
    }

    /// <summary>Bytes.</summary>
    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, Delimited);
        Raw((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Text.</summary>
    public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message within this one.</summary>
    public ProtoWriter Inner(int field, ProtoWriter message) => Bytes(field, message.ToArray());

    /// <summary>The same with its fields.</summary>
    public ProtoWriter Inner(int field, Action<ProtoWriter> fields) => Inner(field, Message(fields));

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void Tag(int field, int kind) => Raw(((ulong)field << 3) | (uint)kind);

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
    }
}
