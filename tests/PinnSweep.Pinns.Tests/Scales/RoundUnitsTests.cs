using PinnSweep.Problems.Scales;

namespace PinnSweep.Pinns.Tests.Scales;

public sealed class RoundUnitsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.04, 1)]
    [InlineData(30, 1)]
    [InlineData(0, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(75, 100)]
    [InlineData(0.004, 0.01)]
    [InlineData(0.002, 0.001)]
    [InlineData(1e-9, 1e-9)]
    [InlineData(7e18, 1e18)]
    [InlineData(5e-7, 1e-6)]
    [InlineData(2e-5, 1e-5)]
    [InlineData(101_325, 1e6)]
    public void Sizes_far_from_one_have_a_round_unit(double size, double unit)
    {
        Assert.Equal(unit, RoundUnits.SizeOf(size));
    }

    [Fact]
    public void A_size_in_units_of_thousands_has_the_same_own_size()
    {
        for (var size = 0.11; size < 9.9; size *= 1.1)
        {
            Assert.Equal(1, size * 1e-9 / RoundUnits.SizeOf(size * 1e-9) / size, 1e-12);
            Assert.Equal(1, size * 1e6 / RoundUnits.SizeOf(size * 1e6) / size, 1e-12);
        }
    }

    [Theory]
    [InlineData(1_700_000_000, 1_700_000_003, 1_700_000_000)]
    [InlineData(999_999_999, 1_000_000_001, 1_000_000_000)]
    [InlineData(293, 295, 294)]
    [InlineData(-20.3, -20.1, -20.2)]
    public void An_offset_is_the_roundest_number_of_a_range(double lower, double upper, double offset)
    {
        Assert.Equal(offset, RoundUnits.Between(lower, upper), 1e-12 * Math.Abs(offset));
    }
}
