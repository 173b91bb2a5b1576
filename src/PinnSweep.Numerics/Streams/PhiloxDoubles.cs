using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PinnSweep.Numerics.Streams;

/// <summary>
/// Uniform doubles straight from Philox blocks, two a block. Drawn word by word, the 1,280 × 2 coordinates of a resampled interior would
/// cost more than some training steps; here four blocks run side by side in each vector, and two vectors in flight hide the multiplier's
/// latency.
/// </summary>
internal static class PhiloxDoubles
{
    private const ulong Multiplier0 = 0xD2511F53;
    private const ulong Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const double HighUnit = 1.0 / (1UL << 26);
    private const double LowUnit = 1.0 / (1UL << 53);

    /// <summary>Fills an even number of doubles from the blocks that begin with <paramref name="block"/>.</summary>
    public static void Fill(ulong block, uint high0, uint high1, uint key0, uint key1, Span<double> values)
    {
        if (Avx2.IsSupported)
        {
            const int Stride = 16;
            while (values.Length >= Stride)
            {
                Fill16(block, high0, high1, key0, key1, values);
                values = values[Stride..];
                block = unchecked(block + (Stride / 2));
            }
        }

        Span<uint> words = stackalloc uint[4];
        for (; values.Length >= 2; values = values[2..], block = unchecked(block + 1))
        {
            Philox4x32.Block(unchecked((uint)block), unchecked((uint)(block >> 32)), high0, high1, key0, key1, words);
            values[0] = ToDouble(words[0], words[1]);
            values[1] = ToDouble(words[2], words[3]);
        }
    }

    /// <summary>53 bits of two words as a number in [0, 1).</summary>
    public static double ToDouble(uint high, uint low) => (((ulong)(high >> 6) << 27) | (low >> 5)) * LowUnit;

    /// <summary>Written out for both vectors, since tuples of vectors would live in memory instead of registers.</summary>
    private static void Fill16(ulong block, uint high0, uint high1, uint key0, uint key1, Span<double> values)
    {
        // A lane of 64 bits carries a word in its lower half; the upper half is rubbish that no operation reads.
        var multiplier0 = Vector256.Create(Multiplier0).AsUInt32();
        var multiplier1 = Vector256.Create(Multiplier1).AsUInt32();
        var a0 = Vector256.Create(block) + Vector256.Create(0UL, 1, 2, 3);
        var b0 = a0 + Vector256.Create(4UL);
        var a1 = a0 >> 32;
        var b1 = b0 >> 32;
        var a2 = Vector256.Create((ulong)high0);
        var b2 = a2;
        var a3 = Vector256.Create((ulong)high1);
        var b3 = a3;
        for (var round = 0; round < 10; round++)
        {
            var k0 = Vector256.Create((ulong)key0);
            var k1 = Vector256.Create((ulong)key1);
            var product0 = Avx2.Multiply(a0.AsUInt32(), multiplier0);
            var product1 = Avx2.Multiply(a2.AsUInt32(), multiplier1);
            a0 = (product1 >> 32) ^ a1 ^ k0;
            a1 = product1;
            a2 = (product0 >> 32) ^ a3 ^ k1;
            a3 = product0;
            product0 = Avx2.Multiply(b0.AsUInt32(), multiplier0);
            product1 = Avx2.Multiply(b2.AsUInt32(), multiplier1);
            b0 = (product1 >> 32) ^ b1 ^ k0;
            b1 = product1;
            b2 = (product0 >> 32) ^ b3 ^ k1;
            b3 = product0;
            key0 = unchecked(key0 + Weyl0);
            key1 = unchecked(key1 + Weyl1);
        }

        Store(ToDouble(a0, a1), ToDouble(a2, a3), values);
        Store(ToDouble(b0, b1), ToDouble(b2, b3), values[8..]);
    }

    /// <summary>
    /// Both halves become doubles by the exponent trick, exactly; their sum has 53 bits, so it is exact too and equals the scalar one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ToDouble(Vector256<ulong> high, Vector256<ulong> low)
    {
        const double TwoTo52 = 4503599627370496;
        var exponent = Vector256.Create(TwoTo52);
        var high26 = ((high & Vector256.Create(0xFFFFFFFFUL)) >> 6) | exponent.AsUInt64();
        var low27 = ((low & Vector256.Create(0xFFFFFFFFUL)) >> 5) | exponent.AsUInt64();
        return ((high26.AsDouble() - exponent) * HighUnit) + ((low27.AsDouble() - exponent) * LowUnit);
    }

    /// <summary>Block by block: the first and second double of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<double> first, Vector256<double> second, Span<double> values)
    {
        var even = Avx.UnpackLow(first, second);
        var odd = Avx.UnpackHigh(first, second);
        Avx.Permute2x128(even, odd, 0x20).CopyTo(values);
        Avx.Permute2x128(even, odd, 0x31).CopyTo(values[4..]);
    }
}
