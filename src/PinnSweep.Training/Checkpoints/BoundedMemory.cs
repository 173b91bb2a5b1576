namespace PinnSweep.Training.Checkpoints;

/// <summary>Takes so many bytes and no more: what turns out to be longer is let go, and holds no memory any more.</summary>
/// <param name="most">Bytes that it keeps.</param>
internal sealed class BoundedMemory(int most) : MemoryStream
{
    private bool _isOver;

    /// <summary>What was written; null where that was too much.</summary>
    public byte[]? Content => _isOver ? null : ToArray();

    /// <summary>Spans come here too: of a class that derives from it, MemoryStream has them written as arrays.</summary>
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (Takes(count))
        {
            base.Write(buffer, offset, count);
        }
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value)
    {
        if (Takes(1))
        {
            base.WriteByte(value);
        }
    }

    private bool Takes(int count)
    {
        if (!_isOver && Length + count > most)
        {
            _isOver = true;
            SetLength(0);
            Capacity = 0;
        }

        return !_isOver;
    }
}
