using System.Globalization;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using static PinnSweep.Studies.Catalogs.MethodParameters;

namespace PinnSweep.Cluster.Tests;

/// <summary>A search over three rungs, over methods that only the fake trainer knows.</summary>
internal static class RungStudy
{
    /// <summary>The steps at the end of each rung.</summary>
    public static readonly int[] Rungs = [20, 60, 180];

    private static readonly Catalog Methods = new(
        [
            Entry(Factor.Problem, "fake", Word("fault", "", "none", "exit"), Count("at", 0, "", 0), Count("times", 1_000_000, "", 0), Count("pause", 0, "", 0)),
            Entry(Factor.Network, "mlp"),
            Entry(Factor.Balancer, "static"),
            Entry(Factor.Sampler, "uniform"),
            Entry(Factor.Optimizer, "adam", Positive("lr", 1e-3, "")),
            Entry(Factor.Time, "none"),
        ],
        _ => null);

    /// <summary>Nine proposals, of which three and then one go on; each with two seeds.</summary>
    /// <param name="problem">More parameters of the problem: what goes wrong.</param>
    public static StudyPlan Plan(string problem = "pause: 0") => Planner.Plan(
        StudyFile.Parse(
            string.Create(
                CultureInfo.InvariantCulture,
                $$$"""
                study: rungs
                seeds: 2
                factors:
                  problem: {kind: fake, {{{problem}}} }
                  optimizer: {kind: adam, lr: {log: [1e-5, 1e-1]}}
                budget: {steps: 180}
                tune: {design: sobol, trials: 9, seeds: {from: 100001, count: 2}, rungs: {steps: [{{{string.Join(", ", Rungs)}}}], keep: 1/3}}
                """),
            "rungs.yaml",
            Methods),
        Methods);

    /// <summary>The whole study as it goes when nothing goes wrong.</summary>
    public static StudyPlan Undisturbed(StudyPlan plan)
    {
        while (plan.AwaitsStage)
        {
            var figures = plan.Trials.ToDictionary(trial => trial.Key, trial => FakeTraining.ErrorOf(trial.Description));
            plan = PlanGrowth.Grow(plan, StageMachine.Next(plan, key => new(figures[key], figures[key], figures[key], false, 0.5))!);
        }

        return plan;
    }

    private static MethodEntry Entry(Factor factor, string kind, params Parameter[] parameters) => new(factor, kind, kind, "rungs", [.. parameters]);
}
