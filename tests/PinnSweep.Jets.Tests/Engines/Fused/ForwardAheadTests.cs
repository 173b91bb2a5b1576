using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Verification;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Testing;

namespace PinnSweep.Jets.Tests.Engines.Fused;

/// <summary>A forward pass ahead of the whole one changes what is computed twice, never what comes out.</summary>
public sealed class ForwardAheadTests
{
    public static TheoryData<int> Widths => [128, 256, 512];

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_pass_after_a_forward_pass_has_the_bits_of_a_pass_alone(int width)
    {
        for (var draw = 0; draw < 40; draw++)
        {
            var stream = new RandomStream(draw, "forward-ahead");
            var (dimension, outputs, count) = (1 + stream.NextInt(3), 1 + stream.NextInt(3), 1 + stream.NextInt(400));
            using var engine = new FusedJetEngine(ArbitraryNetwork.Draw(stream, dimension, outputs), draw % 2 == 0 ? Precision.Float32 : Precision.Float64, (SimdWidth)width);
            var program = ArbitraryNetwork.DrawProgram(stream, ArbitraryNetwork.DrawLayout(stream, dimension), outputs);
            double[] theta = [.. engine.Network.Initialize(stream), 0.7];
            engine.SetParameters(theta);
            var points = ArbitraryNetwork.DrawPoints(stream, count, dimension);
            var weights = Enumerable.Range(0, 2 * count).Select(_ => stream.NextDouble()).ToArray();
            using var ahead = engine.CreatePass(program);
            using var alone = engine.CreatePass(program);
            ahead.SetPoints(points);
            alone.SetPoints(points);

            var (losses, residuals) = Forward(ahead);

            var expected = Values(alone, theta.Length, weights);
            Assert.Equal(expected, Values(ahead, theta.Length, weights));
            Assert.Equal(expected, Values(ahead, theta.Length, weights));
            Assert.Equal(Combined(alone, theta.Length, weights), Combined(ahead, theta.Length, weights));
            Assert.Equal(expected.Take(2), losses);
            Assert.Equal(expected.Skip(4).Take(2 * count), residuals);
        }
    }

    [Fact]
    public void What_does_not_fit_the_memory_is_computed_again()
    {
        // About 0.9 MB of jets for every 64 points: 8,000 points are more than is kept.
        using var engine = new FusedJetEngine(BurgersCase.Network(400, 400), Precision.Float32);
        using var ahead = engine.CreatePass(BurgersCase.Program());
        using var alone = engine.CreatePass(BurgersCase.Program());
        var theta = engine.Network.Initialize(new RandomStream(1, "init"));
        engine.SetParameters(theta);
        var points = ArbitraryNetwork.DrawPoints(new RandomStream(1, "points"), 8000, 2);
        ahead.SetPoints(points);
        alone.SetPoints(points);

        Forward(ahead);

        Assert.Equal(Values(alone, theta.Length, []), Values(ahead, theta.Length, []));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Nothing_is_taken_over_after_new_parameters_or_points(bool newParameters, bool newPoints)
    {
        using var ahead = new BurgersCase(SimdWidths.Widest, Precision.Float64, 300);
        using var alone = new BurgersCase(SimdWidths.Widest, Precision.Float64, 300);
        Forward(ahead.Pass);
        foreach (var each in new[] { ahead, alone })
        {
            if (newParameters)
            {
                each.Engine.SetParameters(each.Engine.Network.Initialize(new RandomStream(2, "init")));
            }

            if (newPoints)
            {
                each.Pass.SetPoints(ArbitraryNetwork.DrawPoints(new RandomStream(2, "points"), 300, 2));
            }
        }

        Assert.Equal(Values(alone.Pass, alone.Theta.Length, []), Values(ahead.Pass, ahead.Theta.Length, []));
    }

    [Fact]
    public void A_forward_pass_after_the_first_allocates_nothing()
    {
        using var burgers = new BurgersCase(SimdWidths.Widest, Precision.Float32, 300);
        var (losses, residuals) = Forward(burgers.Pass);

        Assert.Equal(0, Allocations.Of(() =>
        {
            burgers.Engine.SetParameters(burgers.Theta);
            burgers.Pass.Forward(losses, residuals);
        }));
    }

    private static (double[] Losses, double[] Residuals) Forward(ILossPass pass)
    {
        var (losses, residuals) = (new double[pass.Program.Results.Length], new double[pass.Program.Results.Length * pass.PointCount]);
        pass.Forward(losses, residuals);
        return (losses, residuals);
    }

    // Losses, weighted losses, residuals, gradients.
    private static double[] Values(ILossPass pass, int parameters, double[] weights)
    {
        var m = pass.Program.Results.Length;
        var (losses, weighted, residuals) = (new double[m], new double[m], new double[m * pass.PointCount]);
        var gradients = new double[m * parameters];
        pass.Run(weights, losses, weighted, residuals, gradients);
        return [.. losses, .. weighted, .. residuals, .. gradients];
    }

    private static double[] Combined(ILossPass pass, int parameters, double[] weights)
    {
        var m = pass.Program.Results.Length;
        var gradient = new double[parameters];
        pass.RunCombined(weights, [.. Enumerable.Range(1, m).Select(j => (double)j)], new double[m], new double[m], new double[m * pass.PointCount], gradient);
        return gradient;
    }
}
