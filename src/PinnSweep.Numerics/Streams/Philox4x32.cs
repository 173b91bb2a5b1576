namespace PinnSweep.Numerics.Streams;

/// <summary>The Philox 4×32-10 block function (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11).</summary>
internal static class Philox4x32
{
    /// <summary>Ten rounds on a 128-bit counter under a 64-bit key; writes four words.</summary>
    public static void Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, Span<uint> output)
    {
        unchecked
        {
            for (var round = 0; round < 10; round++)
            {
                var product0 = 0xD2511F53UL * c0;
                var product1 = 0xCD9E8D57UL * c2;
                c0 = (uint)(product1 >> 32) ^ c1 ^ k0;
                c1 = (uint)product1;
                c2 = (uint)(product0 >> 32) ^ c3 ^ k1;
                c3 = (uint)product0;
                k0 += 0x9E3779B9;
                k1 += 0xBB67AE85;
            }
        }

        output[0] = c0;
        output[1] = c1;
        output[2] = c2;
        output[3] = c3;
    }
}
