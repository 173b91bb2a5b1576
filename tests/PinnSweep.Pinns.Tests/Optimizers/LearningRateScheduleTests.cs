using PinnSweep.Methods.Optimizers;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Pinns.Tests.Optimizers;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Without_a_schedule_the_rate_is_constant() => AssertRates([1, 1, 1], Rates(3));

    /// <summary>0.25^(t/2) is 1, 1/2, 1/4, 1/8 smoothly and 1, 1, 1/4, 1/4 by stairs.</summary>
    [Theory]
    [InlineData(false, new[] { 1, 0.5, 0.25, 0.125 })]
    [InlineData(true, new[] { 1, 1, 0.25, 0.25 })]
    public void Decay_is_smooth_or_by_stairs(bool staircase, double[] expected) =>
        AssertRates(expected, Rates(4, ("decay", new (string, object)[] { ("rate", 0.25), ("every", 2), ("staircase", staircase) })));

    [Fact]
    public void Warm_up_rises_linearly_to_the_full_rate() => AssertRates([0.25, 0.5, 0.75, 1, 1], Rates(5, ("warm_up", 4)));

    /// <summary>From 1 to 0.2 over two steps: the middle is 0.6; afterwards it stays.</summary>
    [Fact]
    public void Cosine_falls_to_its_minimum_and_stays() =>
        AssertRates([1, 0.6, 0.2, 0.2], Rates(4, ("cosine", new (string, object)[] { ("steps", 2), ("minimum", 0.2) })));

    /// <summary>Every step is a look; the first sets the best, two without progress are forgiven, the third lowers the rate.</summary>
    [Fact]
    public void Plateau_lowers_the_rate_after_its_patience()
    {
        var optimizer = Create(("plateau", new (string, object)[] { ("every", 1), ("patience", 2), ("factor", 0.5) }));
        var rates = new List<double>();
        foreach (var loss in new[] { 5.0, 5, 4.9999, 5, 4, 4 })
        {
            optimizer.Step([0], [1], loss);
            rates.Add(optimizer.LearningRate);
        }

        AssertRates([1, 1, 1, 0.5, 0.5, 0.5], rates);
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_no_progress()
    {
        var optimizer = Create(("plateau", new (string, object)[] { ("every", 1), ("patience", 0), ("factor", 0.5) }));

        optimizer.Step([0], [1], double.NaN);

        Assert.Equal(0.5, optimizer.LearningRate);
    }

    [Fact]
    public void Two_schedules_that_set_the_rate_are_a_mistake() =>
        Assert.Throws<UserMistakeException>(() => Create(("decay", Array.Empty<(string, object)>()), ("cosine", Array.Empty<(string, object)>())));

    private static IOptimizer Create(params (string, object)[] parameters) =>
        OptimizerCatalog.Create(new(1, RoundToSingle: false), MethodLevels.Of(Adam.Entry.Method, [("lr", 1.0), .. parameters]));

    private static List<double> Rates(int steps, params (string, object)[] parameters)
    {
        var optimizer = Create(parameters);
        var rates = new List<double>();
        for (var step = 0; step < steps; step++)
        {
            rates.Add(optimizer.LearningRate);
            optimizer.Step([0], [1], 1);
        }

        return rates;
    }

    private static void AssertRates(double[] expected, List<double> actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-14);
}
