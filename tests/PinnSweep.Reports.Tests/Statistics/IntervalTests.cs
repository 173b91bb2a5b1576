using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

/// <summary>Reference values: SciPy 1.10.1 (<c>stats.t.ppf</c> on log10, <c>binomtest(k, n).proportion_ci(method="wilson")</c>).</summary>
public sealed class IntervalTests
{
    [Fact]
    public void LogErrorMean_agrees_with_scipy()
    {
        var mean = LogErrorMean.Of([1e-3, 2e-3, 5e-3]);

        Assert.Equal(0.0021544346900318843, mean.Mean, 1e-15);
        Assert.Equal(0.000289992949257309, mean.Interval!.Value.Lower, 1e-13);
        Assert.Equal(0.01600586788575445, mean.Interval.Value.Upper, 1e-11);
    }

    [Fact]
    public void LogErrorMean_of_one_error_has_no_interval() => Assert.Null(LogErrorMean.Of([1e-3]).Interval);

    [Fact]
    public void LogErrorMean_covers_the_truth_as_often_as_it_says()
    {
        var stream = new RandomStream(7, "coverage");
        const int repetitions = 4000;
        var covered = 0;
        for (var i = 0; i < repetitions; i++)
        {
            double[] errors = [.. Enumerable.Range(0, 3).Select(_ => Math.Pow(10, -3 + (0.3 * stream.NextGaussian())))];
            var interval = LogErrorMean.Of(errors).Interval!.Value;
            covered += interval.Lower <= 1e-3 && 1e-3 <= interval.Upper ? 1 : 0;
        }

        // Standard error 0.0034.
        Assert.InRange(covered / (double)repetitions, 0.936, 0.964);
    }

    [Theory]
    [InlineData(0, 3, 0, 0.5614970317550454)]
    [InlineData(1, 3, 0.06149194472039626, 0.7923403991979523)]
    [InlineData(7, 10, 0.39677814746114526, 0.892208732593699)]
    [InlineData(10, 10, 0.7224672001371109, 1)]
    public void WilsonInterval_agrees_with_scipy(int successes, int trials, double lower, double upper)
    {
        var interval = WilsonInterval.Of(successes, trials);

        Assert.Equal(lower, interval.Lower, 1e-10);
        Assert.Equal(upper, interval.Upper, 1e-10);
    }

    [Fact]
    public void Bootstrap_is_a_function_of_data_seed_and_name()
    {
        double[][] strata = [[1, 2, 3], [4, 5, 9]];

        Assert.Equal(IntervalOfMean(strata, "a"), IntervalOfMean(strata, "a"));
        Assert.NotEqual(IntervalOfMean(strata, "a"), IntervalOfMean(strata, "b"));
    }

    [Fact]
    public void Bootstrap_never_moves_values_between_strata()
    {
        // Within the strata nothing varies, so a bootstrap that keeps to them has no width.
        var interval = IntervalOfMean([[1, 1, 1], [5, 5, 5]], "strata");

        Assert.Equal(new Interval(3, 3), interval);
    }

    /// <summary>Of one stratum of n values the standard error of the resampled mean is σ/√n with n in the denominator of σ².</summary>
    [Fact]
    public void Bootstrap_of_a_mean_is_as_wide_as_theory_says()
    {
        double[] values = [.. Enumerable.Range(0, 50).Select(i => (double)i)];
        var error = Math.Sqrt(values.Select(value => (value - 24.5) * (value - 24.5)).Average() / 50);

        var interval = IntervalOfMean([values], "width")!.Value;

        Assert.Equal(2 * 1.96 * error, interval.Upper - interval.Lower, 0.1 * error * 4);
    }

    [Fact]
    public void A_resample_has_the_interquartile_mean_of_its_values()
    {
        double[] sample = [3, 1, 4, 1, 5, 9, 2, 6];
        int[] counts = [2, 0, 1, 3, 0, 1, 0, 1];
        double[] resample = [.. sample.SelectMany((value, i) => Enumerable.Repeat(value, counts[i]))];
        int[] places = [.. Enumerable.Range(0, 8).OrderBy(i => sample[i])];

        Assert.Equal(Descriptive.InterquartileMean(resample), Descriptive.InterquartileMean([.. sample.Order()], places, counts), 1e-14);
    }

    [Fact]
    public void A_resample_has_the_probability_of_its_values()
    {
        double[][] first = [[1, 2, double.PositiveInfinity], [5, 5]];
        double[][] second = [[2, 2, 3, double.PositiveInfinity], [4]];
        var probability = new SmallerProbability(first, second);

        // Drawn: {1, 1, ∞} and {5, 5} of the first, {2, 3, 3, ∞} and {4} of the second.
        var mean = probability.Of([2, 0, 1, 1, 1, 1, 0, 2, 1, 1]);

        double[] one = [1, 1, double.PositiveInfinity];
        double[] other = [2, 3, 3, double.PositiveInfinity];
        Assert.Equal([3, 2, 4, 1], probability.Sizes);
        Assert.Equal((EffectSizes.ProbabilityOfSmaller(one, other) + EffectSizes.ProbabilityOfSmaller([5, 5], [4])) / 2, mean, 1e-14);
    }

    private static Interval? IntervalOfMean(double[][] strata, string name)
    {
        double[] values = [.. strata.SelectMany(stratum => stratum)];
        return StratifiedBootstrap.Of([.. strata.Select(stratum => stratum.Length)], counts => values.Select((value, i) => value * counts[i]).Sum() / values.Length, name);
    }
}
