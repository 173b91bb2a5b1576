using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

/// <summary>
/// Estimators of a search against SciPy 1.10.1 and NumPy 1.24.2 on <see cref="MadeSearch"/>: all numbers are printed by
/// <c>frozen-searches.py</c>, which says by which call.
/// </summary>
public sealed class SearchStatisticsTests
{
    private static readonly MadeSearch Search = new();

    [Theory]
    [InlineData(1, -2.8272182535617087)]
    [InlineData(2, -3.332643236514704)]
    [InlineData(5, -3.670080459336567)]
    [InlineData(20, -3.9094758831102245)]
    [InlineData(100, -4.064719238049221)]
    [InlineData(1000, -4.171262203352928)]
    [InlineData(2000, -4.1883101614751395)]
    public void Expected_best_is_the_sum_over_order_statistics(int n, double expected) =>
        Assert.Equal(expected, ExpectedBest.Of(Search.Logs)!.Mean[n - 1], 1e-10);

    [Theory]
    [InlineData(1, -3.1848232225068993, -3.096822943446296)]
    [InlineData(5, -3.71925678211021, -3.6681271031140215)]
    [InlineData(20, -3.9448738969251655, -3.8892971022795253)]
    [InlineData(100, -4.112775119307898, -4.033177892132855)]
    [InlineData(370, -4.1883101614751395, -4.0990460131435915)]
    [InlineData(1000, double.NegativeInfinity, -4.135153728566942)]
    public void The_band_lies_between_order_statistics(int n, double lower, double upper)
    {
        var band = ExpectedBest.Of(Search.Logs)!.Band[n - 1];

        Assert.Equal(lower, band.Lower, 1e-10);
        Assert.Equal(upper, band.Upper, 1e-10);
    }

    [Theory]
    [InlineData("rate", 0.7760446359919919, 0)]
    [InlineData("weight", 0.02204171520916993, 2.0793927672289631e-07)]
    [InlineData("width", 0.024763168555627678, 1.0200961403254899e-10)]
    [InlineData("activation", 0.006023972817688043, 0.002427336213651996)]
    public void Rank_importance_is_that_of_kruskal_and_wallis(string parameter, double etaSquared, double chiSquareP)
    {
        var groups = parameter switch
        {
            "rate" => RankGroups.Of(Search.Rate),
            "weight" => RankGroups.Of(Search.Weight),
            "width" => Search.Width,
            _ => Search.Activation,
        };

        var importance = RankImportance.Of(groups, Search.Scores, parameter)!;

        Assert.Equal(etaSquared, importance.EtaSquared, 1e-10);
        Assert.InRange(importance.P, 1.0 / 2000, chiSquareP + 0.004);
        Assert.Equal(((etaSquared * 1999) - importance.Groups + 1) / (2000 - importance.Groups), importance.Corrected, 1e-10);
        Assert.InRange(importance.Corrected, importance.Interval.Lower, importance.Interval.Upper);
        Assert.InRange(importance.Interval.Upper - importance.Interval.Lower, 0.003, 0.05);
    }

    [Fact]
    public void Rank_importance_of_twenty_points_is_that_of_four_groups()
    {
        var importance = RankImportance.Of(RankGroups.Of(Search.Weight.AsSpan(0, 20)), Search.Scores.AsSpan(0, 20), "few")!;

        Assert.Equal(4, importance.Groups);
        Assert.Equal(0.1350375939849628, importance.EtaSquared, 1e-10);
        Assert.Equal(0.46353200377494397, importance.P, 0.04);
    }

    [Fact]
    public void Ped_anova_is_the_divergence_of_the_best_from_all()
    {
        PedDimension[] dimensions =
        [
            PedDimension.OfNumbers(Search.Rate), PedDimension.OfNumbers(Search.Weight),
            PedDimension.OfChoices(Search.Width, 4), PedDimension.OfChoices(Search.Activation, 3),
        ];

        var importances = PedAnova.Of(dimensions, Search.Scores, "frozen")!.Value;

        double[] divergences = [1.705860108970552, 0.24364496351990475, 0.3522549990264833, 0.06995512551099581];
        double[] shares = [0.719251666940539, 0.10272943556849624, 0.14852331319877868, 0.029495584292185913];
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(divergences[i], importances[i].Divergence, 1e-10);
            Assert.Equal(shares[i], importances[i].Share, 1e-10);
            Assert.InRange(importances[i].Interval.Upper - importances[i].Interval.Lower, 0.005, 0.25);
        }

