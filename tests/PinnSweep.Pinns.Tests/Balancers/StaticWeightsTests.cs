using PinnSweep.Methods.Balancers;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Pinns.Tests.Balancers;

public sealed class StaticWeightsTests
{
    [Fact]
    public void Weights_not_listed_are_one_and_the_direction_is_their_sum()
    {
        var balancer = new Scene().Create("static", ("weights", new (string, object)[] { ("initial", 100.0) }));

        var direction = new Frame { Losses = [1, 1, 1], Gradients = [1, 2, 10, 20, 0.1, 0.2] }.Turn(balancer);

        Assert.Equal([1, 1, 100], balancer.TermWeights.ToArray());
        Assert.Equal([21, 42], direction);
    }

    [Fact]
    public void An_unknown_term_is_a_mistake_with_the_nearest_match()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new Scene().Create("static", ("weights", new (string, object)[] { ("boundry", 1.0) })));

        Assert.Contains("nearest 'boundary'", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_balancer_is_a_mistake_with_the_nearest_match()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => BalancerCatalog.Find("relobralo2"));

        Assert.Contains("nearest 'relobralo'", mistake.Message, StringComparison.Ordinal);
    }
}
