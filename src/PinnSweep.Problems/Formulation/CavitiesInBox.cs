using System.Collections.Immutable;

namespace PinnSweep.Problems.Formulation;

/// <summary>A box of three coordinates without the balls that are cut out of it, as the image of a unit cube that keeps volume.</summary>
internal sealed class CavitiesInBox(ImmutableArray<Axis> axes, ImmutableArray<Cavity> cavities)
{
    private readonly Axis _x = axes[0];

    private double Side => axes[1].Extent * axes[2].Extent;

    /// <summary>The volume.</summary>
    public double Measure => (_x.Extent * Side) - cavities.Sum(cavity => cavity.Volume);

    /// <summary>Sets the first three coordinates: x by the volume left of it, the others in the plane at x, which balls leave discs out of.</summary>
    public void Place(ReadOnlySpan<double> unit, Span<double> point)
    {
        point[0] = Across(unit[0]);
        var x = point[0];
        var slice = new DiscsInBox(axes[1], axes[2], [.. cavities.Where(cavity => cavity.RadiusAt(x) > 0).Select(cavity => new Hole(1, 2, cavity.Y, cavity.Z, cavity.RadiusAt(x)))]);
        point[1] = slice.Across(unit[1]);
        point[2] = slice.Along(point[1], unit[2]);
    }

    /// <summary>Newton's method on the exact volume, bisection where it leaves the bracket.</summary>
    private double Across(double share)
    {
        var wanted = share * Measure;
        var (low, high) = (_x.Lower, _x.Upper);
        var at = _x.Lower + (_x.Extent * share);
        for (var i = 0; i < 100; i++)
        {
            var (volume, area) = ((at - _x.Lower) * Side, Side);
            foreach (var cavity in cavities)
            {
                volume -= cavity.VolumeLeftOf(at);
                area -= Math.PI * cavity.RadiusAt(at) * cavity.RadiusAt(at);
            }

            (low, high) = volume < wanted ? (at, high) : (low, at);
            var next = at - ((volume - wanted) / area);
            next = next > low && next < high ? next : low + ((high - low) / 2);
            if (Math.Abs(next - at) <= 1e-15 * _x.Extent)
            {
                return next;
            }

            at = next;
        }

        return at;
    }
}
