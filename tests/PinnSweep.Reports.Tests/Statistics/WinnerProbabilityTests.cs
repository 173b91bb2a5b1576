using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

public class WinnerProbabilityTests
{
    [Fact]
    public void Equal_methods_share_the_chance() => Assert.All(WinnerProbability.Of([(0.1, 0.05), (0.1, 0.05), (0.1, 0.05), (0.1, 0.05)]), chance => Assert.Equal(0.25, chance, 9));

    [Fact]
    public void Methods_without_spread_are_first_or_not_and_share_a_tie()
    {
        Assert.Equal([1, 0], WinnerProbability.Of([(0.1, 0), (0.2, 0)]));
        Assert.Equal([0.5, 0.5, 0], WinnerProbability.Of([(0.1, 0), (0.1, 0), (0.2, 0)]));
    }

    [Fact]
    public void Two_log_normals_have_the_closed_form()
    {
        var chances = WinnerProbability.Of([(0.1, 0.03), (0.13, 0.06)]);

        // Φ((μ₂ − μ₁)/√(σ₁² + σ₂²)).
        var (first, second) = (Math.Log(1 + (0.3 * 0.3)), Math.Log(1 + (6.0 / 13 * 6 / 13)));
        var expected = MathNet.Numerics.Distributions.Normal.CDF(0, 1, (Math.Log(1.3) - (second / 2) + (first / 2)) / Math.Sqrt(first + second));
        Assert.Equal(expected, chances[0], 9);
        Assert.Equal(1, chances.Sum(), 9);
    }

    [Fact]
    public void A_narrow_one_among_wide_ones_is_not_stepped_over()
    {
        var chances = WinnerProbability.Of([(0.1, 0.2), (0.05, 1e-9), (1, 0.9), (3e-3, 0.1)]);

        Assert.Equal(1, chances.Sum(), 6);
        Assert.All(chances, chance => Assert.InRange(chance, 0, 1));
    }

    [Fact]
    public void Draws_agree()
    {
        (double Mean, double Deviation)[] methods = [(0.0145, 0.0016), (0.0133, 0.0001), (0.0143, 0.0014), (0.0184, 0.003)];
        var random = new RandomStream(1, "audit");
        var wins = new int[methods.Length];
        const int draws = 40_000;
        for (var draw = 0; draw < draws; draw++)
        {
            var values = methods.Select(method =>
            {
                var variance = Math.Log(1 + Math.Pow(method.Deviation / method.Mean, 2));
                return Math.Log(method.Mean) - (variance / 2) + (Math.Sqrt(variance) * random.NextGaussian());
            }).ToArray();
            wins[Array.IndexOf(values, values.Min())]++;
        }

        var chances = WinnerProbability.Of(methods);
        Assert.All(chances.Zip(wins), pair => Assert.InRange(pair.Second / (double)draws, pair.First - 0.01, pair.First + 0.01));
    }
}
