namespace PinnSweep.Reports.Statistics;

/// <summary>
/// Holm's step-down correction for several tests at once (Holm 1979): controls the family-wise error, needs no independence.
/// </summary>
internal static class HolmCorrection
{
    /// <summary>Adjusted p values in the order given: reject where they are at most α.</summary>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        var sorted = p.ToArray();
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order);
        var adjusted = new double[sorted.Length];
        var running = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            running = Math.Max(running, Math.Min(1, (sorted.Length - i) * sorted[i]));
            adjusted[order[i]] = running;
        }

        return adjusted;
    }
}
