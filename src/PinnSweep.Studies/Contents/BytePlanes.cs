namespace PinnSweep.Studies.Contents;

/// <summary>
/// Numbers with their last bytes together, then the bytes before these and so on: signs, exponents and zeros repeat from number to number
/// and pack well, digits do not and would stand between them.
/// </summary>
internal static class BytePlanes
{
    /// <summary>Adds numbers of so many bytes each.</summary>
    public static void Write(BinaryWriter target, ReadOnlySpan<ulong> numbers, int bytes)
    {
        for (var plane = 0; plane < bytes; plane++)
        {
            foreach (var number in numbers)
            {
                target.Write((byte)((number >> (8 * plane)) & 0xff));
            }
        }
    }

    /// <summary>How many of something follow, each of at least a byte.</summary>
    /// <exception cref="InvalidDataException">More than there are bytes.</exception>
    public static int Count(BinaryReader source) => source.Read7BitEncodedInt() is >= 0 and var count && count <= source.BaseStream.Length - source.BaseStream.Position
        ? count
        : throw new InvalidDataException("numbers that end too soon");

    /// <summary>The next numbers of a source.</summary>
    /// <exception cref="InvalidDataException">It ends before.</exception>
    public static ulong[] Read(BinaryReader source, int count, int bytes)
    {
        if (count < 0 || (long)count * bytes > source.BaseStream.Length - source.BaseStream.Position)
        {
            throw new InvalidDataException("numbers that end too soon");
        }

        var numbers = new ulong[count];
        var planes = source.ReadBytes(count * bytes).AsSpan();
        for (var plane = 0; plane < bytes; plane++)
        {
            var one = planes.Slice(plane * count, count);
            for (var i = 0; i < count; i++)
            {
                numbers[i] |= (ulong)one[i] << (8 * plane);
            }
        }

        return numbers;
    }
}
