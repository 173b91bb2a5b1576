using PinnSweep.Studies;

namespace PinnSweep.Pinns.Tests;

public sealed class PinnCatalogueTests
{
    [Fact]
    public void Every_factor_has_entries_with_unique_names_summaries_and_sources()
    {
        foreach (var factor in Enum.GetValues<Factor>())
        {
            var entries = PinnCatalogue.Instance.Of(factor).ToList();

            Assert.NotEmpty(entries);
            Assert.Equal(entries.Count, entries.Select(entry => entry.Kind).Distinct().Count());
            Assert.All(entries, entry => Assert.True(entry.Summary.Length > 0 && entry.Source.Length > 0, entry.Kind));
            Assert.All(entries.SelectMany(entry => entry.Parameters), parameter => Assert.NotEmpty(parameter.Summary));
        }
    }

    [Theory]
    [InlineData(Factor.Network)]
    [InlineData(Factor.Balancer)]
    [InlineData(Factor.Sampler)]
    [InlineData(Factor.Time)]
    public void Methods_are_in_alphabetical_order_with_a_published_source_each(Factor factor)
    {
        var methods = PinnCatalogue.Instance.Of(factor).ToList();

        Assert.Equal(methods.Select(method => method.Kind).Order(StringComparer.Ordinal), methods.Select(method => method.Kind));
        Assert.All(methods, method => Assert.Matches("doi[ :]10|arXiv[ :][0-9]|openreview ", method.Source));
    }

    [Fact]
    public void WhyNotApplicable_is_null_for_the_defaults_of_every_problem()
    {
        foreach (var problem in ProblemCatalog.All)
        {
            var levels = Trials.Small().Levels with { Problem = MethodLevels.Of(problem.Method), Sampler = MethodLevels.Of(UniformSampler.Entry.Method) };

            Assert.Null(PinnCatalogue.Instance.WhyNotApplicable(levels));
        }
    }

    [Fact]
    public void WhyNotApplicable_names_an_activation_that_is_too_rough()
    {
        var levels = Trials.Small().Levels;

        var reason = PinnCatalogue.Instance.WhyNotApplicable(levels with { Network = levels.Network.With("activation", new SpecValue.Text("relu")) });

        Assert.Equal("activation ReLU is of class C^0 and trains derivatives up to order 0; this problem takes order 2 (allow_unsuitable: true trains it all the same)", reason);
    }

    [Theory]
    [InlineData("helmholtz", 32, "the problem has no time axis")]
    [InlineData("diffusion", 61, "60 interior points cannot be cut into 61 chunks of time")]
    [InlineData("diffusion", 60, null)]
    public void WhyNotApplicable_says_what_causal_weights_lack(string problem, int chunks, string? expected)
    {
        var levels = Trials.Small().Levels with
        {
            Problem = MethodLevels.Of(PinnCatalogue.Instance.Find(Factor.Problem, problem)!),
            Time = MethodLevels.Of(CausalWeights.Entry.Method, ("chunks", chunks)),
        };

        Assert.Equal(expected, PinnCatalogue.Instance.WhyNotApplicable(levels));
    }

    [Fact]
    public void WhyNotApplicable_takes_the_weight_of_an_unknown_term_for_a_slip()
    {
        var levels = Trials.Small().Levels;
        var weights = SpecValue.FromJson(System.Text.Json.JsonDocument.Parse("""{"boundry": 100}""").RootElement);

        var mistake = Assert.Throws<UserMistakeException>(() =>
            PinnCatalogue.Instance.WhyNotApplicable(levels with { Balancer = levels.Balancer.With("weights", weights) }));

        Assert.Contains("nearest 'boundary'", mistake.Message, StringComparison.Ordinal);
    }
}
