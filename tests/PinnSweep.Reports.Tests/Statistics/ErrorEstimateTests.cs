using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Tests.Statistics;

public sealed class ErrorEstimateTests
{
    /// <summary>
    /// By hand: logarithms 0, 1, 2, 3, 4 have ȳ = 2, s² = 2.5. Of μ: t(4) = 2.7764, t² s² ÷ 5 = 3.8543. Of σ²/2 = 1.25: χ²(4) = 0.48442 and
    /// 11.1433, so that it lies 1.25 (1 − 4 ÷ 11.1433) = 0.80130 above its lower and 1.25 (4 ÷ 0.48442 − 1) = 9.07169 below its upper end.
    /// Centre 3.25.
    /// </summary>
    [Fact]
    public void The_interval_of_a_log_normal_mean_worked_by_hand()
    {
        var estimate = LogNormalMean.Of([1, Math.E, Math.Exp(2), Math.Exp(3), Math.Exp(4)]);

        Assert.Equal(3.25 - Math.Sqrt(3.8543 + (0.80130 * 0.80130)), Math.Log(estimate.Interval!.Value.Lower), 2e-4);
        Assert.Equal(3.25 + Math.Sqrt(3.8543 + (9.07169 * 9.07169)), Math.Log(estimate.Interval.Value.Upper), 2e-3);
        Assert.Equal((1 + Math.E + Math.Exp(2) + Math.Exp(3) + Math.Exp(4)) / 5, estimate.Value, 1e-12);
    }

    [Fact]
    public void Moments_of_a_log_normal_distribution_give_back_its_parameters()
    {
        // μ = −3, σ² = 0.04: mean e^(−2.98), variance mean² (e^0.04 − 1). Centre −2.98, t(9) = 2.2622, t² σ² ÷ 10 = 0.020470.
        var mean = Math.Exp(-2.98);
        var estimate = LogNormalMean.OfMoments(10, mean, mean * Math.Sqrt(Math.Exp(0.04) - 1));

        // χ²(9) = 19.0228 and 2.70039: 0.02 (1 − 9 ÷ 19.0228) = 0.010538 and 0.02 (9 ÷ 2.70039 − 1) = 0.046657.
        Assert.Equal(-2.98 - Math.Sqrt(0.020470 + (0.010538 * 0.010538)), Math.Log(estimate.Interval!.Value.Lower), 1e-4);
        Assert.Equal(-2.98 + Math.Sqrt(0.020470 + (0.046657 * 0.046657)), Math.Log(estimate.Interval.Value.Upper), 1e-4);
    }

    /// <summary>
    /// By hand for n = 10: [x₍₂₎, x₍₉₎] has 1 − 2 · 11/1024 = 0.978516, [x₍₃₎, x₍₈₎] 1 − 2 · 56/1024 = 0.890625. I = 0.028516 ÷ 0.087891 =
    /// 0.324444, λ = 8 I ÷ (2 + 6 I) = 0.657658.
    /// </summary>
    [Fact]
    public void The_interval_of_a_median_worked_by_hand()
    {
        var interval = MedianInterval.Of([.. Enumerable.Range(1, 10).Select(i => Math.Pow(10, i))]).Interval!.Value;

        Assert.Equal(2.657658, Math.Log10(interval.Lower), 1e-5);
        Assert.Equal(8.342342, Math.Log10(interval.Upper), 1e-5);
    }

    /// <summary>For n = 6, [x₍₁₎, x₍₆₎] has 31/32 and [x₍₂₎, x₍₅₎] 25/32: I = 0.1, λ = 5 · 0.1 ÷ (1 + 4 · 0.1) = 0.357143.</summary>
    [Fact]
    public void Six_errors_are_enough_for_order_statistics_and_five_take_students_t()
    {
        var six = MedianInterval.Of([1, 10, 100, 1000, 1e4, 1e5]).Interval!.Value;
        var five = MedianInterval.Of([1, 10, 100, 1000, 1e4]).Interval!.Value;

        Assert.Equal(0.357143, Math.Log10(six.Lower), 1e-5);

        // t(4) = 2.7764 · 1.58114 ÷ √5 = 1.96322 about 2.
        Assert.Equal(2 - 1.96322, Math.Log10(five.Lower), 1e-4);
    }

    /// <summary>One more normal value: ȳ ± t √(1 + 1/n) s, with t(9) = 2.262157 and t(1) = 12.7062.</summary>
    [Theory]
    [InlineData(10, 2.262157)]
    [InlineData(2, 12.706205)]
    public void Where_one_more_run_falls_is_the_prediction_interval_of_textbooks(int n, double t) =>
        Assert.Equal(t * Math.Sqrt(1 + (1.0 / n)), BestOfRuns.Quantile(n, 1, 0.975), 1e-5);

