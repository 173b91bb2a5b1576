using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Planning;

public class MeasuredCostsTests
{
    private const string Study = """
        study: s
        seeds: 3
        factors:
          problem: [helmholtz, plate]
          network: [mlp]
          balancer: [static, relobralo]
          sampler: [uniform]
          optimizer: [adam]
        budget: {steps: 100}
        """;

    private static readonly StudyPlan Plan = Planner.Plan(StudyFile.Parse(Study, "s.yaml", SmallCatalog.Instance), SmallCatalog.Instance);

    [Fact]
    public void A_cell_that_was_measured_costs_what_was_measured()
    {
        var costs = new MeasuredCosts([.. Levels.Select((levels, i) => new MeasuredCell(levels, 0.01 * (i + 1), 1000 * (i + 1)))]);

        Assert.All(Plan.Trials, trial => Assert.Equal(1.0 * (1 + Levels.ToList().IndexOf(trial.Description.Levels)), costs.SecondsOf(trial), 9));
        Assert.Equal(3 * (1000 + 2000 + 3000 + 4000), costs.Bytes(Plan.Trials));
        Assert.Equal((0.01, 0.04), costs.SecondsPerStep);
    }

    [Fact]
    public void A_cell_that_was_not_costs_what_its_problem_does_with_another_method()
    {
        var measured = Levels.Where(levels => levels.Balancer.Kind == "static").Select(levels => new MeasuredCell(levels, levels.Problem.Kind == "plate" ? 0.5 : 0.01, 100)).ToArray();
        var costs = new MeasuredCosts([.. measured]);

        Assert.All(Plan.Trials, trial => Assert.Equal(trial.Description.Levels.Problem.Kind == "plate" ? 50 : 1, costs.SecondsOf(trial), 9));
    }

    [Fact]
    public void Several_as_similar_ones_count_in_the_geometric_mean()
    {
        var helmholtz = Levels.First(levels => levels.Problem.Kind == "helmholtz");
        var costs = new MeasuredCosts([new(helmholtz with { Sampler = Level.Of("a") }, 0.01, 100), new(helmholtz with { Sampler = Level.Of("b") }, 0.04, 300)]);

        Assert.Equal(2, costs.SecondsOf(Plan.Trials.First(trial => trial.Description.Levels == helmholtz)), 9);
    }

    [Fact]
    public void Trials_share_the_slots_and_none_is_shorter_than_its_longest()
    {
        var costs = new MeasuredCosts([.. Levels.Select(levels => new MeasuredCell(levels, levels == Levels[0] ? 1 : 0.01, 100))]);

        Assert.Equal(3 * (100 + 1 + 1 + 1), costs.Duration(Plan.Trials, 1).TotalSeconds, 6);
        Assert.Equal(100, costs.Duration(Plan.Trials, 1000).TotalSeconds, 6);
        Assert.InRange(costs.Duration(Plan.Trials, 2).TotalSeconds, 309 / 2.0, 309);
        Assert.Equal(TimeSpan.Zero, costs.Duration([], 2));
    }

    private static CellLevels[] Levels => [.. Plan.Trials.Select(trial => trial.Description.Levels).Distinct()];
}
