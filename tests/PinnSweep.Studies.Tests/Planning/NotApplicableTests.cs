using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Planning;

/// <summary>What a level names and one problem of the study lacks: helmholtz has the term residual, plate has residual and edge.</summary>
public sealed class NotApplicableTests
{
    private static readonly Catalog Small = SmallCatalog.Instance with
    {
        NamesOf = (factor, level, problem) => factor == Factor.Balancer && level.Kind == "static"
            ? level.Parameters.Numbers("weights").Keys.Select(name => new NameOfProblem("weights", "term", name, Terms(problem)))
            : [],
        WhyNotApplicable = cell => cell.Balancer.Parameters.Numbers("weights").Keys.FirstOrDefault(name => !Terms(cell.Problem).Contains(name)) is { } lacking
            ? $"problem {cell.Problem.Kind} has no term '{lacking}'"
            : cell.Network.Parameters.Entries["hidden"] is SpecValue.List { Items.Length: > 3 } && cell.Problem.Kind == "plate"
                ? throw new UserMistakeException("network 'mlp': too large")
                : null,
    };

    [Fact]
    public void A_name_that_one_problem_has_is_n_a_on_the_others_with_the_reason()
    {
        var plan = Plan("problem: [helmholtz, plate]", "balancer: [static, {kind: static, weights: {edge: 10}}]");

        var left = Assert.Single(plan.NotApplicable);
        Assert.Equal(("helmholtz", "problem helmholtz has no term 'edge'"), (left.Levels.Problem.Kind, left.Reason));
        Assert.Equal(3, plan.Cells.Length);
    }

    [Fact]
    public void A_name_that_no_problem_has_is_a_mistake_with_line_key_and_nearest_match() => Assert.Equal(
        "study.yaml:5: balancer 'static': 'weights' names the term 'egde', which no problem of this study has; nearest 'edge'; allowed: residual, edge",
        Mistake("problem: [helmholtz, plate]", "balancer: [static, {kind: static, weights: {egde: 10}}]"));

    [Fact]
    public void A_study_that_is_left_without_any_cell_is_refused_with_the_reasons() => Assert.Equal(
        "study.yaml:3: factors: no trial is left to train: 1 × problem helmholtz has no term 'edge'; 1 × excluded: problem plate",
        Mistake("problem: [helmholtz, plate]", "balancer: {kind: static, weights: {edge: 10}}", "exclude: {problem: plate}"));

    [Fact]
    public void A_level_that_one_problem_cannot_take_is_n_a_there_and_a_mistake_where_none_can()
    {
        var plan = Plan("problem: [helmholtz, plate]", "network: {kind: mlp, hidden: [3, 3, 3, 3]}");

        Assert.Equal("network 'mlp': too large", Assert.Single(plan.NotApplicable).Reason);
        Assert.Equal("study.yaml:5: network 'mlp': too large", Mistake("problem: plate", "network: {kind: mlp, hidden: [3, 3, 3, 3]}"));
    }

    [Fact]
    public void Rules_and_numbers_may_name_a_cell_that_is_n_a()
    {
        var plan = Plan(
            "problem: [helmholtz, plate]",
            "balancer: [static, {kind: static, weights: {edge: 10}}]",
            "exclude: {problem: helmholtz, balancer: {weights: {edge: 10}}}\ncontrol: {kind: static, weights: {edge: 10}}\npublished: {source: s, rows: [{problem: helmholtz, balancer: {kind: static, weights: {edge: 10}}, value: 1}]}");

        Assert.StartsWith("excluded: ", Assert.Single(plan.NotApplicable).Reason, StringComparison.Ordinal);
        Assert.Single(plan.Spec.Published);
    }

    private static ImmutableArray<string> Terms(Level problem) => problem.Kind == "plate" ? ["residual", "edge"] : ["residual"];

    private static StudyPlan Plan(string problem, string other, string rest = "") => Planner.Plan(StudyFile.Parse(Text(problem, other, rest), "study.yaml", Small), Small);

    private static string Mistake(string problem, string other, string rest = "") =>
        Assert.Throws<UserMistakeException>(() => StudyFile.Parse(Text(problem, other, rest), "study.yaml", Small)).Message;

    private static string Text(string problem, string other, string rest) => $"study: s\nseeds: 1\nfactors:\n  {problem}\n  {other}\nbudget: {{steps: 100}}\n{rest}\n";
}
