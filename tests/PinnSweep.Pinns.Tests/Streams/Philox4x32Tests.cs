using PinnSweep.Numerics.Streams;

namespace PinnSweep.Pinns.Tests.Streams;

public sealed class Philox4x32Tests
{
    /// <summary>The known-answer vectors of philox4x32-10 that Random123 publishes (<c>kat_vectors</c>).</summary>
    [Theory]
    [InlineData(new uint[] { 0, 0, 0, 0 }, 0, 0, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(
        new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, 0xffffffff, 0xffffffff, new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(
        new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, 0xa4093822, 0x299f31d0, new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void Block_of_a_published_vector_gives_the_published_words(uint[] counter, uint key0, uint key1, uint[] expected)
    {
        var words = new uint[4];

        Philox4x32.Block(counter[0], counter[1], counter[2], counter[3], key0, key1, words);

        Assert.Equal(expected, words);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(0xFFFF_FFFCUL)]
    [InlineData(0xFFFF_FFFF_FFFF_FFF9UL)]
    public void Doubles_of_many_blocks_are_those_of_each_block_even_where_the_counter_carries(ulong first)
    {
        var values = new double[54];

        PhiloxDoubles.Fill(first, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, values);

        var words = new uint[4];
        for (var i = 0; i < values.Length / 2; i++)
        {
            var block = unchecked(first + (ulong)i);
            Philox4x32.Block(unchecked((uint)block), (uint)(block >> 32), 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, words);
            Assert.Equal(PhiloxDoubles.ToDouble(words[0], words[1]), values[2 * i]);
            Assert.Equal(PhiloxDoubles.ToDouble(words[2], words[3]), values[(2 * i) + 1]);
        }
    }
}
