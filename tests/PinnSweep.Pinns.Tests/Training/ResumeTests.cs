using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Time;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Pinns.Tests.Training;

public sealed class ResumeTests
{
    public static TheoryData<string, Precision> Cases =>
        [.. BalancerCatalog.All.SelectMany(entry => new[] { Precision.Float32, Precision.Float64 }.Select(precision => (entry.Method.Kind, precision)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_resumed_training_equals_an_uninterrupted_one_bit_for_bit(string balancer, Precision precision)
    {
        var entry = BalancerCatalog.All.Single(entry => entry.Method.Kind == balancer);
        var level = MethodLevels.Of(entry.Method);
        var description = Trials.Small(
            precision: precision,
            balancer: level,
            resampleEvery: entry.WhyPointsMustStay(level) is null ? 6 : null);
        using var uninterrupted = Trials.Begin(description).RunToEnd();

        using var after = Trials.Resumed(description, 17).RunToEnd();

        Assert.Equal(uninterrupted.Digits(), after.Digits());
        Assert.Equal(uninterrupted.Theta.ToArray(), after.Theta.ToArray());
        Assert.Equal(uninterrupted.Outcome, after.Outcome);
        Assert.Equal(uninterrupted.Trial.Events.Counts, after.Trial.Events.Counts);
    }

    [Theory]
    [InlineData("static", "current")]
    [InlineData("relobralo", "previous")]
    [InlineData("ntk", "current")]
    [InlineData("rba", "previous")]
    public void A_resumed_training_with_causal_weights_equals_an_uninterrupted_one_bit_for_bit(string balancer, string residuals)
    {
        var entry = BalancerCatalog.Find(balancer);
        var description = Trials.Small(
            balancer: MethodLevels.Of(entry.Method),
            resampleEvery: entry.WhyPointsMustStay(MethodLevels.Of(entry.Method)) is null ? 6 : null,
            time: MethodLevels.Of(CausalWeights.Entry.Method, ("chunks", 7), ("epsilon", new[] { 1e-3, 1e-2 }), ("residuals", residuals)));
        using var uninterrupted = Trials.Begin(description).RunToEnd();

        using var after = Trials.Resumed(description, 17).RunToEnd();

        Assert.Equal(uninterrupted.Digits(), after.Digits());
        Assert.Equal(uninterrupted.Theta.ToArray(), after.Theta.ToArray());
        Assert.Equal(uninterrupted.Trial.Events.Counts, after.Trial.Events.Counts);
        Assert.Contains(uninterrupted.Trial.Balancer.PointWeights(0).ToArray(), weight => weight < 1);
    }

    [Fact]
    public void Training_time_adds_up_over_attempts()
    {
        var description = Trials.Small();
        using var before = Trials.Begin(description);
        before.Take(17);
        using var after = Trials.Begin(description);

        after.Load(before.Saved());

        Assert.Equal(before.Seconds, after.Seconds);
        Assert.Equal(before.Loss, after.Loss);
    }

    [Fact]
    public void Load_refuses_the_checkpoint_of_another_trial()
    {
        using var one = Trials.Begin(Trials.Small(seed: 1));
        one.Take(3);
        using var two = Trials.Begin(Trials.Small(seed: 2));

        var exception = Assert.Throws<InvalidDataException>(() => two.Load(one.Saved()));

        Assert.Contains(one.Trial.Description.Key().Hex, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(2000)]
    public void Load_refuses_a_truncated_checkpoint(int length)
    {
        using var training = Trials.Begin(Trials.Small());
        training.Take(3);
        var bytes = training.Saved().ToArray()[..length];

        Assert.ThrowsAny<IOException>(() => training.Load(new MemoryStream(bytes)));
    }
}
