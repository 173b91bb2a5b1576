using System.Globalization;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Tests.Planning.Stages;

/// <summary>A search with a larger purse goes on from what it has: the results of its first trials are used again.</summary>
public sealed class ExtendedSearchTests
{
    private const string Study = """
        study: searched
        seeds: 2
        factors:
          problem: helmholtz
          balancer: [static, {kind: relobralo, temperature: {log: [0.01, 10]}}]
          optimizer: {kind: adam, lr: {log: [1e-4, 1e-2]}}
        budget: {steps: 100}
        tune: {design: DESIGN, trials: 20, seeds: {from: 100001, count: 2}}
        """;

    [Theory]
    [InlineData("sobol")]
    [InlineData("halton")]
    [InlineData("random")]
    [InlineData("tpe")]
    public void The_first_twenty_proposals_keep_their_trials(string design)
    {
        var (twenty, forty) = (Searched(design), Searched(design, ("tune.trials", "40")));

        Assert.NotEqual(twenty.Hash, forty.Hash);
        for (var search = 0; search < 2; search++)
        {
            var (few, many) = (Tuned(twenty, search), Tuned(forty, search));
            Assert.Equal((40, 80), (few.Count, many.Count));
            Assert.Equal(few, many.Take(few.Count));
        }
    }

    /// <summary>The plan once everything is decided; results are a function of what is trained.</summary>
    private static StudyPlan Searched(string design, params (string Key, string Value)[] set)
    {
        var plan = Planner.Plan(StudyFile.Parse(Study.Replace("DESIGN", design, StringComparison.Ordinal), "my.yaml", SmallCatalog.Instance, set), SmallCatalog.Instance);
        while (plan.AwaitsStage)
        {
            plan = PlanGrowth.Grow(plan, StageMachine.Next(plan, Figures)!);
        }

        return plan;
    }

    /// <summary>The trials of a search in the order of its proposals.</summary>
    private static List<TrialKey> Tuned(StudyPlan plan, int search)
    {
        var state = SearchState.Of(plan)[search];
        return [.. state.Points.SelectMany(point => state.KeysOf(plan.Spec, point, 0))];
    }

    private static TrialFigures Figures(TrialKey key)
    {
        var error = int.Parse(key.Hex[..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture) + 1e-3;
        return new(error, error, error, false, 1);
    }
}
