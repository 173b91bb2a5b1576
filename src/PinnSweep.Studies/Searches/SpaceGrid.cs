using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Searches;

/// <summary>
/// Every combination of the values of a space, the last dimension first (canonical order). Choices stand in full. Of a range come k evenly
/// spread values with both bounds, k the same for all ranges; one of whole numbers that has no more than k stands in full.
/// </summary>
internal static class SpaceGrid
{
    /// <summary>The fewest values of a range: its bounds.</summary>
    public const int FewestLevels = 2;

    /// <summary>How many points a grid has; null for more than a <see cref="long"/> can count.</summary>
    public static long? Size(SearchSpace space, int levels) => space.CountWith(scale => LevelsOf(scale, levels));

    /// <summary>The most values of a range with which a grid has at most so many points; at least <see cref="FewestLevels"/>.</summary>
    public static int MostLevels(SearchSpace space, long points)
    {
        var levels = FewestLevels;
        while (levels < points && CanGrow(space, levels) && Size(space, levels + 1) <= points)
        {
            levels++;
        }

        return levels;
    }

    /// <summary>The grid.</summary>
    public static IEnumerable<SpacePoint> Points(SearchSpace space, int levels) =>
        From(space, [.. space.Dimensions.Select(dimension => Levels(dimension.Scale, levels).Distinct().ToArray())]);

    /// <summary>All points of a finite space; none of a continuum.</summary>
    public static IEnumerable<SpacePoint> All(SearchSpace space) =>
        space.Dimensions.Any(dimension => dimension.Scale.Count is null) ? []
        : From(space, [.. space.Dimensions.Select(dimension => Every(dimension.Scale))]);

    private static bool CanGrow(SearchSpace space, int levels) =>
        space.Dimensions.Any(dimension => dimension.Scale is not DimensionScale.Choice && !(dimension.Scale.Count <= levels));

    private static long LevelsOf(DimensionScale scale, int levels) =>
        scale is DimensionScale.Choice ? scale.Count!.Value : Math.Min(levels, scale.Count ?? long.MaxValue);

    private static IEnumerable<SpecValue> Levels(DimensionScale scale, int levels) => scale switch
    {
        DimensionScale.Choice => Every(scale),
        DimensionScale.Integer { Count: { } count } when count <= levels => Every(scale),
        DimensionScale.Integer whole => Enumerable.Range(0, levels).Select(i => scale.At(scale.UnitOf(new SpecValue.Number(
            Math.Round(whole.Low + (i * ((double)whole.High - whole.Low) / (levels - 1))))))),
        _ => Enumerable.Range(0, levels).Select(i => scale.At((double)i / (levels - 1))),
    };

    private static IEnumerable<SpecValue> Every(DimensionScale scale)
    {
        for (var i = 0L; i < scale.Count; i++)
        {
            yield return scale switch
            {
                DimensionScale.Choice choice => choice.Values[(int)i],
                DimensionScale.Integer whole => new SpecValue.Number(whole.Low + i),
                _ => throw new InvalidOperationException($"{scale} has no first value"),
            };
        }
    }

    private static IEnumerable<SpacePoint> From(SearchSpace space, IEnumerable<SpecValue>[] values) =>
        From(space, values, 0, new SpecValue?[values.Length]);

    private static IEnumerable<SpacePoint> From(SearchSpace space, IEnumerable<SpecValue>[] values, int dimension, SpecValue?[] chosen)
    {
        if (dimension == values.Length)
        {
            return [new([.. chosen])];
        }

        var here = space.Counts(dimension, chosen) ? values[dimension] : (IEnumerable<SpecValue?>)[null];
        return here.SelectMany(value =>
        {
            chosen[dimension] = value;
            return From(space, values, dimension + 1, chosen);
        });
    }
}
