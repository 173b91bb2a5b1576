namespace PinnSweep.Studies.Replication;

/// <summary>Holm's step-down correction (Holm 1979) over all comparisons of a study.</summary>
internal static class HolmCorrection
{
    /// <summary>Adjusted p in the order given: decide where they are at most α.</summary>
    public static double[] Adjust(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        var running = 0.0;
        foreach (var (place, index) in Enumerable.Range(0, p.Count).OrderBy(i => p[i]).Select((index, place) => (place, index)))
        {
            running = Math.Max(running, Math.Min(1, (p.Count - place) * p[index]));
            adjusted[index] = running;
        }

        return adjusted;
    }
}
