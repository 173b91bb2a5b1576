using System.Collections.Immutable;
using CsCheck;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Tests.Planning;

public sealed class PlannerTests
{
    private const string TwoByFour = """
        study: s
        seeds: [3, 1]
        factors:
          problem: [plate, helmholtz]
          balancer: [static, gradnorm, relobralo, {kind: relobralo, temperature: 2}]
        exclude:
          - {balancer: {kind: relobralo, temperature: 2}, problem: plate}
        budget: {steps: 100}
        control: static
        """;

    private static readonly string[] Problems = ["helmholtz", "{kind: helmholtz, a1: 2}", "plate"];
    private static readonly string[] Networks = ["mlp", "{kind: mlp, hidden: [20]}", "{kind: mlp, activation: sin}"];
    private static readonly string[] Balancers = ["static", "gradnorm", "relobralo", "{kind: relobralo, temperature: 2}", "self-adaptive", "{kind: static, weights: {boundary: 3}}"];
    private static readonly string[] Optimizers = ["adam", "{kind: adam, lr: 0.1}", "{kind: fixed-step, step: 0.5}"];
    private static readonly string[] Precisions = ["float32", "float64"];

    /// <summary>Some of each factor's levels, each list in any order, with some seeds.</summary>
    private static readonly Gen<Choice> Choices = Gen.Select(
        Subset(Problems), Subset(Networks), Subset(Balancers), Subset(Optimizers), Subset(Precisions), Gen.Int[1, 4],
        (problems, networks, balancers, optimizers, precisions, seeds) => new Choice(problems, networks, balancers, optimizers, precisions, seeds));

    [Fact]
    public void Cells_follow_the_order_of_the_file_and_trials_go_seed_by_seed_inside_a_cell()
    {
        var plan = Plan(TwoByFour);

        Assert.Equal(
            ["plate/static", "plate/relobralo", "helmholtz/static", "helmholtz/gradnorm", "helmholtz/relobralo", "helmholtz/relobralo (temperature 2)"],
            plan.Cells.Select(cell => $"{cell.Labels[Factor.Problem]}/{cell.Labels[Factor.Balancer]}"));
        Assert.Equal([(0, 3), (0, 1), (1, 3), (1, 1)], plan.Trials.Take(4).Select(trial => (trial.CellIndex, (int)trial.Description.Seed)));
    }

    [Fact]
    public void Cells_left_out_are_listed_with_the_reason() => Assert.Equal(
        ["gradnorm: gradnorm needs one boundary term", "relobralo (temperature 2): excluded: problem plate, balancer relobralo {\"temperature\":2}"],
        Plan(TwoByFour).NotApplicable.Select(cell => $"{cell.Labels[Factor.Balancer]}: {cell.Reason}"));

    [Fact]
    public void Enumeration_is_a_bijection_between_cells_with_seeds_and_keys() => Choices.Sample(choice =>
    {
        var plan = Plan(choice.Yaml());

        var product = choice.Problems.Length * choice.Networks.Length * choice.Balancers.Length * choice.Optimizers.Length * choice.Precisions.Length;
        Assert.Equal(product, plan.Cells.Length + plan.NotApplicable.Length);
        Assert.Equal(plan.Cells.Length * choice.Seeds, plan.Trials.Length);
        Assert.Equal(plan.Trials.Length, plan.Trials.Select(trial => trial.Key).Distinct().Count());
        Assert.Equal(product, plan.Cells.Select(cell => cell.Levels).Concat(plan.NotApplicable.Select(cell => cell.Levels)).Distinct().Count());
        Assert.Equal(plan.Cells.Length, plan.Cells.Select(cell => string.Join('/', cell.Labels.Values)).Distinct().Count());
        Assert.All(plan.Trials, trial => Assert.Equal(plan.Cells[trial.CellIndex].Levels, trial.Description.Levels));
        Assert.All(plan.Trials, trial => Assert.Equal(trial.Description.Canonical(), TrialDescription.Parse(trial.Description.Canonical()).Canonical()));
    }, iter: 60);

    [Fact]
    public void The_order_of_levels_in_the_file_changes_neither_keys_nor_hash() => Choices.Sample(choice =>
    {
        var (plan, turned) = (Plan(choice.Yaml()), Plan(choice.Turned().Yaml()));

        Assert.Equal(Keys(plan), Keys(turned));
        Assert.Equal(plan.Hash, turned.Hash);
    }, iter: 40);