        Assert.Null(PedAnova.Of([dimensions[0] with { Cells = [.. dimensions[0].Cells.Take(99)] }], Search.Scores.AsSpan(0, 99), "few"));
    }

    [Fact]
    public void Share_near_the_best_has_wilsons_interval()
    {
        var near = NearBest.Of(Search.Scores)!;

        Assert.Equal((86, 2000), (near.Within, near.Count));
        Assert.Equal(0.043, near.Share, 1e-10);
        Assert.Equal(0.0349510725446127, near.Interval.Lower, 1e-10);
        Assert.Equal(0.052801108670452485, near.Interval.Upper, 1e-10);
    }

    [Fact]
    public void Regret_is_in_decades_of_the_truth()
    {
        var regret = Regret.Of(Search.Scores, Search.Truth)!;

        Assert.Equal((394, 1449, 1), (regret.Chosen, regret.Best, regret.Better));
        Assert.Equal(0.03183588620772057, regret.Decades, 1e-10);
        Assert.Equal(1.2343977283100487, regret.MedianDecades, 1e-10);
    }

    [Fact]
    public void Sensitivity_is_the_median_factor_near_and_far()
    {
        var rate = Sensitivity.Of(Search.Rate, Search.Scores, 394);
        var width = Sensitivity.Of(Search.Width, Search.Scores, 394);

        Assert.Equal((399, 501), (rate.Near, width.Near));
        Assert.Equal(3.4661345741476937, rate.NearFactor!.Value, 1e-10);
        Assert.Equal(18.213638805043246, rate.FarFactor!.Value, 1e-9);
        Assert.Equal(7.801411008393469, width.NearFactor!.Value, 1e-10);
        Assert.Equal(12.437456987672782, width.FarFactor!.Value, 1e-10);
    }

    [Fact]
    public void Kendall_with_ties_has_the_interval_of_the_jackknife()
    {
        double[] second = [.. Enumerable.Range(0, 60).Select(i => Math.Floor(10 * Search.Rate[i] * Weyl5(i)))];
        var tied = RankAgreement.Kendall([.. Search.Width.Take(60).Select(width => (double)width)], second);
        var six = RankAgreement.Kendall([1, 2, 3, 4, 5, 6], [2, 1, 3, 5, 4, 6]);

        Holds(tied, 0.5855989106025409, 0.4245020734620349, 0.7466957477430469);
        Holds(six, 0.7333333333333333, 0.1914070991688437, 1);
        Assert.Equal(RankCorrelation.Kendall([.. Search.Width.Take(60).Select(width => (double)width)], second), tied.Value, 1e-15);
    }

    [Fact]
    public void Spearman_has_the_interval_of_fishers_z()
    {
        int[] finished = [.. Enumerable.Range(0, 100).Where(i => double.IsFinite(Search.Scores[i]))];

        Holds(
            RankAgreement.Spearman([.. finished.Select(i => Search.Scores[i])], [.. finished.Select(i => Search.Truth[i])]),
            0.829714987537478,
            0.7393345823399972,
            0.890726611298365);
    }

    [Fact]
    public void Ten_thousand_proposals_keep_their_digits()
    {
        // Of 1 … B the best of n is (B + 1) ÷ (n + 1) on average, exactly.
        var best = ExpectedBest.Of([.. Enumerable.Range(1, 10000).Select(value => (double)value)])!;

        Assert.All(Enumerable.Range(1, 10000), n => Assert.Equal(10001.0 / (n + 1), best.Mean[n - 1], 1e-10 * 10001 / (n + 1)));
    }

    /// <summary>The band must hold the median of the best of n of the distribution itself, of a uniform one 1 − 2^(−1/n).</summary>
    [Fact]
    public void The_band_covers_what_it_says()
    {
        var stream = new RandomStream(5, "band");
        var covered = new int[3];
        const int repetitions = 2000;
        for (var r = 0; r < repetitions; r++)
        {
            var band = ExpectedBest.Of([.. Enumerable.Range(0, 40).Select(_ => stream.NextDouble())])!.Band;
            foreach (var (place, n) in new[] { 1, 4, 7 }.Index())
            {
                var median = 1 - Math.Pow(2, -1.0 / n);
                covered[place] += band[n - 1].Lower <= median && median <= band[n - 1].Upper ? 1 : 0;
            }
        }

        // At least 95 %, and not much more: order statistics are few. Standard error 0.005.
        Assert.All(covered, count => Assert.InRange(count / (double)repetitions, 0.94, 0.99));
    }

    private static double Weyl5(int i) => ((i + 1) * Math.Sqrt(5)) - Math.Floor((i + 1) * Math.Sqrt(5));

    private static void Holds(RankAgreement agreement, double value, double lower, double upper)
    {
        Assert.Equal(value, agreement.Value, 1e-10);
        Assert.Equal(lower, agreement.Interval!.Value.Lower, 1e-10);
        Assert.Equal(upper, agreement.Interval.Value.Upper, 1e-10);
    }
}
