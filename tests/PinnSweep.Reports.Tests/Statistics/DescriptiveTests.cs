using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

public sealed class DescriptiveTests
{
    [Theory]
    [InlineData(0.1, 1.0)]
    [InlineData(0.5, 3.5)]
    [InlineData(0.9, 6.9)]
    public void Quantile_interpolates_as_numpy_does(double probability, double expected) =>
        Assert.Equal(expected, Descriptive.Quantile([3, 1, 4, 1, 5, 9, 2, 6], probability), 12);

    [Fact]
    public void Interquartile_mean_of_eight_values_is_the_mean_of_the_middle_four() =>
        Assert.Equal(3.5, Descriptive.InterquartileMean([7, 0, 6, 1, 5, 2, 4, 3]), 12);

    [Fact]
    public void Interquartile_mean_counts_values_on_the_edge_by_what_lies_inside()
    {
        // Six values: 1.5 are cut at each end, half of the second and of the fifth stay.
        Assert.Equal(((0.5 * 1) + 2 + 3 + (0.5 * 10)) / 3, Descriptive.InterquartileMean([-100, 1, 2, 3, 10, 100]), 12);
    }

    [Fact]
    public void An_infinite_value_outside_the_middle_half_does_not_reach_the_interquartile_mean() =>
        Assert.Equal(2.5, Descriptive.InterquartileMean([1, 2, 3, double.PositiveInfinity]), 12);

    [Fact]
    public void Median_beside_an_infinite_value_is_finite() => Assert.Equal(2, Descriptive.Median([2, double.PositiveInfinity, 1]));

    [Fact]
    public void StandardDeviation_of_one_value_does_not_exist() => Assert.True(double.IsNaN(Descriptive.StandardDeviation([1.0])));

    [Fact]
    public void Ranks_of_ties_are_shared() => Assert.Equal([1, 2.5, 2.5, 4], Ranks.Of([0.1, 7, 7, 9]));
}
