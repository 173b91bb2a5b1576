using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Model;

public sealed class FactorEffectsTests
{
    [Fact]
    public void The_factor_that_matters_has_the_largest_share()
    {
        var effects = FactorEffects.Of(StudyReport.Build(Grid().Build()))!;

        var byName = effects.Effects.ToDictionary(effect => effect.Name);
        Assert.Equal(["problem", "network", "balancer", "problem × network", "problem × balancer", "network × balancer"], effects.Effects.Select(effect => effect.Name));
        Assert.Equal("balancer", effects.Effects.MaxBy(effect => effect.Effect.PartialEtaSquared)!.Name);
        Assert.True(byName["balancer"].Holm < 0.05);
        Assert.True(byName["network"].Effect.P > 0.05);
        Assert.Equal(100, byName["balancer"].Spread!.Value, 25.0);
    }

    [Fact]
    public void An_interaction_is_found_where_one_factor_turns_the_other_round()
    {
        var effects = FactorEffects.Of(StudyReport.Build(Grid().Error((levels, seed) =>
            Math.Pow(10, -2 + (levels.Network.Kind == levels.Balancer.Kind[..1] ? -0.5 : 0.5) + Noise(levels, seed))).Build()))!;

        Assert.Equal("network × balancer", effects.Effects.MaxBy(effect => effect.Effect.PartialEtaSquared)!.Name);
    }

    [Fact]
    public void A_diverged_trial_counts_as_the_worst_of_its_problem()
    {
        var effects = FactorEffects.Of(StudyReport.Build(Grid().Error((levels, seed) => levels.Balancer.Kind == "b1" && seed == 1 ? null : 1e-2 * (1 + (0.01 * seed))).Build()))!;

        Assert.Equal(4, effects.Diverged);
        Assert.Equal(24, effects.Trials);
    }

    [Fact]
    public void One_varying_factor_is_no_question_of_factors() =>
        Assert.Null(FactorEffects.Of(StudyReport.Build(Made.FourMethods().Build())));

    private static StudyResultsBuilder Grid() => new StudyResultsBuilder()
        .With(Factor.Problem, "p1", "p2")
        .With(Factor.Network, "a", "b")
        .With(Factor.Balancer, "a1", "b1")
        .Points(2)
        .Error((levels, seed) => Math.Pow(10, (levels.Balancer.Kind == "a1" ? -1 : -3) + Noise(levels, seed)));

    private static double Noise(CellLevels levels, long seed) =>
        0.1 * new RandomStream(seed, levels.Problem.Kind + levels.Network.Kind + levels.Balancer.Kind).NextGaussian();
}
