using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Pinns.Tests.Samplers;

/// <summary>Adaptive samplers that begin the optimizer anew in every round, as most scripts of Wu et al. 2023 do.</summary>
public sealed class OptimizerRestartTests
{
    private const int Begin = 12;

    public static TheoryData<string> Kinds => [.. SamplerCatalog.All.Where(entry => entry.Method.Parameters.Any(parameter => parameter.Name == "restart")).Select(entry => entry.Method.Kind)];

    [Fact]
    public void Every_sampler_with_rounds_can_restart() =>
        Assert.Equal(SamplerCatalog.All.Where(entry => entry.Method.Parameters.Any(parameter => parameter.Name == "begin")).Select(entry => entry.Method.Kind), Kinds.Select(row => row.Data));

    /// <summary>
    /// The first step of a fresh Adam is lr · g / (|g| + ε'): its length is the learning rate in every entry whose gradient is not tiny.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_first_step_of_a_round_is_that_of_a_fresh_optimizer(string kind)
    {
        using var restarted = Trials.Begin(Description(kind, "optimizer"));
        using var going = Trials.Begin(Description(kind, "none"));
        restarted.Take(Begin);
        going.Take(Begin);
        Assert.Equal(going.Theta.ToArray(), restarted.Theta.ToArray());
        var before = restarted.Theta.ToArray();

        restarted.Advance();
        going.Advance();

        Assert.InRange(Share(before, restarted.Theta), 0.9, 1);
        Assert.InRange(Share(before, going.Theta), 0, 0.5);
        Assert.Equal(1, restarted.Trial.Events.Counts[OptimizerEvents.BegunAnew]);
        Assert.DoesNotContain(OptimizerEvents.BegunAnew, going.Trial.Events.Counts.Keys);
    }

    /// <summary>Cut before, at and after the rounds at 12, 17 and 22; phases begin with their first one again.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(19)]
    public void A_resumed_training_equals_an_uninterrupted_one_bit_for_bit(int cut)
    {
        var description = Description("rad", "optimizer") with { Budget = Budget.OfSteps(30) };
        description = description with { Levels = description.Levels with { Optimizer = MethodLevels.Of(OptimizerCatalog.Find("adam-lbfgs").Method, ("adam_steps", 3)) } };
        using var uninterrupted = Trials.Begin(description).RunToEnd();
        using var after = Trials.Resumed(description, cut).RunToEnd();

        Assert.Equal(uninterrupted.Theta.ToArray(), after.Theta.ToArray());
        Assert.Equal(uninterrupted.Digits(), after.Digits());
        Assert.Equal(uninterrupted.Trial.Events.Counts, after.Trial.Events.Counts);
        Assert.Equal(4, after.Trial.Events.Counts[OptimizerEvents.BegunAnew]);
    }

    /// <summary>The share of entries that moved by the learning rate.</summary>
    private static double Share(double[] before, ReadOnlySpan<double> after) => after.ToArray().Zip(before, (a, b) => Math.Abs(Math.Abs(a - b) - 1e-3) < 1e-5 ? 1.0 : 0).Average();

    private static TrialDescription Description(string kind, string restart)
    {
        var small = Trials.Small(steps: 40);
        var sampler = SamplerConformanceTests.Level(kind, $$"""{"every": 5, "begin": {{Begin}}, "candidates": 600, "restart": "{{restart}}"}""");
        return small with { Levels = small.Levels with { Sampler = sampler } };
    }
}
