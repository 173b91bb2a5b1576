using System.Buffers.Binary;
using System.Collections.Immutable;

namespace PinnSweep.Studies.Trials;

/// <summary>A solution of two coordinates on a thinned test grid, beside the reference: enough for a picture, not for an error.</summary>
/// <param name="Output">Name of the output shown.</param>
/// <param name="Axes">Names of the two coordinates.</param>
/// <param name="First">Grid values of the first coordinate, ascending.</param>
/// <param name="Second">Grid values of the second coordinate, ascending.</param>
/// <param name="Predicted">u as Base64 of little-endian single-precision numbers, the second coordinate running fastest.</param>
/// <param name="Reference">u* in the same form.</param>
public sealed record SolutionField(string Output, ImmutableArray<string> Axes, ImmutableArray<float> First, ImmutableArray<float> Second, string Predicted, string Reference)
{
    /// <summary>Points of an axis at most.</summary>
    public const int MostPoints = 33;

    /// <summary>Numbers as <see cref="Predicted"/> holds them.</summary>
    public static string Pack(ReadOnlySpan<float> values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>The inverse of <see cref="Pack"/>.</summary>
    public static float[] Unpack(string text)
    {
        var bytes = Convert.FromBase64String(text);
        var values = new float[bytes.Length / 4];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 * i));
        }

        return values;
    }
}
