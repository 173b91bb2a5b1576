using System.Security.Cryptography;

namespace PinnSweep.Cluster.Wire;

/// <summary>
/// What tells bytes that rest in a database for years from bytes of which one has changed: a part of their SHA-256, behind them, as a field
/// that no message has and every reader of Protobuf passes over. What was written before there were seals has none and is read as it is.
/// </summary>
internal static class Seal
{
    private const int HashBytes = 4;

    /// <summary>Field 2047 of eight bytes, the first four of which are always these. No message ends so by chance.</summary>
    private static ReadOnlySpan<byte> Mark => [0xfa, 0x7f, 0x08, (byte)'s', (byte)'e', (byte)'a', (byte)'l'];

    /// <summary>The bytes with their seal.</summary>
    public static byte[] Put(byte[] bytes) => [.. bytes, .. Mark, .. SHA256.HashData(bytes).AsSpan(0, HashBytes)];

    /// <summary>False when the bytes do not fit to their seal.</summary>
    public static bool IsWhole(byte[] bytes)
    {
        var sealedBytes = bytes.Length - Mark.Length - HashBytes;
        return sealedBytes < 0
            || !bytes.AsSpan(sealedBytes, Mark.Length).SequenceEqual(Mark)
            || SHA256.HashData(bytes.AsSpan(0, sealedBytes)).AsSpan(0, HashBytes).SequenceEqual(bytes.AsSpan(sealedBytes + Mark.Length));
    }
}
