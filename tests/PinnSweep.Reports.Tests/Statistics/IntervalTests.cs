using PinnSweep.Studies;

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
        static double Mean(IReadOnlyList<double[]> all) => all.SelectMany(values => values).Average();

        Assert.Equal(StratifiedBootstrap.Of(strata, Mean, "a"), StratifiedBootstrap.Of(strata, Mean, "a"));
        Assert.NotEqual(StratifiedBootstrap.Of(strata, Mean, "a"), StratifiedBootstrap.Of(strata, Mean, "b"));
    }

    [Fact]
    public void Bootstrap_never_moves_values_between_strata()
    {
        // Within the strata nothing varies, so a bootstrap that keeps to them has no width.
        var interval = StratifiedBootstrap.Of([[1, 1, 1], [5, 5, 5]], all => all.SelectMany(values => values).Average(), "strata");

        Assert.Equal(new Interval(3, 3), interval);
    }
}
