
namespace PinnSweep.Problems.Solvers.CutCells;

/// <summary>The area that a disc and a rectangle have in common, in closed form.</summary>
internal static class DiscArea
{
    /// <summary>The area within a disc around the origin.</summary>
    /// <param name="radius">0 or less has no area.</param>
    /// <param name="left">The rectangle.</param>
    /// <param name="right">The rectangle.</param>
    /// <param name="bottom">The rectangle.</param>
    /// <param name="top">The rectangle.</param>
    public static double Within(double radius, double left, double right, double bottom, double top) =>
        radius <= 0 || left >= radius || right <= -radius || bottom >= radius || top <= -radius
            ? 0
            : Below(radius, right, top) - Below(radius, left, top) - Below(radius, right, bottom) + Below(radius, left, bottom);

    /// <summary>The area of the disc's points with x at most <paramref name="a"/> and y at most <paramref name="b"/>.</summary>
    private static double Below(double r, double a, double b)
    {
        if (b <= -r || a <= -r)
        {
            return 0;
        }

        // Chords are cut by y = b where their half length exceeds |b|, which is for |x| below w.
        var x = Math.Min(a, r);
        var w = b >= r ? 0 : Math.Sqrt(Math.Max(0, (r * r) - (b * b)));
        var middle = Math.Clamp(x, -w, w);
        var cut = b >= r ? 0 : (b * (middle + w)) + Half(r, middle) - Half(r, -w);
        var whole = b < 0 ? 0 : 2 * (Half(r, Math.Min(x, -w)) + Half(r, Math.Max(x, w)) - Half(r, w));
        return cut + whole;
    }

    /// <summary>∫ √(r² − s²) ds from −r to x.</summary>
    private static double Half(double r, double x) =>
        (0.5 * ((x * Math.Sqrt(Math.Max(0, (r * r) - (x * x)))) + (r * r * Math.Asin(Math.Clamp(x / r, -1, 1))))) + (Math.PI * r * r / 4);
}
