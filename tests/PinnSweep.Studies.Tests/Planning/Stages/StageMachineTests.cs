using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Planning.Stages;

public sealed class StageMachineTests
{
    private const string Head = """
        study: s
        seeds: 3
        factors:
          problem: [helmholtz, plate]
          balancer: [static, {kind: relobralo, temperature: {log: [0.01, 10]}}]
          network: [{kind: mlp, hidden: {width: {integer: [8, 64]}, depth: {values: [2, 3]}}}, {kind: mlp, activation: sin}]
          optimizer: {kind: adam, lr: {log: [1e-4, 1e-1]}, decay: {values: [null, {every: 5}]}}
        budget: {steps: 100}
        control: static

        """;

    /// <summary>One of each kind of purse and design.</summary>
    public static TheoryData<string> Searches { get; } =
    [
        "tune: {trials: 12, seeds: {count: 2}}",
        "tune: {trials: 12, design: random, first: none}\nreplicate: {looks: [3, 5, 9]}",
        "tune: {trials: 12, design: lhs}",
        "tune: {trials: 12, design: halton}",
        "tune: {trials: 48, design: grid}",
        "tune: {trials: 23, design: tpe, generation: 3}\nreplicate: {looks: [3, 5, 9]}",
        "tune: {seconds: 25, design: sobol}",
        "tune: {seconds: 25, design: tpe}",
        "tune: {trials: 12, rungs: {steps: [10, 40, 100], keep: 1/3}}\nreplicate: {looks: [3, 5]}",
        "tune: {trials: 12, each: problem, by: relative_l2}".Replace("each: problem", "each: [problem, network, balancer]", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Searches))]
    public void Decisions_are_the_same_whatever_the_order_of_results_and_after_being_written_and_read(string tune)
    {
        var undisturbed = SimulatedStages.Run(SimulatedStages.Plan(Head + tune), SimulatedStages.Failing);
        var other = SimulatedStages.Run(SimulatedStages.Plan(Head + tune), SimulatedStages.Failing, order: 7, throughJson: true);

        Assert.Equal(SimulatedStages.Decisions(undisturbed), SimulatedStages.Decisions(other));
        Assert.Equal(StoredPlanJson.Write(undisturbed), StoredPlanJson.Write(other));
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void No_trial_stands_twice_no_seed_serves_both_and_no_purse_is_exceeded(string tune)
    {
        var plan = SimulatedStages.Run(SimulatedStages.Plan(Head + tune), SimulatedStages.Failing);
        var spec = plan.Spec.Tune!;

        Assert.Equal(plan.Trials.Length, plan.Trials.Select(trial => trial.Key).Distinct().Count());
        Assert.Equal(plan.Cells.Length, plan.Cells.Select(cell => cell.Levels).Distinct().Count());
        Assert.All(plan.Trials, trial => Assert.Equal(trial.Description.Key(), trial.Key));
        var first = plan.Stages.Single(stage => stage.Kind == StageKind.Evaluation).Number;
        Assert.All(plan.Stages, stage => Assert.All(stage.Trials, trial => Assert.Contains(trial.Seed, stage.Number < first ? spec.Seeds : plan.Spec.Seeds)));
        Assert.Empty(spec.Seeds.Intersect(plan.Spec.Seeds));
        foreach (var state in SearchState.Of(plan))
        {
            Assert.NotNull(state.Chosen);
            Assert.Equal(state.Points.Count, state.Points.Select(point => point.Point).Distinct().Count());
            Assert.All(state.Points, point => Assert.NotEmpty(point.Scores));
            if (spec.Trials is { } trials)
            {
                Assert.InRange(state.Points.Count, 1, trials);
            }
            else
            {
                // The last generation begins while there is time.
                Assert.InRange(state.Seconds, spec.Seconds!.Value, spec.Seconds.Value + Math.Max(10, spec.Generation));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void The_first_proposal_is_the_default_and_default_and_choice_are_evaluated_on_the_same_seeds(string tune)
    {
        var plan = SimulatedStages.Run(SimulatedStages.Plan(Head + tune), SimulatedStages.Figures);

        Assert.Equal(4 * (plan.Spec.Tune!.Each.Length == 3 ? 2 : 1), plan.Searches.Length);
        Assert.All(SearchState.Of(plan), state => Assert.Equal(plan.Spec.Tune.FirstIsDefault, state.Search.Space.At(state.Points[0].Point) == state.Search.Default));
        foreach (var pair in Comparisons.Evaluated(plan))
        {
            Assert.Equal(Seeds(plan, pair.Default), Seeds(plan, pair.Chosen));
            Assert.NotEmpty(Seeds(plan, pair.Default));
        }
    }

    [Fact]
    public void The_best_proposal_by_the_metric_of_the_search_is_chosen()
    {
        var plan = SimulatedStages.Run(SimulatedStages.Plan(Head + "tune: {trials: 12}"), SimulatedStages.Figures);

        Assert.All(SearchState.Of(plan), state => Assert.Equal(state.Points.Min(point => point.Scores[^1].Score), state.Points[state.Chosen!.Value].Scores[^1].Score));
        Assert.All(SearchState.Of(plan), state => Assert.Equal(state.Points[3].Scores[^1].Truth * 10, state.Points[3].Scores[^1].Score, 12));
    }

    [Theory]
    [InlineData("sobol")]
    [InlineData("random")]
    [InlineData("halton")]
    [InlineData("tpe")]
    public void A_longer_search_begins_with_the_shorter_one(string design)
    {
        var shorter = SimulatedStages.Run(SimulatedStages.Plan($"{Head}tune: {{trials: 20, design: {design}}}"), SimulatedStages.Failing);
        var longer = SimulatedStages.Run(SimulatedStages.Plan($"{Head}tune: {{trials: 40, design: {design}}}"), SimulatedStages.Failing);

        foreach (var (few, many) in SearchState.Of(shorter).Zip(SearchState.Of(longer)))
        {
            Assert.Equal((20, 40), (few.Points.Count, many.Points.Count));
            Assert.Equal(few.Points.Select(point => point.Point), many.Points.Take(20).Select(point => point.Point));
        }

        var known = longer.Trials.Select(trial => trial.Key).ToHashSet();
        Assert.All(shorter.Trials.Where(trial => shorter.Spec.Tune!.Seeds.Contains(trial.Description.Seed)), trial => Assert.Contains(trial.Key, known));
        Assert.NotEqual(shorter.Hash, longer.Hash);
    }

    [Fact]
    public void Rungs_let_the_best_on_and_only_those_that_reach_the_last_are_chosen()
    {
        var plan = SimulatedStages.Run(SimulatedStages.Plan(Head + "tune: {trials: 12, rungs: {steps: [10, 40, 100], keep: 1/3}}"), SimulatedStages.Figures);

        Assert.Equal([StageKind.Generation, StageKind.Rung, StageKind.Rung, StageKind.Evaluation], plan.Stages.Select(stage => stage.Kind));
        foreach (var state in SearchState.Of(plan))
        {
            Assert.Equal([12, 4, 2], Enumerable.Range(0, 3).Select(rung => state.Points.Count(point => point.Rung >= rung)));
            Assert.True(state.Points.Where(point => point.Rung > 0).Max(point => point.Scores[0].Score) < state.Points.Where(point => point.Rung == 0).Min(point => point.Scores[0].Score));
            Assert.Equal(2, state.Points[state.Chosen!.Value].Rung);
            Assert.Equal(10, state.Points.Count(point => point.IsCensored(plan.Spec.Tune!)));
        }

        Assert.Equal([10, 40, 100], plan.Trials.Where(trial => plan.Spec.Tune!.Seeds.Contains(trial.Description.Seed)).Select(trial => trial.Description.Budget.Steps!.Value).Distinct().Order());
    }

    [Theory]
    [InlineData("tune: {trials: 12}")]
    [InlineData("tune: {seconds: 25}")]
    [InlineData("tune: {trials: 12, rungs: {steps: [10, 100]}}")]
    public void A_search_of_which_all_trials_failed_chooses_the_default(string tune)
    {
        var given = SimulatedStages.Run(SimulatedStages.Plan(Head + tune), trial => trial.Seed > 1000 ? null : SimulatedStages.Figures(trial));
        var diverged = SimulatedStages.Run(SimulatedStages.Plan(Head + tune), trial => SimulatedStages.Figures(trial) with { IsFailed = trial.Seed > 1000 });

        Assert.All(SearchState.Of(given).Concat(SearchState.Of(diverged)), state => Assert.Equal(0, state.Chosen));
        Assert.All(Comparisons.Evaluated(given), pair => Assert.Equal(pair.Default, pair.Chosen));
    }

    [Fact]
    public void Crashes_cost_a_purse_of_seconds_as_much_as_the_dearest_trial()
    {
        var plan = SimulatedStages.Run(SimulatedStages.Plan(Head + "tune: {seconds: 25}"), trial => SimulatedStages.Noise(trial) < 0 ? null : SimulatedStages.Figures(trial));

        Assert.All(SearchState.Of(plan), state => Assert.Equal(28, state.Points.Count));
        Assert.Contains(SearchState.Of(plan).SelectMany(state => state.Points), point => point.Scores[0].Failed > 0);
    }

    [Fact]
    public void A_trial_that_two_searches_propose_is_trained_once()
    {
        var text = Head.Replace("[static, {kind: relobralo, temperature: {log: [0.01, 10]}}]", "[{kind: relobralo, temperature: {values: [0.1, 1]}}, {kind: relobralo, temperature: 1}]", StringComparison.Ordinal)
            .Replace("control: static\n", "", StringComparison.Ordinal)
            .Replace("lr: {log: [1e-4, 1e-1]}, decay: {values: [null, {every: 5}]}", "lr: {values: [1e-3, 1e-2]}", StringComparison.Ordinal)
            .Replace("network", "# network", StringComparison.Ordinal);
        var plan = SimulatedStages.Run(SimulatedStages.Plan(text + "tune: {trials: 12}"), SimulatedStages.Figures);

        var states = SearchState.Of(plan).Where(state => state.Search.Default.Problem.Kind == "plate").ToList();

        Assert.Equal([4, 2], states.Select(state => state.Points.Count));
        Assert.Equal(states[0].Search.Space.At(states[0].Points[states[0].Chosen!.Value].Point), states[1].Search.Space.At(states[1].Points[states[1].Chosen!.Value].Point));
        Assert.Equal(4, plan.Stages[0].Trials.Count(trial => plan.Cells[trial.Cell].Levels.Problem.Kind == "plate"));
        Assert.Equal(2, plan.Searches.Length / 2);
    }

    [Fact]
    public void Only_open_comparisons_get_more_seeds_and_the_default_goes_along()
    {
        // Self-adaptive is ten times as good and decided soon; gradnorm's differences go both ways and stay open.
        const string Text = """
            study: s
            factors:
              problem: helmholtz
              balancer: [static, gradnorm, self-adaptive]
              optimizer: {kind: adam, lr: {log: [1e-4, 1e-1]}}
            budget: {steps: 100}
            control: static
            tune: {trials: 6}
            replicate: {looks: [5, 10, 20]}
            """;
        var plan = SimulatedStages.Run(SimulatedStages.Plan(Text), trial =>
        {
            var figures = SimulatedStages.Figures(trial with { Levels = trial.Levels with { Balancer = Level.Of("static") } });
            var factor = trial.Levels.Balancer.Kind switch { "self-adaptive" => 0.1 + (0.001 * SimulatedStages.Noise(trial)), "gradnorm" => Math.Pow(10, SimulatedStages.Noise(trial)), _ => 1 };
            return trial.Seed > 1000 ? figures : figures with { Metric = figures.Metric * factor };
        });

        var seeds = Comparisons.Evaluated(plan).ToDictionary(
            pair => plan.Searches[pair.Search].Default.Balancer.Kind, pair => (Default: Seeds(plan, pair.Default).Count, Chosen: Seeds(plan, pair.Chosen).Count));

        Assert.Equal((20, 20), seeds["gradnorm"]);
        Assert.Equal((20, 20), seeds["static"]);
        Assert.Equal((5, 5), seeds["self-adaptive"]);
    }

    [Fact]
    public void A_study_without_searches_looks_at_all_its_cells_and_ends_when_all_is_decided()
    {
        const string Text = "study: s\nfactors:\n  problem: [helmholtz, plate]\n  balancer: [static, self-adaptive]\nbudget: {steps: 100}\nreplicate: {looks: [5, 10, 20, 40]}\n";
        var plan = SimulatedStages.Run(
            SimulatedStages.Plan(Text),
            trial => SimulatedStages.Figures(trial) is var figures && trial.Levels.Balancer.Kind == "static" ? figures : figures with { Metric = figures.Metric / 4 });

        Assert.Equal(20, plan.Stages[0].Trials.Length);
        Assert.All(plan.Stages[^1].Comparisons, comparison => Assert.Equal(PinnSweep.Studies.Replication.Verdict.Better, comparison.Verdict));
        Assert.True(plan.Stages[^1].IsLast);
        Assert.InRange(plan.Trials.Length, 20, 80);
    }

    private static List<long> Seeds(StudyPlan plan, int cell) =>
        [.. plan.Trials.Where(trial => trial.CellIndex == cell && plan.Spec.Seeds.Contains(trial.Description.Seed)).Select(trial => trial.Description.Seed).Order()];
}
