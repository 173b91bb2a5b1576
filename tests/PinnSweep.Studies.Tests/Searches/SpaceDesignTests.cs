using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;

namespace PinnSweep.Studies.Tests.Searches;

public class SpaceDesignTests
{
    public static TheoryData<DesignKind> Designs =>
        [DesignKind.Grid, DesignKind.Random, DesignKind.Lhs, DesignKind.Sobol, DesignKind.Halton];

    [Theory]
    [MemberData(nameof(Designs))]
    public void Points_are_distinct_inside_and_the_same_again(DesignKind kind)
    {
        foreach (var space in new[] { SomeSpaces.Plane, SomeSpaces.Mixed, SomeSpaces.Cube(3) })
        {
            var points = SpaceDesign.Points(space, kind, 100, 7);

            Assert.All(points, point => SomeSpaces.AssertInside(space, point));
            Assert.Equal(points.Length, points.Distinct().Count());
            Assert.Equal(points, SpaceDesign.Points(space, kind, 100, 7));
            Assert.Equal(kind == DesignKind.Grid, points.SequenceEqual(SpaceDesign.Points(space, kind, 100, 8)));
            Assert.True(kind == DesignKind.Grid ? points.Length is > 50 and <= 100 : points.Length == 100, $"{points.Length} points");
        }
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void A_finite_space_is_used_up_to_its_last_point(DesignKind kind)
    {
        Assert.Equal(SpaceGrid.All(SomeSpaces.Finite).ToHashSet(), [.. SpaceDesign.Points(SomeSpaces.Finite, kind, 500, 3)]);
        Assert.Equal([new SpacePoint([])], SpaceDesign.Points(new([]), kind, 5, 3));
        Assert.Empty(SpaceDesign.Points(SomeSpaces.Finite, kind, 0, 3));
    }

    [Theory]
    [InlineData(DesignKind.Random)]
    [InlineData(DesignKind.Sobol)]
    [InlineData(DesignKind.Halton)]
    public void More_points_begin_with_the_fewer(DesignKind kind)
    {
        foreach (var space in new[] { SomeSpaces.Plane, SomeSpaces.Mixed, SomeSpaces.Finite })
        {
            var many = SpaceDesign.Points(space, kind, 64, 11);

            Assert.All([1, 7, 20], few => Assert.Equal(many.Take(few), SpaceDesign.Points(space, kind, few, 11)));
        }

        Assert.True(kind.CanGrow());
        Assert.False(DesignKind.Lhs.CanGrow());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(37)]
    public void A_latin_hypercube_has_one_point_in_each_slice(int count)
    {
        var points = SpaceDesign.Points(SomeSpaces.Cube(4), DesignKind.Lhs, count, 5);

        for (var d = 0; d < 4; d++)
        {
            Assert.Equal(Enumerable.Range(0, count), points.Select(point => (int)(point.Number(d) * count)).Order());
        }

        Assert.NotEqual(points.Select(point => (int)(point.Number(0) * count)), points.Select(point => (int)(point.Number(1) * count)));
    }

    [Fact]
    public void Sobol_has_one_point_in_each_slice_and_each_box_of_a_net()
    {
        var points = SpaceDesign.Points(SomeSpaces.Cube(6), DesignKind.Sobol, 64, 5);

        for (var d = 0; d < 6; d++)
        {
            Assert.Equal(Enumerable.Range(0, 64), points.Select(point => (int)(point.Number(d) * 64)).Order());
        }

        // The first two coordinates are a (0, 6, 2)-net: every box of 1/8 × 1/8 has one point.
        Assert.Equal(64, points.Select(point => ((int)(point.Number(0) * 8), (int)(point.Number(1) * 8))).Distinct().Count());
    }

    [Fact]
    public void Halton_has_three_points_in_each_third_and_one_at_most_in_each_box()
    {
        var points = SpaceDesign.Points(SomeSpaces.Cube(2), DesignKind.Halton, 36, 5);

        Assert.All(points.GroupBy(point => (int)(point.Number(0) * 4)), slice => Assert.Equal(9, slice.Count()));
        Assert.All(points.GroupBy(point => (int)(point.Number(1) * 9)), slice => Assert.Equal(4, slice.Count()));
    }

    [Fact]
    public void A_grid_has_both_bounds_and_goes_through_the_last_dimension_first()
    {
        var grid = SpaceDesign.Points(SomeSpaces.Plane, DesignKind.Grid, 10, 0);

        Assert.Equal(
            "[-1, 1E-05] [-1, 0.001] [-1, 0.1] [0, 1E-05] [0, 0.001] [0, 0.1] [1, 1E-05] [1, 0.001] [1, 0.1]",
            string.Join(' ', grid.Select(point => point.ToString())));
    }

    [Fact]
    public void A_grid_takes_few_whole_numbers_in_full_and_spreads_many()
    {
        var space = new SearchSpace([new("few", new DimensionScale.Integer(1, 3)), new("many", new DimensionScale.Integer(10, 110))]);

        var grid = SpaceDesign.Points(space, DesignKind.Grid, 17, 0);

        Assert.Equal([1, 2, 3], grid.Select(point => point.Number(0)).Distinct());
        Assert.Equal([10, 35, 60, 85, 110], grid.Select(point => point.Number(1)).Distinct());
        Assert.Equal(15, grid.Length);
    }

    [Fact]
    public void A_grid_that_is_too_large_says_how_many_points_it_needs()
    {
        Assert.Equal(16, SpaceDesign.SmallestGrid(SomeSpaces.Mixed));
        Assert.Equal(16, SpaceDesign.Points(SomeSpaces.Mixed, DesignKind.Grid, 16, 0).Length);
        var mistake = Assert.Throws<UserMistakeException>(() => SpaceDesign.Points(SomeSpaces.Mixed, DesignKind.Grid, 15, 0));
        Assert.Equal(
            "design grid: the smallest grid, of all values and the bounds of each range, has 16 points, more than the 15 asked for; "
            + "ask for that many, vary less, or use random, lhs, sobol, halton or tpe",
            mistake.Message);
    }

    [Fact]
    public void Sobol_refuses_more_dimensions_than_it_knows_and_the_others_do_not()
    {
        var space = SomeSpaces.Cube(SpaceDesign.SobolDimensions + 1);

        var mistake = Assert.Throws<UserMistakeException>(() => SpaceDesign.Points(space, DesignKind.Sobol, 4, 0));
        Assert.Equal(
            "design sobol: it knows 10 dimensions at most, and 11 are varied here; vary fewer, or use halton, lhs, random or tpe",
            mistake.Message);
        Assert.Equal(4, SpaceDesign.Points(SomeSpaces.Cube(SpaceDesign.SobolDimensions), DesignKind.Sobol, 4, 0).Length);
        Assert.All(
            [DesignKind.Halton, DesignKind.Lhs, DesignKind.Random],
            kind => Assert.Equal(4, SpaceDesign.Points(space, kind, 4, 0).Length));
    }

    [Fact]
    public void Coinciding_points_of_a_latin_hypercube_are_made_up_for()
    {
        var space = new SearchSpace([new("n", new DimensionScale.Integer(1, 10)), new("m", new DimensionScale.Integer(1, 10))]);

        Assert.Equal(80, SpaceDesign.Points(space, DesignKind.Lhs, 80, 1).Distinct().Count());
    }

    [Fact]
    public void Who_learns_has_no_fixed_points()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SpaceDesign.Points(SomeSpaces.Plane, DesignKind.Tpe, 4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpaceDesign.Points(SomeSpaces.Plane, DesignKind.External, 4, 0));
    }

    [Fact]
    public void Words_lead_there_and_back()
    {
        Assert.Equal(["grid", "random", "lhs", "sobol", "halton", "tpe", "external"], DesignWords.All.Select(kind => kind.ToWord()));
        Assert.All(DesignWords.All, kind => Assert.Equal(kind, DesignWords.FromWord(kind.ToWord())));
        Assert.Null(DesignWords.FromWord("Sobol"));
    }
}
