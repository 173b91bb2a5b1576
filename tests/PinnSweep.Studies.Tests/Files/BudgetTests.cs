using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Studies.Tests.Files;

/// <summary>Cells that take another budget than the rest of the study.</summary>
public sealed class BudgetTests
{
    [Fact]
    public void The_first_exception_that_fits_a_cell_holds()
    {
        var plan = Plan("{steps: 100, except: [{balancer: gradnorm, problem: plate, steps: 7}, {balancer: static, steps: 300}, {problem: plate, steps: 400}]}");

        Assert.Equal(
            ["helmholtz/static 300", "helmholtz/gradnorm 100", "plate/static 300"],
            plan.Trials.Select(trial => $"{trial.Description.Levels.Problem.Kind}/{trial.Description.Levels.Balancer.Kind} {trial.Description.Budget.Steps}"));
        Assert.Equal(700, CostEstimate.Of(plan).TotalSteps);
    }

    [Fact]
    public void A_study_without_exceptions_keeps_its_keys() =>
        Assert.Equal(Plan("{steps: 100}").Trials.Select(trial => trial.Key), Plan("{steps: 100, except: []}").Trials.Select(trial => trial.Key));

    [Fact]
    public void A_stored_plan_keeps_the_budget_of_every_trial()
    {
        var plan = Plan("{seconds: 2, except: {balancer: static, seconds: 3}}");

        Assert.Equal(plan.Trials, StoredPlanJson.Read(StoredPlanJson.Write(plan)).Trials);
        Assert.Equal([3, 2, 3], plan.Trials.Select(trial => trial.Description.Budget.Seconds!.Value));
        Assert.Equal(TimeSpan.FromSeconds(4), CostEstimate.Of(plan).Duration(2));
    }

    [Theory]
    [InlineData("{steps: 1, except: [{steps: 2}]}", "budget.except: expected levels and what they take, for instance {sampler: rad, steps: 50000}")]
    [InlineData("{steps: 1, except: [static]}", "budget.except: expected levels and what they take")]
    [InlineData("{steps: 1, except: [{balancer: static}]}", "budget.except: expected {steps: N} or {seconds: T}; found neither")]
    [InlineData("{steps: 1, except: [{balancer: static, seconds: 2}]}", "budget.except: takes 2 s, the other trials 1 steps; give both in steps")]
    [InlineData("{steps: 1, except: [{balancr: static, steps: 2}]}", "budget.except: unknown factor 'balancr'; nearest 'balancer'")]
    [InlineData("{steps: 1, except: [{balancer: relobralo, steps: 2}]}", "budget.except.balancer: 'relobralo' is not a balancer of this study")]
    [InlineData("{steps: 1, except: [{balancer: {kind: static, weights: {boundary: 3}}, steps: 2}]}", "budget.except.balancer: no balancer of this study matches")]
    [InlineData("{steps: 1, exept: []}", "budget: unknown key 'exept'; nearest 'except'")]
    public void A_mistake_is_told_with_its_place(string budget, string message)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Plan(budget));

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.StartsWith("s.yaml:4:", mistake.Message, StringComparison.Ordinal);
    }

    private static StudyPlan Plan(string budget) => Planner.Plan(
        StudyFile.Parse(
            $$"""
            study: s
            seeds: 1
            factors: {problem: [helmholtz, plate], network: [mlp], balancer: [static, gradnorm], sampler: [uniform], optimizer: [adam]}
            budget: {{budget}}
            """,
            "s.yaml",
            SmallCatalog.Instance),
        SmallCatalog.Instance);
}
