using CsCheck;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Pinns.Tests.Streams;

public sealed class RandomStreamTests
{
    [Fact]
    public void FillUniform_from_any_position_equals_repeated_draws() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 200], Gen.Long).Sample((skip, count, seed) =>
        {
            var (bulk, single) = (new RandomStream(seed, "interior"), new RandomStream(seed, "interior"));
            for (var i = 0; i < skip; i++)
            {
                bulk.NextUInt32();
                single.NextUInt32();
            }

            var filled = new double[count];
            bulk.FillUniform(filled);

            var drawn = Enumerable.Range(0, count).Select(_ => single.NextDouble()).ToArray();
            Assert.Equal(drawn, filled);
            Assert.Equal(single.Position, bulk.Position);
            Assert.Equal(single.NextUInt32(), bulk.NextUInt32());
        });

    [Fact]
    public void Position_restored_in_another_stream_gives_the_same_draws()
    {
        var first = new RandomStream(7, "balancer");
        for (var i = 0; i < 13; i++)
        {
            first.NextUInt32();
        }

        var second = new RandomStream(7, "balancer") { Position = first.Position };

        Assert.Equal(Draws(first, 20), Draws(second, 20));
    }

    [Fact]
    public void Position_set_back_gives_the_same_draws_again()
    {
        var stream = new RandomStream(7, "init");
        var before = Draws(stream, 9);

        stream.Position = 0;

        Assert.Equal(before, Draws(stream, 9));
    }

    [Fact]
    public void A_draw_from_one_stream_moves_no_other()
    {
        var (left, alone) = (new RandomStream(1, "interior"), new RandomStream(1, "interior"));
        var other = new RandomStream(1, "boundary");

        var mixed = Enumerable.Range(0, 50).Select(_ => { other.NextGaussian(); return left.NextUInt32(); }).ToArray();

        Assert.Equal(Draws(alone, 50), mixed);
    }

    /// <summary>
    /// Frozen: should these change, every published number of the same seed would. The words are those of another program: SHA-256 of
    /// "1/init" gives key and upper counter words (little-endian), ten rounds of Philox 4×32 the rest.
    /// </summary>
    [Fact]
    public void The_first_words_of_a_stream_never_change() =>
        Assert.Equal("2624eb4f a1fd1e4e 9919ff47 5e647d3c dbf1aa17", string.Join(' ', Draws(new(1, "init"), 5).Select(word => word.ToString("x8", null))));

    [Fact]
    public void Streams_of_other_names_or_seeds_are_uncorrelated()
    {
        const int Count = 20_000;
        var streams = new[] { new RandomStream(1, "init"), new(1, "interior"), new(2, "init"), new(-1, "init") };
        var columns = Array.ConvertAll(streams, stream => { var values = new double[Count]; stream.FillUniform(values); return values; });

        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var correlation = 12 * columns[i].Zip(columns[j], (x, y) => (x - 0.5) * (y - 0.5)).Average();
                Assert.InRange(correlation * Math.Sqrt(Count), -4, 4);
            }
        }
    }

    [Fact]
    public void NextDouble_has_the_moments_and_bins_of_a_uniform()
    {
        const int Count = 100_000;
        var values = new double[Count];

        new RandomStream(3, "moments").FillUniform(values);

        Assert.All(values, value => Assert.InRange(value, 0, 1 - 1e-16));
        Assert.InRange(values.Average(), 0.5 - 0.004, 0.5 + 0.004);
        Assert.InRange(values.Average(x => x * x), (1 / 3.0) - 0.004, (1 / 3.0) + 0.004);
        Assert.InRange(ChiSquare(values.Select(x => (int)(x * 50)), 50, Count), 20, 95);
    }

    [Fact]
    public void NextGaussian_has_the_moments_of_a_standard_normal()
    {
        const int Count = 100_000;
        var stream = new RandomStream(3, "normal");

        var values = Enumerable.Range(0, Count).Select(_ => stream.NextGaussian()).ToArray();

        Assert.InRange(values.Average(), -0.013, 0.013);
        Assert.InRange(values.Average(x => x * x), 0.98, 1.02);
        Assert.InRange(values.Average(x => x * x * x), -0.05, 0.05);
        Assert.InRange(values.Average(x => x * x * x * x), 2.88, 3.12);
    }

    /// <summary>
    /// With a bound of 3·2^29 the plain high word of the product would give two numbers of three three words of eight each, and the third
    /// only two.
    /// </summary>
    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(3 << 29)]
    public void NextInt_favours_no_number(int bound)
    {
        const int Count = 60_000;
        var stream = new RandomStream(5, "order");

        var values = Enumerable.Range(0, Count).Select(_ => stream.NextInt(bound)).ToArray();

        Assert.All(values, value => Assert.InRange(value, 0, bound - 1));
        Assert.InRange(ChiSquare(values.Select(value => value % 3), 3, Count, bound % 3 == 0 ? null : [3, 2, 2]), 0, 16);
    }

    [Fact]
    public void NextInt_of_no_numbers_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, "order").NextInt(0));

    private static uint[] Draws(RandomStream stream, int count) => [.. Enumerable.Range(0, count).Select(_ => stream.NextUInt32())];

    private static double ChiSquare(IEnumerable<int> values, int bins, int count, double[]? shares = null)
    {
        var counts = new int[bins];
        foreach (var value in values)
        {
            counts[value]++;
        }

        shares ??= [.. Enumerable.Repeat(1.0, bins)];
        return counts.Select((observed, bin) => Math.Pow(observed - (count * shares[bin] / shares.Sum()), 2) / (count * shares[bin] / shares.Sum())).Sum();
    }
}
