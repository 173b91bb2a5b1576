using MathNet.Numerics.Distributions;

namespace PinnSweep.Reports.Statistics;

/// <summary>Wilson's score interval of a proportion (Wilson 1927), without continuity correction.</summary>
internal static class WilsonInterval
{
    /// <summary>
    /// The 95 % interval of the probability behind <paramref name="successes"/> of <paramref name="trials"/>; (0, 1) without trials.
    /// </summary>
    public static Interval Of(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (trials == 0)
        {
            return new(0, 1);
        }

        var z = Normal.InvCDF(0, 1, 1 - (Significance.Alpha / 2));
        var n = (double)trials;
        var p = successes / n;
        var centre = p + (z * z / (2 * n));
        var half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        var scale = 1 + (z * z / n);

        // The ends at 0 and n are exact in theory; rounding must not move them.
        return new(successes == 0 ? 0 : (centre - half) / scale, successes == trials ? 1 : (centre + half) / scale);
    }
}
