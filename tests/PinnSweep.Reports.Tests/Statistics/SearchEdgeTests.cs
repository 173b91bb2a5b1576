using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

/// <summary>What estimators of a search say of failed proposals, ties, and too few of anything.</summary>
public sealed class SearchEdgeTests
{
    private const double Failed = double.PositiveInfinity;

    [Fact]
    public void A_failed_proposal_counts_as_the_worst_or_as_the_cap()
    {
        var worst = ExpectedBest.Of([1, 3, Failed, double.NaN])!;
        var capped = ExpectedBest.Of([1, 30, Failed, Failed], cap: 10)!;

        Assert.Equal((2, 3.0), (worst.Failures, worst.Cap));
        Assert.Equal([2.5, 2, 1.5, 1], worst.Mean);
        Assert.Equal([7.75, 5.5, 3.25, 1], capped.Mean);
        Assert.Null(ExpectedBest.Of([Failed, Failed]));
        Assert.Null(ExpectedBest.Of([]));
    }

    [Fact]
    public void A_curve_is_trusted_up_to_half()
    {
        var best = ExpectedBest.Of([1, 2, 3, 4, 5])!;

        Assert.Equal([true, true, false], [best.IsTrusted(1), best.IsTrusted(2), best.IsTrusted(3)]);
    }

    [Fact]
    public void A_crossing_is_told_by_name_and_only_where_both_are_trusted()
    {
        // One is even, the other has one hit among many misses.
        var even = ExpectedBest.Of([.. Enumerable.Repeat(3.0, 20)])!;
        var lucky = ExpectedBest.Of([0, .. Enumerable.Repeat(4.0, 19)])!;

        // 4 − 4n/20 < 3 from n = 6 on.
        Assert.Equal([new CurveCrossing(6, "lucky", "even")], CurveCrossing.Of("even", even, "lucky", lucky));
        Assert.Empty(CurveCrossing.Of("even", ExpectedBest.Of([3, 3, 3, 3])!, "lucky", lucky));
    }

    [Fact]
    public void Groups_follow_quantiles_and_keep_ties_together()
    {
        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2, 2], RankGroups.Of([1, 2, 3, 4, 5, 6, 7, 8, 9]));
        Assert.Equal([1, -1, 0, 0, 1], RankGroups.Of([7, double.NaN, 5, 5, 7]));
        Assert.Equal(8, RankGroups.Of([.. Enumerable.Range(0, 1000).Select(i => (double)i)]).Distinct().Count());
    }

    [Fact]
    public void Importance_of_nothing_that_varies_is_unknown()
    {
        Assert.Null(RankImportance.Of([0, 0, 0], [1, 2, 3], "one group"));
        Assert.Null(RankImportance.Of([0, 1, -1], [Failed, double.NaN, 3], "one score"));
        Assert.Equal(1, RankImportance.Of([0, 1, 0, 1], [1, Failed, 1, double.NaN], "all")!.EtaSquared, 1e-12);
    }

    [Fact]
    public void Importance_of_chance_is_significant_as_seldom_as_it_says()
    {
        var stream = new RandomStream(3, "null importance");
        var (rejected, sum) = (0, 0.0);
        for (var r = 0; r < 200; r++)
        {
            double[] scores = [.. Enumerable.Range(0, 30).Select(_ => stream.NextDouble())];
            var importance = RankImportance.Of([.. Enumerable.Range(0, 30).Select(i => i % 5)], scores, "null")!;
            rejected += importance.P <= Significance.Alpha ? 1 : 0;
            sum += importance.EtaSquared / (4 / 29.0) / 200;
        }

        // Standard errors 0.015 and 0.05.
        Assert.InRange(rejected / 200.0, 0.01, 0.10);
        Assert.InRange(sum, 0.85, 1.15);
    }

    /// <summary>
    /// Four groups whose normal scores lie up to <paramref name="effect"/> apart. η² of the population was found from 200,000 scores; the
    /// interval is to hold it nearly as often as it says.
    /// </summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.121)]
    [InlineData(3, 0.575)]
    public void The_interval_of_an_importance_holds_that_of_the_population(double effect, double population)
    {
        var stream = new RandomStream(9, "importance interval");
        var covered = 0;
        const int repetitions = 200;
        for (var r = 0; r < repetitions; r++)
        {
            var groups = Enumerable.Range(0, 20).Select(i => i % 4).ToArray();
            var interval = RankImportance.Of(groups, [.. groups.Select(group => (effect * group / 3) + stream.NextGaussian())], "coverage")!.Interval;
            covered += interval.Lower <= population && population <= interval.Upper ? 1 : 0;
        }

        // Standard error 0.02.
        Assert.InRange(covered / (double)repetitions, 0.80, 1);
    }

    [Fact]
    public void The_share_near_the_best_counts_failures_as_far()
    {
        var near = NearBest.Of([1, 2, 2.1, Failed, double.NaN])!;

        Assert.Equal((2, 5), (near.Within, near.Count));
        Assert.Null(NearBest.Of([Failed]));
    }

    [Fact]
    public void Agreement_without_spread_has_no_interval()
    {
        Assert.Null(RankAgreement.Kendall([1, 2, 3, 4], [1, 2, 3, 4]).Interval);
        Assert.Null(RankAgreement.Spearman([1, 2, 3], [1, 3, 2]).Interval);
        Assert.True(double.IsNaN(RankAgreement.Kendall([1, 1, 1, 1], [1, 2, 3, 4]).Value));
    }

    [Fact]
    public void Regret_leaves_out_what_is_unknown_and_is_infinite_where_the_choice_failed()
    {
        Assert.Equal((2, 1, 1.0), Regret.Of([1, 2, 3], [double.NaN, 1e-2, 1e-3]) is { } regret ? (regret.Count, regret.Chosen, regret.Decades) : default);
        Assert.Equal(Failed, Regret.Of([1, 2], [Failed, 1e-3])!.Decades);
        Assert.Null(Regret.Of([Failed, 2], [1, double.NaN]));
    }

    [Fact]
    public void Sensitivity_of_fewer_than_three_neighbours_is_unknown()
    {
        var sensitivity = Sensitivity.Of([0.5, 0.55, 0.6, 0.9, 0.95, 1], [1, 2, 3, 4, Failed, 6], 0);

        Assert.Equal(new Sensitivity(2, null, 3, 6), sensitivity);
        Assert.Null(sensitivity.Ratio);
        Assert.Equal(2, Sensitivity.Of([0, 0, 0, 0, 1, 1, 1], [1, 2, 2, 2, 4, 4, 4], 0).Ratio);
    }
}
