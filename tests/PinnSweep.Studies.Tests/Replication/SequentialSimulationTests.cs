using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Replication;

namespace PinnSweep.Studies.Tests.Replication;

/// <summary>How often studies whose truth is known are decided rightly and wrongly. Study i has the stream of seed i.</summary>
public class SequentialSimulationTests
{
    private const double Sigma = 0.3;

    // Of a share of 5 % in 1,000 studies, two standard errors.
    private const double MonteCarlo = 0.014;

    [Fact]
    public void A_null_study_is_decided_in_at_most_five_percent()
    {
        var studies = SimulatedStudies.Run(Spec([5, 10, 20, 40]), 1000, 1, Normal);

        Assert.InRange(studies.Share(SimulatedStudies.IsDifferent), 0.02, 0.05);

        // One method under two names is found to be one method.
        Assert.InRange(studies.Share(verdict => verdict == Verdict.Equivalent), 0.8, 1);
    }

    [Theory]
    [InlineData(SpendingFunction.OBrienFleming, 1, 5, 10, 20)]
    [InlineData(SpendingFunction.OBrienFleming, 5, 5, 10, 20, 40)]
    [InlineData(SpendingFunction.Pocock, 1, 5, 10, 20, 40)]
    [InlineData(SpendingFunction.Pocock, 5, 5, 10, 20, 40)]
    [InlineData(SpendingFunction.Pocock, 1, 10, 20, 40)]
    public void A_null_family_is_decided_in_five_percent_up_to_chance(SpendingFunction spending, int comparisons, params int[] looks)
    {
        var studies = SimulatedStudies.Run(Spec(looks, spending), 1000, comparisons, Normal);

        Assert.InRange(studies.Share(SimulatedStudies.IsDifferent), 0.02, 0.05 + MonteCarlo);
    }

    [Theory]
    [InlineData(SpendingFunction.OBrienFleming, 1)]
    [InlineData(SpendingFunction.OBrienFleming, 5)]
    [InlineData(SpendingFunction.Pocock, 1)]
    [InlineData(SpendingFunction.Pocock, 5)]
    public void Heavier_tails_decide_no_more_null_studies(SpendingFunction spending, int comparisons)
    {
        var spec = Spec([5, 10, 20, 40], spending);
        var studies = SimulatedStudies.Run(spec, 1000, comparisons, stream => Sigma * SimulatedStudies.HeavyTailed(stream));

        Assert.InRange(studies.Share(SimulatedStudies.IsDifferent), 0.01, 0.05 + MonteCarlo);
    }

    // Bounds are those of normal values, and t statistics of few seeds hang together a little less than they suppose. A million studies at
    // looks of 5, 10, 20 and 40 seeds, without equivalence: 5.06 % by O'Brien–Fleming, 5.30 % by Pocock (2026-11-29).
    [Theory]
    [InlineData(SpendingFunction.OBrienFleming, 0.0506)]
    [InlineData(SpendingFunction.Pocock, 0.0530)]
    public void The_true_level_is_that_of_the_documents(SpendingFunction spending, double level)
    {
        const int count = 20_000;
        var studies = SimulatedStudies.Run(Spec([5, 10, 20, 40], spending) with { Equivalence = 1 }, count, 1, Normal);

        Assert.Equal(level, studies.Share(SimulatedStudies.IsDifferent), 3 * Math.Sqrt(level / count));
    }

    [Fact]
    public void A_factor_of_two_is_found_by_twenty_seeds_and_with_fewer_than_a_fixed_design()
    {
        var studies = SimulatedStudies.Run(Spec([5, 10, 20]), 1000, 1, stream => -Math.Log10(2) + Normal(stream));

        // 99 %, with 17 seeds on average, of which 30 % of the studies need 10.
        Assert.InRange(studies.Share(verdict => verdict == Verdict.Better), 0.98, 1);
        Assert.Equal(0, studies.Share(verdict => verdict == Verdict.Worse));
        Assert.InRange(studies.Average(study => study[0].Pairs), 10, 17.5);
    }

    [Fact]
    public void Where_both_arms_spread_a_factor_of_two_needs_more_seeds()
    {
        // σ = 0.3 in each arm, and nothing in common: the difference spreads by 0.424. Of 10,000 studies 85.0 % are decided rightly by
        // 20 seeds, with 18.9 on average; by 40 seeds 99 %.
        var studies = SimulatedStudies.Run(Spec([5, 10, 20]), 10_000, 1, stream => -Math.Log10(2) + Normal(stream) - Normal(stream));
        var longer = SimulatedStudies.Run(Spec([5, 10, 20, 40]), 1000, 1, stream => -Math.Log10(2) + Normal(stream) - Normal(stream));

        Assert.InRange(studies.Share(verdict => verdict == Verdict.Better), 0.84, 0.86);
        Assert.InRange(studies.Average(study => study[0].Pairs), 15, 19.5);
        Assert.InRange(longer.Share(verdict => verdict == Verdict.Better), 0.97, 1);
    }

    [Fact]
    public void A_difference_at_the_edge_of_the_region_is_rarely_called_equivalent()
    {
        var studies = SimulatedStudies.Run(Spec([5, 10, 20, 40]), 1000, 1, stream => Math.Log10(1.5) + Normal(stream));

        // One-sided α/2, and fewer because many are decided as worse before.
        Assert.InRange(studies.Share(verdict => verdict == Verdict.Equivalent), 0, 0.025);
        Assert.InRange(studies.Share(verdict => verdict == Verdict.Worse), 0.8, 1);
    }

    private static ReplicateSpec Spec(int[] looks, SpendingFunction spending = SpendingFunction.OBrienFleming) =>
        new([.. looks], 0.05, spending, 1.5);

    private static double Normal(RandomStream stream) => Sigma * stream.NextGaussian();
}
