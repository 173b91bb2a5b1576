using System.Collections.Immutable;
using PinnSweep.Numerics.Sequences;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Spaces;

namespace PinnSweep.Studies.Searches;

/// <summary>
/// Points of a space that depend on nothing but the seed. The first n points of random, sobol and halton are the same however many are
/// asked for; lhs and grid are made for one number (<see cref="DesignWords.CanGrow"/>).
/// </summary>
public static class SpaceDesign
{
    /// <summary>The most dimensions of sobol.</summary>
    public static int SobolDimensions => SobolSequence.Dimensions;

    /// <summary>
    /// Distinct points, as many as asked for, or fewer where the space has no more. A Latin hypercube of which points coincide (few whole
    /// numbers, choices) is filled up by further ones. A grid is whole, in canonical order: values in full, and of each range, bounds
    /// included, the largest number k ≥ 2 of values with which it has no more points than asked for.
    /// </summary>
    /// <param name="space">What is varied.</param>
    /// <param name="kind">One of grid, random, lhs, sobol, halton; the others propose as they learn.</param>
    /// <param name="count">How many points.</param>
    /// <param name="seed">The same seed gives the same points; a grid has none.</param>
    /// <exception cref="UserMistakeException">The smallest grid has more points, or sobol does not know so many dimensions.</exception>
    public static ImmutableArray<SpacePoint> Points(SearchSpace space, DesignKind kind, int count, long seed) =>
        Points(space, kind, count, seed, []);

    /// <summary>How many points the smallest grid has: values in full, ranges with their bounds.</summary>
    /// <returns>Null for more than a <see cref="long"/> can count.</returns>
    public static long? SmallestGrid(SearchSpace space) => SpaceGrid.Size(space, SpaceGrid.FewestLevels);

    /// <summary>The same, without points that there are already.</summary>
    internal static ImmutableArray<SpacePoint> Points(
        SearchSpace space, DesignKind kind, int count, long seed, IEnumerable<SpacePoint> taken)
    {
        if (count <= 0)
        {
            return [];
        }

        if (kind == DesignKind.Grid)
        {
            return [.. Grid(space, count).Except(taken)];
        }

        var points = ImmutableArray.CreateBuilder<SpacePoint>();
        var dimensions = space.Dimensions.Length;
        var most = (int)Math.Min(count, space.Count() ?? count);
        var draw = kind switch
        {
            DesignKind.Random => UnitDraws.Random(dimensions, seed),
            DesignKind.Sobol => UnitDraws.Sobol(dimensions, seed),
            DesignKind.Halton => UnitDraws.Halton(dimensions, seed),
            DesignKind.Lhs => UnitDraws.LatinHypercubes(dimensions, seed, () => most - points.Count),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "is not a design of fixed points"),
        };

        var fresh = new NewPoints(space, taken);
        while (points.Count < count && fresh.Next(_ => space.At(draw())) is { } point)
        {
            points.Add(point);
        }

        return points.ToImmutable();
    }

    private static IEnumerable<SpacePoint> Grid(SearchSpace space, int count) => SmallestGrid(space) is { } least && least <= count
        ? SpaceGrid.Points(space, SpaceGrid.MostLevels(space, count))
        : throw new UserMistakeException(
            $"design grid: the smallest grid, of all values and the bounds of each range, has {Number(SmallestGrid(space))} points, more than "
            + FormattableString.Invariant($"the {count:N0} asked for; ask for that many, vary less, or use random, lhs, sobol, halton or tpe"));

    private static string Number(long? count) => count is { } known ? FormattableString.Invariant($"{known:N0}") : "more than 10¹⁸";
}
