using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Registration;

namespace PinnSweep.Studies.Tests.Files;

/// <summary>Methods that set several factors at once.</summary>
public sealed class MethodsTests
{
    private const string Several = """
        study: several
        seeds: 2
        budget: {steps: 10}
        factors: {problem: [helmholtz, plate], sampler: [{kind: uniform, interior: 100}]}
        methods:
          plain: {}
          many points: {sampler: {kind: uniform, interior: 900}}
          GradNorm: {balancer: gradnorm}
          both: {balancer: relobralo, network: {kind: mlp, hidden: [9]}}
        control: plain
        exclude: [{problem: plate, method: both}]
        published:
          source: Someone 2020
          rows:
            - {problem: helmholtz, method: many points, value: 0.5}
            - {problem: helmholtz, method: both, value: 0.25}
        """;

    [Fact]
    public void Every_method_is_trained_on_every_problem_under_its_name()
    {
        var plan = Plan(Several);

        Assert.Equal(
            ["helmholtz plain", "helmholtz many points", "helmholtz GradNorm", "helmholtz both", "plate plain", "plate many points"],
            plan.Cells.Select(cell => $"{cell.Labels[Factor.Problem]} {cell.Labels[Factor.Balancer]}"));
        Assert.Equal(["gradnorm needs one boundary term", "excluded"], plan.NotApplicable.Select(cell => cell.Reason.Split(':')[0]));
        Assert.All(plan.Cells, cell => Assert.Equal("by method", cell.Labels[Factor.Sampler]));
        Assert.Equal(("900", "static"), (plan.Cells[1].Levels.Sampler.Parameters.Entries["interior"].Canonical(), plan.Cells[1].Levels.Balancer.Kind));
        Assert.Equal(("100", "relobralo"), (plan.Cells[3].Levels.Sampler.Parameters.Entries["interior"].Canonical(), plan.Cells[3].Levels.Balancer.Kind));
    }

    [Fact]
    public void A_name_says_no_more_than_its_levels_do()
    {
        var named = Plan(Several).Trials.Select(trial => trial.Key);

        var crossed = Plan("""
            study: several
            seeds: 2
            budget: {steps: 10}
            factors:
              problem: [helmholtz, plate]
              balancer: [static, gradnorm, relobralo]
              network: [mlp, {kind: mlp, hidden: [9]}]
              sampler: [{kind: uniform, interior: 100}, {kind: uniform, interior: 900}]
            """).Trials.Select(trial => trial.Key);

        Assert.Empty(named.Except(crossed));
    }

    [Fact]
    public void A_published_row_belongs_to_the_one_cell_of_its_method()
    {
        var plan = Plan(Several);

        Assert.Equal(
            ["many points", "both"],
            plan.Spec.Published[0].Rows.Select(row => Assert.Single(plan.Cells, cell => row.Matches(cell.Levels)).Labels[Factor.Balancer]));
    }

    [Fact]
    public void A_store_gives_the_methods_back()
    {
        var plan = Plan(Several);

        var back = StoredPlanJson.Read(StoredPlanJson.Write(plan));

        Assert.Equal(plan.Cells.Select(cell => cell.Labels[Factor.Balancer]), back.Cells.Select(cell => cell.Labels[Factor.Balancer]));
        Assert.Equal(plan.Spec.Methods!.Factors, back.Spec.Methods!.Factors);
        Assert.Equal(plan.Cells.Select(cell => plan.Spec.Methods.Of(cell.Levels)!.Name), back.Cells.Select(cell => back.Spec.Methods.Of(cell.Levels)!.Name));
        Assert.Equal(Promised(plan), Promised(back));
    }

    [Theory]
    [InlineData("plain: {}", "methods: expected two to 1,000 names")]
    [InlineData("plain: {}, other: {}", "none of them sets a level, so that all are the same")]
    [InlineData("plain: {}, other: {balancer: static}", "methods: 'other' sets the same levels as 'plain'")]
    [InlineData("plain: {}, other: {balanser: static}", "methods.other: 'balanser' is no factor that a method may set; nearest 'balancer'")]
    [InlineData("plain: {}, other: {problem: plate}", "methods.other: 'problem' is no factor that a method may set")]
    [InlineData("plain: {}, other: {balancer: gradnrom}", "nearest 'gradnorm'")]
    [InlineData("plain: {}, other: gradnorm", "methods.other: expected the levels that it sets")]
    [InlineData("plain: {}, Plain: {balancer: gradnorm}", "the name 'Plain' looks the same as 'plain'")]
    public void A_slip_is_told_with_its_place(string methods, string expected) =>
        Assert.Contains(expected, Mistake($"study: s\nbudget: {{steps: 1}}\nfactors: {{problem: helmholtz}}\nmethods: {{{methods}}}\ncontrol: plain"), StringComparison.Ordinal);

    [Theory]
    [InlineData("factors: {problem: helmholtz, balancer: [static, relobralo]}", "factors.balancer: has 2 levels, and 'methods' set it too")]
    [InlineData("factors: {problem: helmholtz}\ncontrol: other", "control: expected 'plain', the first of 'methods'")]
    [InlineData("factors: {problem: helmholtz}\nexclude: [{method: othr}]", "'othr' is none of the methods; nearest 'other'")]
    [InlineData("factors: {problem: helmholtz}\nreplicate: {until: decided, looks: [2, 4]}", "replicate: stands beside 'methods'")]
    public void What_does_not_go_with_methods_is_refused(string rest, string expected) =>
        Assert.Contains(expected, Mistake($"study: s\nbudget: {{steps: 1}}\n{rest}\nmethods: {{plain: {{}}, other: {{balancer: gradnorm}}}}"), StringComparison.Ordinal);

    private static IEnumerable<string> Promised(StudyPlan plan) => StudyPromise.Of(plan).Rules.SelectMany(rule => rule.Items.Prepend(rule.Name));

    private static StudyPlan Plan(string text) => Planner.Plan(StudyFile.Parse(text, "s.yaml", SmallCatalog.Instance), SmallCatalog.Instance);

    private static string Mistake(string text) => Assert.Throws<UserMistakeException>(() => StudyFile.Parse(text, "s.yaml", SmallCatalog.Instance)).Message;
}
