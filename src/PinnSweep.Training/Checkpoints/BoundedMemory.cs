namespace PinnSweep.Training.Checkpoints;

/// <summary>Takes so many bytes and no more: what turns out to be longer is let go, and holds no memory any more.</summary>
/// <param name="most">Bytes that it keeps.</param>
internal sealed class BoundedMemory(int most) : MemoryStream
{
    /// <summary>What was written; null where that was too much.</summary>
    public byte[]? Content => IsOver ? null : ToArray();

    private bool IsOver { get; set; }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (IsOver || Length + buffer.Length > most)
        {
            IsOver = true;
            SetLength(0);
            Capacity = 0;
            return;
        }

        base.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);
}