    /// <summary>By drawing: (the smallest of m more − mean of n) ÷ standard deviation of n.</summary>
    [Theory]
    [InlineData(3, 2)]
    [InlineData(5, 5)]
    [InlineData(10, 3)]
    [InlineData(200, 10)]
    public void Where_the_best_of_more_runs_falls_agrees_with_drawing_it(int n, int m)
    {
        var stream = new RandomStream(7, "best");
        const int draws = 20_000;
        var below = new int[2];
        double[] levels = [0.025, 0.975];
        double[] quantiles = [.. levels.Select(level => BestOfRuns.Quantile(n, m, level))];
        for (var draw = 0; draw < draws; draw++)
        {
            var (sum, squares) = (0.0, 0.0);
            for (var i = 0; i < n; i++)
            {
                var value = stream.NextGaussian();
                (sum, squares) = (sum + value, squares + (value * value));
            }

            var best = Enumerable.Range(0, m).Min(_ => stream.NextGaussian());
            var scaled = (best - (sum / n)) / Math.Sqrt((squares - (sum * sum / n)) / (n - 1));
            below[0] += scaled <= quantiles[0] ? 1 : 0;
            below[1] += scaled <= quantiles[1] ? 1 : 0;
        }

        // Standard error 0.0011.
        Assert.InRange(below[0] / (double)draws, 0.0205, 0.0295);
        Assert.InRange(below[1] / (double)draws, 0.9705, 0.9795);
    }

    /// <summary>Two intervals of logarithms, ± 0.3 and ± 0.4 about their numbers: the ratio's is ± 0.5.</summary>
    [Fact]
    public void Intervals_add_up_as_squares_do()
    {
        var ratio = Estimate(6, 0.3, 0.3).RatioTo(Estimate(2, 0.4, 0.4))!.Value;
        var lopsided = Estimate(6, 0, 0.3).RatioTo(Estimate(2, 0.4, 0))!.Value;

        Assert.Equal(Math.Log(3) - 0.5, Math.Log(ratio.Lower), 1e-12);
        Assert.Equal(Math.Log(3) + 0.5, Math.Log(ratio.Upper), 1e-12);

        // Ours may only be larger and theirs only smaller: the ratio may only be larger.
        Assert.Equal(Math.Log(3), Math.Log(lopsided.Lower), 1e-12);
        Assert.Equal(Math.Log(3) + 0.5, Math.Log(lopsided.Upper), 1e-12);
    }

    [Fact]
    public void A_mean_that_is_no_log_normal_one_still_lies_in_its_interval()
    {
        var estimate = LogNormalMean.Of([.. Enumerable.Range(0, 29).Select(i => 0.1 + (1e-4 * i)), 10]);

        Assert.InRange(estimate.Value, estimate.Interval!.Value.Lower, estimate.Interval.Value.Upper);
    }

    [Theory]
    [InlineData(PublishedStatistic.Mean)]
    [InlineData(PublishedStatistic.Median)]
    [InlineData(PublishedStatistic.GeometricMean)]
    public void Every_interval_covers_the_truth_of_log_normal_errors(PublishedStatistic statistic)
    {
        const int repetitions = 2000;
        foreach (var spread in new[] { 0.05, 0.15, 0.3, 1 })
        {
            var truth = statistic == PublishedStatistic.Mean ? Math.Pow(10, Math.Log(10) * spread * spread / 2) : 1;
            foreach (var n in new[] { 3, 5, 6, 10, 30 })
            {
                var stream = new RandomStream(23, FormattableString.Invariant($"{statistic}/{spread}/{n}"));
                var covered = 0;
                for (var i = 0; i < repetitions; i++)
                {
                    var interval = ErrorEstimate.Of(statistic, 1, [.. Enumerable.Range(0, n).Select(_ => Math.Pow(10, spread * stream.NextGaussian()))]).Interval!.Value;
                    covered += interval.Lower <= truth && truth <= interval.Upper ? 1 : 0;
                }

                // 95 % with a standard error of 0.5 %; what is above is caution.
                Assert.True(covered >= 0.933 * repetitions, FormattableString.Invariant($"σ {spread}, n {n}: {covered / (double)repetitions}"));
            }
        }
    }

    /// <summary>
    /// Six of ten runs near 1e-4 and four near 1: the median is the 5/6 quantile of the first hump, 0.9674 standard deviations above its
    /// middle.
    /// </summary>
    [Theory]
    [InlineData(6, 0.915)]
    [InlineData(10, 0.93)]
    [InlineData(30, 0.93)]
    public void The_interval_of_a_median_needs_no_log_normal_errors(int n, double least)
    {
        const int repetitions = 2000;
        var truth = Math.Pow(10, -4 + (0.1 * 0.9674));
        var stream = new RandomStream(29, FormattableString.Invariant($"humps/{n}"));
        var covered = 0;
        for (var i = 0; i < repetitions; i++)
        {
            var interval = MedianInterval.Of([.. Enumerable.Range(0, n).Select(_ => Math.Pow(10, (stream.NextDouble() < 0.6 ? -4 : 0) + (0.1 * stream.NextGaussian())))]).Interval!.Value;
            covered += interval.Lower <= truth && truth <= interval.Upper ? 1 : 0;
        }

        // Interpolation across the gap between the humps costs something at n = 6; Student's t would cover 20 % at n = 30.
        Assert.InRange(covered / (double)repetitions, least, 1);
    }

    private static ErrorEstimate Estimate(double value, double below, double above) => new(5, value, new(value * Math.Exp(-below), value * Math.Exp(above)));
}
