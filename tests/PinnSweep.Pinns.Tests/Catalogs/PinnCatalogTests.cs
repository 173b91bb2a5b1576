using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Methods.Time;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Equations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Catalogs;

public sealed class PinnCatalogTests
{
    [Fact]
    public void Every_factor_has_entries_with_unique_names_summaries_and_sources()
    {
        foreach (var factor in Enum.GetValues<Factor>())
        {
            var entries = PinnCatalog.Instance.Of(factor).ToList();

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
        var methods = PinnCatalog.Instance.Of(factor).ToList();

        Assert.Equal(methods.Select(method => method.Kind).Order(StringComparer.Ordinal), methods.Select(method => method.Kind));
        Assert.All(methods, method => Assert.Matches("doi[ :]10|arXiv[ :][0-9]|openreview ", method.Source));
    }

    [Fact]
    public void WhyNotApplicable_is_null_for_the_defaults_of_every_problem()
    {
        foreach (var problem in ProblemCatalog.All)
        {
            var levels = Trials.Small().Levels with { Problem = MethodLevels.Of(problem.Method), Sampler = MethodLevels.Of(UniformSampler.Entry.Method) };

            Assert.Null(PinnCatalog.Instance.WhyNotApplicable(levels));
        }
    }

    [Fact]
    public void WhyNotApplicable_names_an_activation_that_is_too_rough()
    {
        var levels = Trials.Small().Levels;

        var reason = PinnCatalog.Instance.WhyNotApplicable(levels with { Network = levels.Network.With("activation", new SpecValue.Text("relu")) });

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
            Problem = MethodLevels.Of(PinnCatalog.Instance.Find(Factor.Problem, problem)!),
            Time = MethodLevels.Of(CausalWeights.Entry.Method, ("chunks", chunks)),
        };

        Assert.Equal(expected, PinnCatalog.Instance.WhyNotApplicable(levels));
    }

    [Theory]
    [InlineData("static", "weights")]
    [InlineData("power-normalization", "scales")]
    [InlineData("self-adaptive", "init_values")]
    [InlineData("self-adaptive", "fixed")]
    [InlineData("rba", "weights")]
    [InlineData("brdr", "factors")]
    public void A_term_that_the_problem_lacks_is_a_reason_and_one_that_none_has_a_slip(string kind, string parameter)
    {
        var levels = Levels("helmholtz", kind, parameter, "initial");

        Assert.Equal($"'{parameter}' of {kind}: problem helmholtz has no term 'initial' (it has residual, boundary)", PinnCatalog.Instance.WhyNotApplicable(levels));
        Assert.Empty(UnknownNames.Of(PinnCatalog.Instance, Factor.Balancer, levels.Balancer, [levels.Problem, Problem("burgers")]));
        Assert.Equal(
            [$"balancer '{kind}': '{parameter}' names the term 'boundry', which no problem of this study has; nearest 'boundary'; allowed: residual, boundary, initial"],
            UnknownNames.Of(PinnCatalog.Instance, Factor.Balancer, Levels("helmholtz", kind, parameter, "boundry").Balancer, [levels.Problem, Problem("burgers")]));
    }

    [Fact]
    public void A_term_that_the_network_keeps_is_told_to_be_kept()
    {
        var levels = Levels("burgers", "static", "weights", "initial");

        var reason = PinnCatalog.Instance.WhyNotApplicable(levels with { Network = levels.Network.With("hard", new SpecValue.Flag(true)) });

        Assert.Equal("'weights' of static names the term 'initial', which the network keeps by construction", reason);
    }

    [Fact]
    public void A_scale_so_far_from_the_others_that_no_weight_is_left_is_a_reason()
    {
        var levels = Levels("helmholtz", "power-normalization", "scales", "boundary", 1e-300);

        Assert.Contains("of term 'boundary' gives the weight", PinnCatalog.Instance.WhyNotApplicable(levels), StringComparison.Ordinal);
    }

    private static Level Problem(string kind) => MethodLevels.Of(PinnCatalog.Instance.Find(Factor.Problem, kind)!);

    private static CellLevels Levels(string problem, string balancer, string parameter, string term, double value = 10) => Trials.Small().Levels with
    {
        Problem = Problem(problem),
        Sampler = MethodLevels.Of(UniformSampler.Entry.Method),
        Balancer = MethodLevels.Of(BalancerCatalog.Find(balancer).Method).With(parameter, new SpecValue.Map(SpecValue.Map.Empty.Entries.Add(term, new SpecValue.Number(value)))),
    };
}
