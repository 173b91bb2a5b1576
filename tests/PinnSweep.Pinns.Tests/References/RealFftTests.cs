using System.Numerics;
using PinnSweep.Numerics.Spectral;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Pinns.Tests.References;

public sealed class RealFftTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(64)]
    public void Forward_equals_the_sum_that_defines_it(int n)
    {
        var values = Values(n);
        var spectrum = new Complex[(n / 2) + 1];

        new RealFft(n).Forward(values, spectrum);

        for (var k = 0; k <= n / 2; k++)
        {
            Complex expected = 0;
            for (var j = 0; j < n; j++)
            {
                expected += values[j] * Complex.FromPolarCoordinates(1, -2 * Math.PI * j * k / n);
            }

            Assert.Equal(0, (spectrum[k] - expected).Magnitude, 1e-13 * n);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(512)]
    public void Inverse_undoes_forward(int n)
    {
        var (values, back, spectrum, fft) = (Values(n), new double[n], new Complex[(n / 2) + 1], new RealFft(n));

        fft.Forward(values, spectrum);
        fft.Inverse(spectrum, back);

        Assert.All(values.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Fact]
    public void A_length_that_is_no_power_of_two_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new RealFft(12));

    private static double[] Values(int n)
    {
        var stream = new RandomStream(n, "fft");
        return [.. Enumerable.Range(0, n).Select(_ => stream.NextGaussian())];
    }
}
