using System.Security.Cryptography;
using System.Text;

namespace PinnSweep.Numerics.Streams;

/// <summary>
/// A named random stream: Philox 4×32-10 (Salmon, Moraes, Dror, Shaw, SC'11) keyed by seed and name. Position <c>n</c> is a pure
/// function of (seed, name, n), so streams can be left and entered again, and using one never moves another.
/// </summary>
public sealed class RandomStream
{
    private readonly uint _key0;
    private readonly uint _key1;
    private readonly uint _high0;
    private readonly uint _high1;
    private readonly uint[] _block = new uint[4];
    private ulong _blockIndex = ulong.MaxValue;

    /// <summary>The stream of a name under a seed. SHA-256 of both gives key and upper counter words.</summary>
    public RandomStream(long seed, string name)
    {
        Name = name;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{name}")));
        _key0 = BitConverter.ToUInt32(hash, 0);
        _key1 = BitConverter.ToUInt32(hash, 4);
        _high0 = BitConverter.ToUInt32(hash, 8);
        _high1 = BitConverter.ToUInt32(hash, 12);
    }

    /// <summary>What the stream is for.</summary>
    public string Name { get; }

    /// <summary>How many 32-bit words have been drawn: the whole state. May be set.</summary>
    public ulong Position { get; set; }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        var block = Position >> 2;
        if (block != _blockIndex)
        {
            Philox4x32.Block(unchecked((uint)block), unchecked((uint)(block >> 32)), _high0, _high1, _key0, _key1, _block);
            _blockIndex = block;
        }

        return _block[(int)(Position++ & 3)];
    }

    /// <summary>Uniform on [0, 1) with 53 bits; two words.</summary>
    public double NextDouble()
    {
        var high = NextUInt32();
        return PhiloxDoubles.ToDouble(high, NextUInt32());
    }

    /// <summary>The values that as many calls of <see cref="NextDouble"/> would give, many times faster.</summary>
    public void FillUniform(Span<double> values)
    {
        if ((Position & 2) != 0 && values.Length > 0)
        {
            values[0] = NextDouble();
            values = values[1..];
        }

        // From an odd position every double straddles two words of a pair, and often two blocks.
        var whole = (Position & 1) == 0 ? values.Length & ~1 : 0;
        PhiloxDoubles.Fill(Position >> 2, _high0, _high1, _key0, _key1, values[..whole]);
        Position += 2 * (ulong)whole;
        foreach (ref var value in values[whole..])
        {
            value = NextDouble();
        }
    }

    /// <summary>Standard normal by Box–Muller; four words, one value (the twin is dropped so that position tells all).</summary>
    public double NextGaussian()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Uniform on 0 … bound − 1 without bias.</summary>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var limit = unchecked((uint)(-bound)) % (uint)bound;
        while (true)
        {
            var product = (ulong)NextUInt32() * (uint)bound;
            if (unchecked((uint)product) >= limit)
            {
                return (int)(product >> 32);
            }
        }
    }
}
