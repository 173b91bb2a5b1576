using PinnSweep.Cluster.Working;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class LaneProbeTests
{
    private const int Most = 64;
    private static readonly ShapeLimit Begun = new(LaneProbe.First, false, "helmholtz", "");

    [Theory]
    // Fast to 32, then no faster: 32 stay.
    [InlineData(new[] { 1000.0, 1900, 3600, 6000, 6100 }, 32)]
    // Each twice as fast: as many as a trainer takes.
    [InlineData(new[] { 1000.0, 2000, 4000, 8000, 16000 }, 64)]
    // A twentieth is not enough.
    [InlineData(new[] { 1000.0, 1050 }, 4)]
    [InlineData(new[] { 1000.0, 1051, 900 }, 8)]
    [InlineData(new[] { 1000.0, 400 }, 4)]
    public void It_doubles_while_all_together_become_faster_and_keeps_the_best(double[] paces, int expected)
    {
        var limit = Begun;
        foreach (var pace in paces)
        {
            Assert.False(limit.IsSettled);
            limit = LaneProbe.After(limit, new(limit.Lanes, pace, null), Most)!;
        }

        Assert.True(limit.IsSettled);
        Assert.Equal(expected, limit.Lanes);
        Assert.NotEqual("", limit.Why);
    }

    [Theory]
    [InlineData(0.44, 8, false)]
    [InlineData(0.46, 4, true)]
    public void Memory_that_would_not_suffice_for_twice_as_many_ends_it(double use, int lanes, bool isSettled)
    {
        var limit = LaneProbe.After(Begun, new(4, 1000, use), Most)!;

        Assert.Equal((lanes, isSettled), (limit.Lanes, limit.IsSettled));
    }

    [Fact]
    public void A_pack_that_was_not_full_says_nothing_and_neither_does_a_limit_that_is_settled()
    {
        Assert.Null(LaneProbe.After(Begun, new(3.5, 1000, null), Most));
        Assert.Null(LaneProbe.After(Begun, new(4, double.NaN, null), Most));
        Assert.Null(LaneProbe.After(Begun with { IsSettled = true }, new(4, 1000, null), Most));
        Assert.NotNull(LaneProbe.After(Begun, new(3.7, 1000, null), Most));
    }
}
