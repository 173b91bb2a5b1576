using System.Collections.Immutable;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Formulation;

/// <summary>A box without the discs that are cut out of it.</summary>
internal sealed class DiscsInBox(Axis x, Axis y, ImmutableArray<Hole> holes) : IPlaneArea
{
    private readonly ImmutableArray<Hole> _holes = [.. holes.OrderBy(hole => hole.Y)];

    /// <inheritdoc/>
    public double Measure => (x.Extent * y.Extent) - _holes.Sum(hole => hole.Area);

    /// <summary>
    /// The x left of which a share of the free area lies: Newton's method on the exact area, bisection where it leaves the bracket.
    /// </summary>
    public double Across(double share)
    {
        var height = y.Extent;
        var wanted = share * ((x.Extent * height) - _holes.Sum(hole => hole.Area));
        var (low, high) = (x.Lower, x.Upper);
        var at = x.Lower + (x.Extent * share);
        for (var i = 0; i < 100; i++)
        {
            var (area, length) = ((at - x.Lower) * height, height);
            foreach (var hole in _holes)
            {
                area -= hole.AreaLeftOf(at);
                length -= 2 * hole.HalfChordAt(at);
            }

            (low, high) = area < wanted ? (at, high) : (low, at);
            var next = at - ((area - wanted) / length);
            next = next > low && next < high ? next : low + ((high - low) / 2);
            if (Math.Abs(next - at) <= 1e-15 * x.Extent)
            {
                return next;
            }

            at = next;
        }

        return at;
    }

    /// <summary>The y below which a share of the free part of a line lies; each chord that it passes is added.</summary>
    public double Along(double at, double share)
    {
        var free = y.Extent;
        foreach (var hole in _holes)
        {
            free -= 2 * hole.HalfChordAt(at);
        }

        var found = y.Lower + (free * share);
        foreach (var hole in _holes)
        {
            var half = hole.HalfChordAt(at);
            found += found >= hole.Y - half ? 2 * half : 0;
        }

        return Math.Min(found, y.Upper);
    }
}
