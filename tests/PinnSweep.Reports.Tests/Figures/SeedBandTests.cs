using PinnSweep.Reports.Drawing;

namespace PinnSweep.Reports.Tests.Figures;

public sealed class SeedBandTests
{
    [Fact]
    public void Of_shared_abscissae_takes_median_and_range_point_by_point()
    {
        double[] x = [0, 10, 20];

        var band = SeedBand.Of([(x, [1, 4, 9]), (x, [2, 5, 7]), (x, [3, 6, 8])], isLog: false);

        Assert.Equal([0, 10, 20], band.X);
        Assert.Equal([2, 5, 8], band.Middle);
        Assert.Equal([1, 4, 7], band.Low);
        Assert.Equal([3, 6, 9], band.High);
    }

    [Fact]
    public void Of_different_abscissae_interpolates_on_the_logarithm()
    {
        var band = SeedBand.Of([([0, 1], [1, 0.01]), ([0, 0.4, 1], [1, 1, 1])], isLog: true);

        var middle = band.X.IndexOf(0.5);
        Assert.Equal(0.1, band.Low[middle], 12);
        Assert.Equal(1, band.High[middle], 12);
    }

    [Fact]
    public void A_line_ends_where_fewer_than_half_of_the_seeds_are_left()
    {
        var band = SeedBand.Of([([0, 1, 2, 3], [1, 1, 1, 1]), ([0, 1, 2], [1, 1, 1]), ([0, 1], [1, 1])], isLog: true);

        Assert.Equal([0, 1, 2], band.X);
    }

    [Fact]
    public void Points_that_are_not_finite_or_not_positive_on_a_log_axis_are_left_out()
    {
        var band = SeedBand.Of([([0, 1, 2, 3], [1, 0, double.NaN, double.PositiveInfinity])], isLog: true);

        Assert.Equal([0], band.X);
    }

    [Fact]
    public void From_ten_seeds_on_the_band_is_the_range_of_the_deciles()
    {
        var curves = Enumerable.Range(0, 11).Select(i => (new double[] { 0 }, new double[] { i })).ToArray();

        var band = SeedBand.Of(curves, isLog: false);

        Assert.Equal(1, band.Low[0], 12);
        Assert.Equal(9, band.High[0], 12);
    }

    [Fact]
    public void No_curves_give_no_points() => Assert.Empty(SeedBand.Of([], isLog: true).X);
}
