using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Tests.Searches;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Spaces;

public class SearchSpaceTests
{
    [Fact]
    public void Points_are_counted_with_their_conditions()
    {
        Assert.Equal(12, SomeSpaces.Finite.Count());
        Assert.Equal(12, SpaceGrid.All(SomeSpaces.Finite).Distinct().Count());
        Assert.Equal(1, new SearchSpace([]).Count());
        Assert.Null(SomeSpaces.Plane.Count());
        var whole = new DimensionScale.Integer(1, long.MaxValue / 2);
        Assert.Null(new SearchSpace([new("a", whole), new("b", whole), new("c", whole)]).Count());
    }

    [Fact]
    public void Choices_on_choices_are_counted_without_a_visit_to_each_point()
    {
        // Forty choices of two, each with a whole number under one of its values: (5 + 1) to the power of 24 fits, to that of 40 does not.
        static SearchSpace Many(int choices) => new([.. Enumerable.Range(0, choices).SelectMany(i => (Dimension[])[
            new($"c{i}", SomeSpaces.Choice("a", "b")), new($"n{i}", new DimensionScale.Integer(1, 5), new(2 * i, 1))])]);

        Assert.Equal(4_738_381_338_321_616_896, Many(24).Count());
        Assert.Null(Many(40).Count());
    }

    [Fact]
    public void A_condition_under_a_condition_holds_only_with_both()
    {
        var space = new SearchSpace([
            new("a", SomeSpaces.Choice("on", "off")),
            new("b", SomeSpaces.Choice("on", "off"), new(0, 0)),
            new("c", new DimensionScale.Integer(1, 3), new(1, 0)),
        ]);

        Assert.Equal(5, space.Count());
        Assert.Equal("[\"off\", –, –]", space.At([0.9, 0.1, 0.1]).ToString());
        Assert.Equal("[\"on\", \"on\", 1]", space.At([0.1, 0.1, 0.1]).ToString());
        Assert.Equal([0.75, 0.5, 0.5], space.UnitOf(space.At([0.9, 0.1, 0.1])));
    }

    [Fact]
    public void Equal_values_are_one_point()
    {
        var point = new SpacePoint([new SpecValue.Number(0.1), null]);

        Assert.Equal(point, new([new SpecValue.Number(1e-1), null]));
        Assert.Equal(point.GetHashCode(), new SpacePoint([new SpecValue.Number(1e-1), null]).GetHashCode());
        Assert.NotEqual(point, new([null, new SpecValue.Number(0.1)]));
    }
}
