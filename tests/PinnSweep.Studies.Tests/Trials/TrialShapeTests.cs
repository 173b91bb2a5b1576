using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Trials;

public sealed class TrialShapeTests
{
    private static readonly Level Network = Level.Of("mlp")
        .With("hidden", new SpecValue.List([new SpecValue.Number(50), new SpecValue.Number(50)]))
        .With("activation", new SpecValue.Text("tanh"))
        .With("scale", new SpecValue.Number(2));

    private static readonly CellLevels Levels =
        new(Level.Of("helmholtz"), Network, Level.Of("static"), Level.Of("uniform"), Level.Of("adam"), Level.Of("none"), Precision.Float32);

    [Fact]
    public void Its_words_tell_problem_network_and_precision_without_parameters_that_are_words() =>
        Assert.Equal("helmholtz, mlp hidden=[50,50] scale=2, float32", TrialShape.Of(Levels).Words);

    [Fact]
    public void Methods_and_seeds_are_none_of_it()
    {
        var other = Levels with
        {
            Balancer = Level.Of("relobralo"),
            Sampler = Level.Of("rad").With("points", new SpecValue.Number(7)),
            Optimizer = Level.Of("lbfgs").With("rate", new SpecValue.Number(1)),
            Time = Level.Of("causal"),
        };

        Assert.Equal(TrialShape.Of(Levels), TrialShape.Of(other));
        Assert.Equal(TrialShape.OfText(Text(Levels, seed: 1)), TrialShape.OfText(Text(other, seed: 2)));
    }

    [Fact]
    public void Problem_network_and_precision_make_it()
    {
        CellLevels[] different =
        [
            Levels,
            Levels with { Precision = Precision.Float64 },
            Levels with { Problem = Level.Of("poisson") },
            Levels with { Problem = Level.Of("helmholtz").With("k", new SpecValue.Number(4)) },
            Levels with { Network = Network.With("activation", new SpecValue.Text("sin")) },
            Levels with { Network = Network.With("scale", new SpecValue.Number(3)) },
        ];

        Assert.Distinct(different.Select(levels => TrialShape.Of(levels).Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"format\":1}")]
    [InlineData("no description")]
    public void What_is_no_description_has_none(string text) => Assert.Null(TrialShape.OfText(text));

    private static string Text(CellLevels levels, long seed) => new TrialDescription(levels, seed, Budget.OfSteps(5), 1, 0.5).Canonical();
}
