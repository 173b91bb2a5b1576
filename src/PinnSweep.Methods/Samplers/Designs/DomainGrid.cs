using System.Collections.Immutable;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Samplers.Designs;

/// <summary>
/// The grid of the source's code: equispaced in problem units, so a direction has points in proportion to its extent. In space n points are
/// n / (n + 1) of the extent apart and leave both ends out; in time they lie at 1/n … n/n of the interval, so the last moment has its
/// points and the first, which the initial condition has, none.
/// </summary>
/// <remarks>
/// Counts are those of DeepXDE's uniform points without boundary, which the source's <c>Grid</c> is: with time, √(n |Ω| / T) points over
/// space (Ω its box, T the interval) at each of n over that many moments; over space alone, or without time, extent / (|Ω| / n)^(1/d) along
/// each direction; all rounded up, so there may be a few points more than asked for. n = 30 on [−1, 1] × [0, 1] gives 8 × 4. Ours: no
/// direction has more points than were asked for, a side is a grid of the directions that it has, the initial side has both ends (as the
/// source's initial points do), a circle is divided into equal arcs, and holes bend the grid instead of taking points away.
/// </remarks>
internal sealed class DomainGrid : IPointDesign
{
    private readonly ImmutableArray<CubeDirection> _directions;
    private readonly ImmutableArray<int> _counts;
    private readonly bool _hasEnds;

    /// <summary>A grid that has no place yet.</summary>
    public DomainGrid()
        : this([], [], hasEnds: false)
    {
    }

    private DomainGrid(ImmutableArray<CubeDirection> directions, ImmutableArray<int> counts, bool hasEnds) => (_directions, _counts, _hasEnds) = (directions, counts, hasEnds);

    public IPointDesign For(Region region, int wanted) => new DomainGrid(region.Directions, Counts(region.Directions, wanted), region.IsInitial);

    public int Count(int wanted, int dimensions) => _counts.Aggregate(1, (product, n) => checked(product * n));

    public void Fill(Span<double> unit, int dimensions, RandomStream stream, int draw)
    {
        for (var i = 0; i < unit.Length; i += dimensions)
        {
            var rest = i / dimensions;
            for (var d = dimensions - 1; d >= 0; d--)
            {
                unit[i + d] = Place(d, rest % _counts[d]);
                rest /= _counts[d];
            }
        }
    }

    private double Place(int direction, int i)
    {
        var n = _counts[direction];
        return _directions[direction].Closes ? (double)i / n
            : _directions[direction].IsTime ? (i + 1.0) / n
            : !_hasEnds ? (i + 1.0) / (n + 1)
            : n == 1 ? 0.5
            : (double)i / (n - 1);
    }

    private static ImmutableArray<int> Counts(ImmutableArray<CubeDirection> directions, int wanted)
    {
        var space = directions.Where(direction => !direction.IsTime).ToList();
        if (space.Count is 0 || space.Count == directions.Length)
        {
            return [.. Spread(directions, wanted)];
        }

        var interval = directions.Single(direction => direction.IsTime).Extent;
        var over = RoundedUp(Math.Sqrt(wanted * space.Aggregate(1.0, (volume, direction) => volume * direction.Extent) / interval), wanted);
        var counts = Spread(space, over).ToList();
        counts.Insert(directions.ToList().FindIndex(direction => direction.IsTime), (wanted + over - 1) / over);
        return [.. counts];
    }

    /// <summary>Counts along directions that are all alike but for their extents.</summary>
    private static IEnumerable<int> Spread(IReadOnlyCollection<CubeDirection> directions, int wanted)
    {
        if (directions.Count == 1)
        {
            return [wanted];
        }

        var spacing = Math.Pow(directions.Aggregate(1.0, (volume, direction) => volume * direction.Extent) / wanted, 1.0 / directions.Count);
        return directions.Select(direction => RoundedUp(direction.Extent / spacing, wanted));
    }

    /// <summary>At least 1 and at most the limit; a whole number that rounding has made a little larger stays what it is.</summary>
    private static int RoundedUp(double value, int limit) => (int)Math.Clamp(Math.Ceiling(value * (1 - 1e-12)), 1, limit);
}
