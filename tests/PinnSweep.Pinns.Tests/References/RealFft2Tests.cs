using System.Numerics;
using PinnSweep.Numerics.Spectral;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Pinns.Tests.References;

public sealed class RealFft2Tests
{
    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    public void Forward_equals_the_sum_that_defines_it(int n)
    {
        var (values, fft) = (Values(n), new RealFft2(n));
        var spectrum = new Complex[fft.Modes];

        fft.Forward(values, spectrum);

        foreach (var ((first, second), found) in fft.Order().Zip(spectrum))
        {
            Complex expected = 0;
            for (var i = 0; i < values.Length; i++)
            {
                expected += values[i] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((first * (i / n)) + (second * (i % n))) / n);
            }

            Assert.Equal(0, (found - expected).Magnitude, 1e-12 * n);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public void Inverse_gives_the_field_of_the_kept_modes(int n)
    {
        var fft = new RealFft2(n);
        var (spectrum, again, field, back) = (new Complex[fft.Modes], new Complex[fft.Modes], new double[n * n], new double[n * n]);
        fft.Forward(Values(n), spectrum);

        fft.Inverse(spectrum, field);
        fft.Forward(field, again);
        fft.Inverse(again, back);

        Assert.All(spectrum.Zip(again), pair => Assert.Equal(0, (pair.First - pair.Second).Magnitude, 1e-11));
        Assert.All(field.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Fact]
    public void A_wave_has_the_mode_of_its_wave_numbers()
    {
        const int N = 16;
        var fft = new RealFft2(N);
        var spectrum = new Complex[fft.Modes];

        fft.Forward([.. Enumerable.Range(0, N * N).Select(i => Math.Cos(2 * Math.PI * ((3 * (i / N)) - (2 * (i % N))) / N))], spectrum);

        foreach (var (mode, found) in fft.Order().Zip(spectrum))
        {
            Assert.Equal(mode == (3, -2) ? N * N / 2 : 0, found.Real, 1e-11);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(24)]
    public void A_size_that_is_no_power_of_two_from_eight_is_refused(int n) => Assert.Throws<ArgumentOutOfRangeException>(() => new RealFft2(n));

    private static double[] Values(int n)
    {
        var stream = new RandomStream(n, "fft");
        return [.. Enumerable.Range(0, n * n).Select(_ => stream.NextGaussian())];
    }
}
