using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Catalogs;

/// <summary>What a plan says of methods that are known to end worse than plain training.</summary>
public sealed class CautionTests
{
    private static readonly Catalog Known = SmallCatalog.Instance with
    {
        Entries =
        [
            .. SmallCatalog.Instance.Entries.Select(entry => entry.Kind switch
            {
                "gradnorm" => entry with { DefaultsCaution = "ends worse than static" },
                "relobralo" => entry with { CautionOf = level => level.Parameters.Number("temperature") > 1 ? "hot" : null },
                "uniform" => entry with { DefaultsCaution = "few points" },
                _ => entry,
            }),
        ],
    };

    [Theory]
    [InlineData("gradnorm", "balancer 'gradnorm': ends worse than static")]
    [InlineData("{kind: gradnorm, alpha: 1.5}", "balancer 'gradnorm': ends worse than static")]
    [InlineData("{kind: gradnorm, alpha: 1}", null)]
    [InlineData("{kind: relobralo, temperature: 2}", "balancer 'relobralo': hot")]
    [InlineData("{kind: relobralo, temperature: 2, lookback: 1}", "balancer 'relobralo': hot")]
    [InlineData("relobralo", null)]
    [InlineData("static", null)]
    public void A_plan_tells_what_a_level_is_known_to_give(string balancer, string? caution) =>
        Assert.Equal(caution is null ? [] : [caution], Plan(balancer, "{kind: uniform, resample: true}").Notices);

    [Fact]
    public void How_many_points_are_drawn_makes_no_method_less_bare() =>
        Assert.Equal(["sampler 'uniform': few points"], Plan("static", "{kind: uniform, interior: 17}").Notices);

    [Fact]
    public void A_caution_is_part_of_no_key_and_stands_once() => Assert.Equal(
        Planner.Plan(Spec("gradnorm", "uniform", SmallCatalog.Instance), SmallCatalog.Instance).Trials.Select(trial => trial.Key),
        Plan("gradnorm", "uniform").Trials.Select(trial => trial.Key));

    private static StudyPlan Plan(string balancer, string sampler) => Planner.Plan(Spec(balancer, sampler, Known), Known);

    private static StudySpec Spec(string balancer, string sampler, Catalog catalog) => StudyFile.Parse(
        $$"""
        study: s
        factors: {problem: [helmholtz, {kind: helmholtz, a1: 2}], network: [mlp], balancer: [{{balancer}}], sampler: [{{sampler}}], optimizer: [adam]}
        budget: {steps: 1}
        """,
        "s.yaml",
        catalog);
}