    [Fact]
    public void Adding_a_method_changes_no_other_trial() => Choices.Where(choice => choice.Balancers.Length > 1).Sample(choice =>
    {
        var fewer = choice with { Balancers = choice.Balancers[1..] };
        if (fewer.Problems is ["plate"] && fewer.Balancers is ["gradnorm"])
        {
            return;
        }

        var (small, large) = (Plan(fewer.Yaml()), Plan(choice.Yaml()));

        Assert.Subset(Keys(large), Keys(small));
        Assert.True(small.Hash != large.Hash || large.Trials.Length == small.Trials.Length);
    }, iter: 40);

    [Theory]
    [InlineData("study: s", "study: t")]
    [InlineData("control: static", "control: relobralo")]
    [InlineData("control: static", "metric: max_error\ncontrol: static")]
    [InlineData("seeds: [3, 1]", "seeds: [3, 2]")]
    [InlineData("steps: 100", "steps: 101")]
    public void Hash_of_another_name_control_metric_or_trial_is_another(string from, string to) =>
        Assert.NotEqual(Plan(TwoByFour).Hash, Plan(TwoByFour.Replace(from, to, StringComparison.Ordinal)).Hash);

    [Fact]
    public void Plan_of_equal_levels_made_in_code_is_refused()
    {
        var spec = StudyFile.Parse(TwoByFour, "study.yaml", SmallCatalog.Instance);
        var doubled = spec with { Factors = spec.Factors.SetItem(Factor.Network, [.. spec.Factors[Factor.Network], .. spec.Factors[Factor.Network]]) };

        Assert.StartsWith("study 's' plans one trial twice", Refusal(doubled), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_without_seeds_made_in_code_is_refused() =>
        Assert.Equal("study 's' plans no trial: no seeds", Refusal(StudyFile.Parse(TwoByFour, "study.yaml", SmallCatalog.Instance) with { Seeds = [] }));

    [Fact]
    public void Cost_tells_steps_and_leaves_their_time_open_until_it_is_measured()
    {
        var cost = CostEstimate.Of(Plan(TwoByFour));

        Assert.Equal(1200, cost.TotalSteps);
        Assert.Null(cost.Duration(2));
        Assert.Equal(TimeSpan.FromSeconds(60), cost.Duration(slots: 5, secondsPerStep: 0.2));
    }

    [Fact]
    public void Cost_of_a_budget_of_seconds_is_whole_rounds_of_the_slots()
    {
        var cost = CostEstimate.Of(Plan(TwoByFour.Replace("steps: 100", "seconds: 10", StringComparison.Ordinal)));

        Assert.Equal(120, cost.TotalSeconds);
        Assert.Equal(TimeSpan.FromSeconds(30), cost.Duration(slots: 5));
    }

    private static StudyPlan Plan(string yaml) => Planner.Plan(StudyFile.Parse(yaml, "study.yaml", SmallCatalog.Instance), SmallCatalog.Instance);

    private static string Refusal(StudySpec spec) => Assert.Throws<UserMistakeException>(() => Planner.Plan(spec, SmallCatalog.Instance)).Message;

    private static ImmutableSortedSet<string> Keys(StudyPlan plan) => [.. plan.Trials.Select(trial => trial.Key.Hex)];

    private static Gen<string[]> Subset(string[] levels) => Gen.Select(Gen.Shuffle(levels), Gen.Int[1, levels.Length], (shuffled, count) => shuffled[..count]);

    private sealed record Choice(string[] Problems, string[] Networks, string[] Balancers, string[] Optimizers, string[] Precisions, int Seeds)
    {
        /// <summary>With plate and gradnorm alone nothing would be left to train, so helmholtz stands in.</summary>
        public string[] Problems { get; } = Problems is ["plate"] && Balancers is ["gradnorm"] ? ["helmholtz"] : Problems;

        public Choice Turned() => new([.. Problems.Reverse()], [.. Networks.Reverse()], [.. Balancers.Reverse()], [.. Optimizers.Reverse()], [.. Precisions.Reverse()], Seeds);

        public string Yaml() => $"""
            study: s
            seeds: {Seeds}
            factors:
              problem: [{string.Join(", ", Problems)}]
              network: [{string.Join(", ", Networks)}]
              balancer: [{string.Join(", ", Balancers)}]
              optimizer: [{string.Join(", ", Optimizers)}]
              precision: [{string.Join(", ", Precisions)}]
            budget: {"{"}steps: 100{"}"}
            """;
    }
}
