using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Searches;

/// <summary>Spaces that several tests use.</summary>
internal static class SomeSpaces
{
    /// <summary>Two ranges.</summary>
    public static SearchSpace Plane { get; } =
        new([new("x", new DimensionScale.Linear(-1, 1)), new("lr", new DimensionScale.Log(1e-5, 1e-1))]);

    /// <summary>Twelve points: two under <c>a</c> and ten under <c>b</c>.</summary>
    public static SearchSpace Finite { get; } = new([
        new("kind", Choice("a", "b")),
        new("a.n", new DimensionScale.Integer(1, 2), new(0, 0)),
        new("b.n", new DimensionScale.Integer(0, 4), new(0, 1)),
        new("b.way", Choice("up", "down"), new(0, 1)),
    ]);

    /// <summary>Ranges and choices of every kind, one that hangs on another.</summary>
    public static SearchSpace Mixed { get; } = new([
        new("lr", new DimensionScale.Log(1e-5, 1e-1)),
        new("activation", Choice("tanh", "sin", "gelu")),
        new("sin.frequency", new DimensionScale.Linear(1, 30), new(1, 1)),
        new("depth", new DimensionScale.Integer(2, 9)),
    ]);

    /// <summary>A choice of words.</summary>
    public static DimensionScale.Choice Choice(params string[] words) => new([.. words.Select(word => new SpecValue.Text(word))]);

    /// <summary>A cube of ranges from 0 to 1.</summary>
    public static SearchSpace Cube(int dimensions) =>
        new([.. Enumerable.Range(0, dimensions).Select(i => new Dimension($"x{i}", new DimensionScale.Linear(0, 1)))]);

    /// <summary>A point of numbers.</summary>
    public static SpacePoint Point(params double[] values) => new([.. values.Select(value => new SpecValue.Number(value))]);

    /// <summary>A number of a point; NaN where it has none.</summary>
    public static double Number(this SpacePoint point, int dimension) =>
        point.Values[dimension] is SpecValue.Number { Value: var value } ? value : double.NaN;

    /// <summary>A point keeps bounds and conditions.</summary>
    public static void AssertInside(SearchSpace space, SpacePoint point)
    {
        Assert.Equal(space.Dimensions.Length, point.Values.Length);
        for (var i = 0; i < space.Dimensions.Length; i++)
        {
            var (dimension, value) = (space.Dimensions[i], point.Values[i]);
            var counts = dimension.When is not { } when
                || Equals(point.Values[when.Dimension], ((DimensionScale.Choice)space.Dimensions[when.Dimension].Scale).Values[when.Value]);
            Assert.Equal(counts, value is not null);
            Assert.True(!counts || Holds(dimension.Scale, value!), $"{value} is not {dimension.Scale}");
        }
    }

    private static bool Holds(DimensionScale scale, SpecValue value) => (scale, value) switch
    {
        (DimensionScale.Choice choice, _) => choice.Values.Contains(value),
        (DimensionScale.Integer whole, SpecValue.Number { Value: var x }) => x >= whole.Low && x <= whole.High && x == Math.Floor(x),
        (DimensionScale.Linear range, SpecValue.Number { Value: var x }) => x >= range.Low && x <= range.High,
        (DimensionScale.Log range, SpecValue.Number { Value: var x }) => x >= range.Low && x <= range.High,
        _ => false,
    };
}
