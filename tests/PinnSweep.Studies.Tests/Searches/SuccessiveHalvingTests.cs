using PinnSweep.Studies.Searches;

namespace PinnSweep.Studies.Tests.Searches;

public class SuccessiveHalvingTests
{
    private const double Failed = double.PositiveInfinity;

    [Theory]
    [InlineData(0.25, new[] { 4.0, 1, 3, 2, 8, 7, 6, 5 }, new[] { 1, 3 })]
    [InlineData(0.25, new[] { 4.0, 1, 3, 2, 8 }, new[] { 1, 3 })]
    [InlineData(0.25, new[] { 4.0, 1 }, new[] { 1 })]
    [InlineData(0.5, new[] { 2.0, 1, 1, 1 }, new[] { 1, 2 })]
    [InlineData(0.5, new[] { 1.0, 1, 1, 1 }, new[] { 0, 1 })]
    [InlineData(1, new[] { 3.0, Failed, 1 }, new[] { 0, 2 })]
    [InlineData(0.75, new[] { Failed, Failed, 9, Failed }, new[] { 2 })]
    [InlineData(0.5, new[] { double.NaN, 2, 1, 3 }, new[] { 1, 2 })]
    [InlineData(0.5, new[] { Failed, Failed }, new int[0])]
    [InlineData(0.5, new double[0], new int[0])]
    public void The_best_share_goes_on(double keep, double[] scores, int[] promoted) =>
        Assert.Equal(promoted, SuccessiveHalving.Promote(scores, keep));

    [Fact]
    public void A_share_that_is_whole_but_for_rounding_is_not_rounded_up()
    {
        // In binary 0.07 · 100 is more than 7.
        Assert.True(0.07 * 100 > 7);
        Assert.Equal(Enumerable.Range(0, 7), SuccessiveHalving.Promote([.. Enumerable.Range(0, 100).Select(i => (double)i)], 0.07));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void A_share_is_above_0_and_at_most_1(double keep) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SuccessiveHalving.Promote([1, 2], keep));
}
