using PinnSweep.Methods.Optimizers;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Testing;

namespace PinnSweep.Pinns.Tests.Optimizers;

public sealed class AdamTests
{
    /// <summary>
    /// First step: m̂ = g, v̂ = g², so θ moves by lr g / (|g| + ε) = 0.1 · 0.5 / (0.5 + 0.5) = 0.05 with ε = 0.5; epsilon-hat would give
    /// 0.1 · 0.5 · √0.001 / (0.5 √0.001 + 0.5) · … ≈ 0.003.
    /// </summary>
    [Fact]
    public void Epsilon_is_added_to_the_corrected_root()
    {
        var adam = Create(1, ("lr", 0.1), ("epsilon", 0.5));
        double[] theta = [1];

        adam.Step(theta, [0.5], 0);

        Assert.Equal(0.95, theta[0], 1e-15);
    }

    /// <summary>
    /// g = 1 then −2: m = 0.9·0.1 − 0.2 = −0.11, m̂ = −0.11/0.19; v = 0.999·0.001 + 0.004 = 0.004999, v̂ = 0.004999/0.001999.
    /// </summary>
    [Fact]
    public void Two_steps_by_hand()
    {
        var adam = Create(1, ("lr", 0.1), ("epsilon", 1e-8));
        double[] theta = [0];

        adam.Step(theta, [1], 0);
        adam.Step(theta, [-2], 0);

        var expected = (-0.1 / (1 + 1e-8)) - (0.1 * (-0.11 / 0.19) / (Math.Sqrt(0.004999 / 0.001999) + 1e-8));
        Assert.Equal(expected, theta[0], 1e-14);
    }

    /// <summary>
    /// The update as PyTorch's documentation writes it, element by element; 1003 entries leave a remainder beside whole vectors.
    /// </summary>
    [Fact]
    public void Vectors_and_remainders_follow_the_plain_formulas()
    {
        const int Length = 1003;
        var stream = new RandomStream(1, "init");
        var adam = Create(Length, ("lr", 0.02), ("beta1", 0.8), ("beta2", 0.95), ("epsilon", 1e-6));
        double[] theta = [.. Enumerable.Range(0, Length).Select(_ => stream.NextGaussian())];
        double[] expected = [.. theta];
        var (m, v) = (new double[Length], new double[Length]);
        for (var step = 1; step <= 20; step++)
        {
            double[] gradient = [.. Enumerable.Range(0, Length).Select(_ => stream.NextGaussian() * 1e-3)];
            adam.Step(theta, gradient, 0);
            for (var i = 0; i < Length; i++)
            {
                m[i] = (0.8 * m[i]) + (0.2 * gradient[i]);
                v[i] = (0.95 * v[i]) + (0.05 * gradient[i] * gradient[i]);
                expected[i] -= 0.02 / (1 - Math.Pow(0.8, step)) * m[i] / ((Math.Sqrt(v[i]) / Math.Sqrt(1 - Math.Pow(0.95, step))) + 1e-6);
            }
        }

        Assert.Equal(expected, theta, (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void Weight_decay_shrinks_before_the_step()
    {
        var adam = Create(1, ("lr", 0.1), ("weight_decay", 0.5));
        double[] theta = [2];

        adam.Step(theta, [0], 0);

        Assert.Equal(2 * (1 - 0.05), theta[0], 1e-15);
    }

    [Fact]
    public void Single_precision_training_rounds_theta()
    {
        var adam = OptimizerCatalog.Create(new(1, RoundToSingle: true), MethodLevels.Of(Adam.Entry.Method, ("lr", 0.1)));
        double[] theta = [1];

        adam.Step(theta, [1], 0);

        Assert.Equal((float)0.9, theta[0]);
    }

    [Fact]
    public void A_restored_optimizer_continues_bit_for_bit()
    {
        (string, object)[] parameters =
        [
            ("decay", new (string, object)[] { ("rate", 0.5), ("every", 3) }),
            ("plateau", new (string, object)[] { ("every", 2), ("patience", 0) }),
            ("warm_up", 4),
        ];
        var uninterrupted = Create(10, parameters);
        var first = Create(10, parameters);
        var restored = Create(10, parameters);
        var (a, b) = (new double[10], new double[10]);
        Take(uninterrupted, a, 0, 15);
        Take(first, b, 0, 7);

        using var state = new MemoryStream();
        using (var writer = new StateWriter(state))
        {
            first.State(writer);
        }

        state.Position = 0;
        using (var reader = new StateReader(state))
        {
            restored.State(reader);
        }

        Take(restored, b, 7, 15);

        Assert.Equal(a, b);
        Assert.Equal(uninterrupted.LearningRate, restored.LearningRate);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var adam = Create(100, ("decay", new (string, object)[] { ("rate", 0.5) }), ("plateau", new (string, object)[] { ("every", 2) }));
        var theta = new double[100];
        var gradient = Enumerable.Repeat(0.1, 100).ToArray();
        void Steps()
        {
            for (var step = 0; step < 50; step++)
            {
                adam.Step(theta, gradient, 1);
            }
        }

        Steps();

        Assert.Equal(0, Allocations.Of(Steps));
    }

    private static IOptimizer Create(int length, params (string, object)[] parameters) =>
        OptimizerCatalog.Create(new(length, RoundToSingle: false), MethodLevels.Of(Adam.Entry.Method, parameters));

    private static void Take(IOptimizer optimizer, double[] theta, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            var stream = new RandomStream(step, "gradient");
            optimizer.Step(theta, [.. theta.Select(_ => stream.NextGaussian())], stream.NextDouble());
        }
    }
}
