using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Tests.Searches;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Spaces;

public class DimensionScaleTests
{
    [Fact]
    public void A_logarithmic_middle_is_the_geometric_one()
    {
        var scale = new DimensionScale.Log(1e-4, 1e-2);

        Assert.Equal(new SpecValue.Number(1e-4), scale.At(0));
        Assert.Equal(new SpecValue.Number(1e-3), scale.At(0.5));
        Assert.Equal(new SpecValue.Number(1e-2), scale.At(1));
        Assert.Equal(0.5, scale.UnitOf(new SpecValue.Number(1e-3)), 1e-12);
        Assert.Equal(0, scale.UnitOf(new SpecValue.Number(-1)));
        Assert.Equal(1, scale.UnitOf(new SpecValue.Number(3)));
    }

    [Fact]
    public void Whole_numbers_have_equal_shares()
    {
        var scale = new DimensionScale.Integer(3, 6);

        Assert.Equal([3, 3, 4, 4, 5, 5, 6, 6], Enumerable.Range(0, 8).Select(i => ((SpecValue.Number)scale.At(i / 8.0)).Value));
        Assert.Equal(new SpecValue.Number(6), scale.At(1));
        Assert.Equal([0.125, 0.375, 0.625, 0.875], Enumerable.Range(3, 4).Select(i => scale.UnitOf(new SpecValue.Number(i))));
    }

    [Fact]
    public void A_choice_is_in_the_middle_of_its_share()
    {
        var scale = SomeSpaces.Choice("a", "b");

        Assert.Equal(new SpecValue.Text("a"), scale.At(0.499));
        Assert.Equal(new SpecValue.Text("b"), scale.At(0.5));
        Assert.Equal(0.75, scale.UnitOf(new SpecValue.Text("b")));
        Assert.Equal(SomeSpaces.Choice("a", "b"), scale);
        Assert.NotEqual(SomeSpaces.Choice("b", "a"), scale);
    }

    [Fact]
    public void Numbers_have_six_digits_of_themselves_or_of_the_width()
    {
        Assert.Equal(new SpecValue.Number(0.333333), new DimensionScale.Linear(0, 1).At(1 / 3.0));
        Assert.Equal(new SpecValue.Number(1000.33333), new DimensionScale.Linear(1000, 1001).At(1 / 3.0));
        Assert.Equal(new SpecValue.Number(4.64159e-5), new DimensionScale.Log(1e-5, 1e-3).At(1 / 3.0));
        Assert.Equal(new SpecValue.Number(0), new DimensionScale.Linear(-1, 1).At(0.5));
    }

    [Fact]
    public void A_range_of_one_number_has_that_number()
    {
        foreach (var scale in new DimensionScale[] { new DimensionScale.Linear(0.1, 0.1), new DimensionScale.Log(0.1, 0.1), new DimensionScale.Integer(3, 3) })
        {
            Assert.Equal(scale.At(0), scale.At(0.7));
            Assert.InRange(scale.UnitOf(scale.At(0.7)), 0, 1);
        }
    }

    [Theory]
    [InlineData(0.123456789, 0.987654321)]
    [InlineData(1e6, 1e6 + 1)]
    public void Rounding_does_not_leave_the_bounds(double low, double high)
    {
        foreach (var unit in new[] { 0, 1e-9, 1 - 1e-9, 1 })
        {
            Assert.InRange(((SpecValue.Number)new DimensionScale.Linear(low, high).At(unit)).Value, low, high);
            Assert.InRange(((SpecValue.Number)new DimensionScale.Log(low, high).At(unit)).Value, low, high);
        }
    }
}
