using System.Text;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Contents;

/// <summary>
/// A solution with its reference. The reference stands as it is. What the network says is told by its distance, in neighbouring numbers of
/// single precision, from a guess: reference plus the error at this point if its second differences along both axes vanished. That takes a
/// fifth off; third differences, and polynomials over the whole grid, take no more.
/// </summary>
internal static class PackedField
{
    private const int Bytes = sizeof(uint);

    /// <summary>The field; null where its numbers are no grid, or its words not those of <see cref="SolutionField.Pack"/>.</summary>
    public static byte[]? Write(SolutionField field)
    {
        if (Grid(field, field.Reference) is not { } reference || Grid(field, field.Predicted) is not { } predicted)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        using var target = new BinaryWriter(bytes, Encoding.UTF8);
        target.Write(field.Output);
        target.Write7BitEncodedInt(field.Axes.Length);
        foreach (var axis in field.Axes)
        {
            target.Write(axis);
        }

        target.Write7BitEncodedInt(field.First.Length);
        target.Write7BitEncodedInt(field.Second.Length);
        BytePlanes.Write(target, Bits(field.First.AsSpan()), Bytes);
        BytePlanes.Write(target, Bits(field.Second.AsSpan()), Bytes);
        BytePlanes.Write(target, Bits(reference), Bytes);
        var distances = new ulong[predicted.Length];
        for (var i = 0; i < distances.Length; i++)
        {
            var distance = unchecked((int)(Place(predicted[i]) - Place(Guess(predicted, reference, i, field.Second.Length))));
            distances[i] = unchecked((uint)((distance << 1) ^ (distance >> 31)));
        }

        BytePlanes.Write(target, distances, Bytes);
        return bytes.ToArray();
    }

    /// <summary>The inverse of <see cref="Write"/>.</summary>
    public static SolutionField Read(byte[] packed)
    {
        using var source = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        var output = source.ReadString();
        var axes = new string[BytePlanes.Count(source)];
        for (var i = 0; i < axes.Length; i++)
        {
            axes[i] = source.ReadString();
        }

        var (rows, columns) = (BytePlanes.Count(source), BytePlanes.Count(source));
        float[] Numbers(int count) => Array.ConvertAll(BytePlanes.Read(source, count, Bytes), bits => BitConverter.UInt32BitsToSingle((uint)bits));
        var (first, second, reference) = (Numbers(rows), Numbers(columns), Numbers(checked(rows * columns)));
        var distances = BytePlanes.Read(source, reference.Length, Bytes);
        var predicted = new float[reference.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            var distance = (uint)distances[i];
            predicted[i] = Number(unchecked(Place(Guess(predicted, reference, i, columns)) + ((distance >> 1) ^ (0 - (distance & 1)))));
        }

        return new(output, [.. axes], [.. first], [.. second], SolutionField.Pack(predicted), SolutionField.Pack(reference));
    }

    private static float[]? Grid(SolutionField field, string packed)
    {
        try
        {
            var values = SolutionField.Unpack(packed);
            return values.Length == field.First.Length * field.Second.Length && SolutionField.Pack(values) == packed ? values : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // Only sums and differences of doubles, in one order: every machine guesses the same. Nothing is guessed from what is not finite.
    private static float Guess(float[] predicted, float[] reference, int at, int columns)
    {
        var (row, column) = (at / columns, at % columns);
        var guess = float.IsFinite(reference[at]) ? reference[at] : 0.0;
        for (var i = 0; i <= Math.Min(2, row); i++)
        {
            for (var j = 0; j <= Math.Min(2, column); j++)
            {
                if (i + j > 0)
                {
                    var other = at - (i * columns) - j;
                    guess -= Weight(i, row) * Weight(j, column) * (predicted[other] - (float.IsFinite(reference[other]) ? (double)reference[other] : 0));
                }
            }
        }

        var single = (float)guess;
        return float.IsFinite(single) ? single : 0;
    }

    // 1, −2, 1 of a second difference; at the edge 1, −1 of a first.
    private static int Weight(int back, int place) => back switch { 0 => 1, 1 => place == 1 ? -1 : -2, _ => 1 };

    // Numbers of single precision in their order, every one at a place of its own.
    private static uint Place(float number)
    {
        var bits = BitConverter.SingleToUInt32Bits(number);
        return (bits >> 31) == 0 ? bits | 0x80000000 : ~bits;
    }

    private static float Number(uint place) => BitConverter.UInt32BitsToSingle((place >> 31) == 0 ? ~place : place & 0x7fffffff);

    private static ulong[] Bits(ReadOnlySpan<float> numbers)
    {
        var bits = new ulong[numbers.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.SingleToUInt32Bits(numbers[i]);
        }

        return bits;
    }
}
