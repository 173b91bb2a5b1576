namespace PinnSweep.Problems.References;

/// <summary>
/// Interpolation between equally spaced nodes by the cubic through four of them: fourth order, so that it adds little to an error of second
/// order.
/// </summary>
internal static class Cubic
{
    private const double Close = 1e-9;

    /// <summary>The value at a place in units of the spacing.</summary>
    /// <param name="node">The value at a node, from 0 to <paramref name="last"/>.</param>
    /// <param name="place">Between 0 and the last node.</param>
    /// <param name="last">At least 3.</param>
    public static double At(Func<int, double> node, double place, int last)
    {
        var nearest = (int)Math.Round(place);
        if (Math.Abs(place - nearest) < Close)
        {
            return node(nearest);
        }

        var first = Math.Clamp((int)Math.Floor(place) - 1, 0, last - 3);
        var t = place - first;
        return (-(t - 1) * (t - 2) * (t - 3) / 6 * node(first))
            + (t * (t - 2) * (t - 3) / 2 * node(first + 1))
            - (t * (t - 1) * (t - 3) / 2 * node(first + 2))
            + (t * (t - 1) * (t - 2) / 6 * node(first + 3));
    }
}
