using MathNet.Numerics.Distributions;
using MathNet.Numerics.Interpolation;

namespace PinnSweep.Studies.Replication;

/// <summary>
/// From |z| at a look to the α whose bound it is. A search for each comparison would integrate some forty times; instead the bounds of a
/// grid of α are known and a spline goes between them. In x = −Φ⁻¹(α/4) the bounds are all but straight lines: p up to 0.2 is right
/// to six digits, and a larger one, which decides nothing, to three.
/// </summary>
internal sealed class RepeatedPTable
{
    /// <summary>Smaller p are not told apart.</summary>
    public const double SmallestP = 1e-12;

    private const int Nodes = 64;

    private readonly Branch?[] _looks;

    /// <summary>The table of a plan of looks.</summary>
    public RepeatedPTable(SpendingFunction spending, IReadOnlyList<int> looks)
    {
        var (first, last) = (-Normal.InvCDF(0, 1, 0.25), -Normal.InvCDF(0, 1, SmallestP / 4));
        var x = Enumerable.Range(0, Nodes).Select(i => first + ((last - first) * i / (Nodes - 1))).ToArray();
        var bounds = x.Select(value => GroupSequential.Computed(spending, Alpha(value), looks)).ToArray();
        _looks = [.. Enumerable.Range(0, looks.Count).Select(look => Branch.Of([.. bounds.Select(all => all[look])], x))];
    }

    /// <summary>The α, between <see cref="SmallestP"/> and 1.</summary>
    public double P(int look, double z)
    {
        var branch = _looks[look];
        return branch is null || z <= branch.First ? 1 : Math.Min(1, Alpha(z >= branch.Last ? branch.LastX : branch.Spline.Interpolate(z)));
    }

    private static double Alpha(double x) => Math.Min(1, 4 * Normal.CDF(0, 1, -x));

    private sealed record Branch(double First, double Last, double LastX, CubicSpline Spline)
    {
        // Near α = 1 a bound may fall again, and a look of very few seeds has the largest bound for every small α. Where bounds grow with x
        // the smallest α follows from z; below, p is 1, and beyond it stays as it is.
        public static Branch? Of(double[] bounds, double[] x)
        {
            var end = Array.FindLastIndex(bounds, bound => bound < BoundedWalk.LargestBound);
            var start = end;
            while (start > 0 && bounds[start - 1] < bounds[start])
            {
                start--;
            }

            if (start >= end)
            {
                return null;
            }

            var rising = start..(end + 1);
            return new(bounds[start], bounds[end], x[end], CubicSpline.InterpolateNaturalSorted(bounds[rising], x[rising]));
        }
    }
}
