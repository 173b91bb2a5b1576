using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Files;

public sealed class OverrideTests
{
    private const string Study = """
        study: s
        factors:
          problem: helmholtz
          balancer: [static, relobralo, {kind: static, weights: {boundary: 5}}]
        budget: {steps: 100}
        """;

    [Theory]
    [InlineData("budget.steps", "500", "500 steps")]
    [InlineData("budget.seconds", "1e1", "10 s")]
    [InlineData("budget", "{seconds: 3}", "3 s")]
    public void A_budget_of_one_sort_takes_the_place_of_the_other(string key, string value, string expected) =>
        Assert.Equal(expected, Parse((key, value)).Budget.ToString());

    [Fact]
    public void A_top_level_key_that_the_file_does_not_have_is_added() => Assert.Equal([4, 8], Parse(("seeds", "[4, 8]")).Seeds);

    [Fact]
    public void A_parameter_of_a_factor_left_to_its_default_is_set_on_the_default() =>
        Assert.Equal(0.01, Parse(("factors.optimizer.lr", "1e-2")).Factors[Factor.Optimizer].Single().Parameters.Number("lr"));

    [Fact]
    public void A_group_that_is_null_by_default_is_opened()
    {
        var decay = Parse(("factors.optimizer.decay.every", "10")).Factors[Factor.Optimizer].Single().Parameters.OptionalMap("decay")!;

        Assert.Equal("""{"every":10,"rate":0.9}""", decay.Canonical());
    }

    [Fact]
    public void An_index_picks_one_level_and_later_pairs_see_earlier_ones()
    {
        var levels = Parse(("factors.balancer.1.temperature", "7"), ("factors.balancer.2.weights.boundary", "6"), ("factors.balancer.2.weights.residual", "2"))
            .Factors[Factor.Balancer];

        Assert.Equal(7, levels[1].Parameters.Number("temperature"));
        Assert.Equal("""{"boundary":6,"residual":2}""", levels[2].Parameters.OptionalMap("weights")!.Canonical());
    }

    [Fact]
    public void A_path_without_index_goes_to_every_level() =>
        Assert.All(
            Parse(("factors.problem", "[helmholtz, {kind: helmholtz, a1: 3}]"), ("factors.problem.a2", "9")).Factors[Factor.Problem],
            level => Assert.Equal(9, level.Parameters.Number("a2")));

    [Theory]
    [InlineData("budget.steps", "-5", "--set budget.steps=-5: budget.steps: expected a whole number of at least 1; found '-5'")]
    [InlineData("buget.steps", "5", "--set buget.steps=5: unknown key 'buget'; nearest 'budget'; allowed: study, description, hypotheses, metric, seeds, precision, factors, methods, exclude, budget, evaluate_every, converged_below, stop_when, control, published, design, tune, replicate")]
    [InlineData("factors.optimizer.rate", "5", "--set factors.optimizer.rate=5: factors.optimizer[adam]: unknown parameter 'rate'; allowed: lr, decay")]
    [InlineData("factors.balancer.9.x", "5", "--set factors.balancer.9.x=5: 'factors.balancer' has 3 elements, counted from 0; there is no 9")]
    [InlineData("study.x", "5", "--set study.x=5: 'study' is 's', not a map, so there is no 'x' in it")]
    [InlineData("a..b", "5", "--set a..b=5: expected KEY=VALUE with a dotted path, for instance budget.steps=500")]
    [InlineData("metric", "[", "--set metric=[: not valid YAML: While parsing a node, did not find expected node content.")]
    public void A_mistake_in_a_pair_names_the_pair(string key, string value, string expected) =>
        Assert.Equal(expected, Assert.Throws<UserMistakeException>(() => Parse((key, value))).Message);

    [Fact]
    public void A_study_with_and_without_the_override_written_into_the_file_is_the_same_study()
    {
        var written = StudyFile.Parse(Study.Replace("steps: 100", "steps: 250", StringComparison.Ordinal), "study.yaml", SmallCatalog.Instance);

        Assert.Equal(Planner.Plan(written, SmallCatalog.Instance).Hash, Planner.Plan(Parse(("budget.steps", "250")), SmallCatalog.Instance).Hash);
    }

    private static StudySpec Parse(params (string Key, string Value)[] overrides) => StudyFile.Parse(Study, "study.yaml", SmallCatalog.Instance, overrides);
}
