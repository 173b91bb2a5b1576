using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Replication;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using static PinnSweep.Studies.Catalogs.MethodParameters;

namespace PinnSweep.Studies.Tests.Planning.Stages;

/// <summary>
/// Whole studies, tuned and replicated until decided, over methods whose errors come from a formula: log10 of the error is lowest at a
/// learning rate of 1e-3, spreads by 0.3 decades between seeds, and one method may be better than the other by a factor.
/// </summary>
public sealed class NullStudyTests
{
    private const int Studies = 1000;
    private const double Spread = 0.3;

    private static readonly Catalog Methods = new(
        [
            new(Factor.Problem, "p", "p", "s", []),
            new(Factor.Network, "mlp", "n", "s", []),
            new(Factor.Balancer, "one", "b", "s", [Positive("tau", 1, "")]),
            new(Factor.Balancer, "other", "b", "s", [Positive("tau", 1, "")]),
            new(Factor.Sampler, "uniform", "u", "s", []),
            new(Factor.Optimizer, "adam", "a", "s", [Positive("lr", 1e-2, "")]),
            new(Factor.Time, "none", "t", "s", []),
        ],
        _ => null);

    private static readonly StudyPlan Plan = Planner.Plan(
        StudyFile.Parse(
            """
            study: null
            seeds: 5
            factors:
              problem: p
              balancer: [{kind: one, tau: {log: [0.01, 10]}}, {kind: other, tau: {log: [0.01, 10]}}]
              optimizer: {kind: adam, lr: {log: [1e-5, 1e-1]}}
            budget: {steps: 10}
            control: one
            tune: {trials: 8, seeds: {from: 100001, count: 2}}
            replicate: {until: decided, looks: [5, 10, 20, 40]}
            """.Replace("study: null", "study: one-method-under-two-names", StringComparison.Ordinal),
            "null.yaml",
            Methods),
        Methods);

    [Fact]
    public void One_method_under_two_names_is_hardly_ever_told_apart()
    {
        var decided = Enumerable.Range(0, Studies).Count(study => Run(study, factor: 1) is { Verdict: Verdict.Better or Verdict.Worse });

        Assert.InRange(decided, 0, Studies * 5 / 100);
    }

    [Fact]
    public void A_factor_of_four_is_found_with_few_seeds()
    {
        var ends = Enumerable.Range(0, Studies / 10).Select(study => Run(study, factor: 4)).ToList();

        Assert.All(ends, end => Assert.Equal(Verdict.Worse, end.Verdict));
        Assert.InRange(ends.Average(end => end.Pairs), 5, 20);
    }

    /// <summary>The end of the comparison of a study; each has its own luck.</summary>
    private static ComparisonDecision Run(int study, double factor)
    {
        var plan = Plan;
        var known = new Dictionary<TrialKey, TrialFigures>();
        while (plan.AwaitsStage)
        {
            foreach (var trial in plan.Trials.Where(trial => !known.ContainsKey(trial.Key)))
            {
                known[trial.Key] = Figures(trial.Description, study, factor);
            }

            plan = PlanGrowth.Grow(plan, StageMachine.Next(plan, key => known[key])!);
        }

        return Assert.Single(plan.Stages[^1].Comparisons);
    }

    private static TrialFigures Figures(TrialDescription trial, int study, double factor)
    {
        var lr = Math.Log10(trial.Levels.Optimizer.Parameters.Number("lr")) + 3;
        var isOther = trial.Levels.Balancer.Kind == "other";

        // Pairs differ by the spread: half of its variance each.
        var luck = new RandomStream(trial.Seed, $"{study} {trial.Levels.Balancer.Kind}").NextGaussian() * Spread / Math.Sqrt(2);
        var error = Math.Pow(10, -2 + (0.2 * lr * lr) + luck + (isOther ? Math.Log10(factor) : 0));
        return new(error, error, error, false, 1);
    }
}
