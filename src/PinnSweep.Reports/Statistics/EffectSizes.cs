namespace PinnSweep.Reports.Statistics;

/// <summary>Effect sizes of two samples that ask only which value is smaller.</summary>
internal static class EffectSizes
{
    /// <summary>
    /// Cliff's δ (Cliff 1993): P(first &gt; second) − P(first &lt; second) over all pairs, from −1 (every first value is smaller) to 1; NaN
    /// without values.
    /// </summary>
    public static double CliffsDelta(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        long balance = 0;
        foreach (var a in first)
        {
            foreach (var b in second)
            {
                balance += a > b ? 1 : a < b ? -1 : 0;
            }
        }

        return balance / ((double)first.Length * second.Length);
    }

    /// <summary>
    /// Vargha and Delaney's A (2000) in the direction of errors: the probability that a first value is smaller than a second one, ties
    /// counting half.
    /// </summary>
    public static double ProbabilityOfSmaller(ReadOnlySpan<double> first, ReadOnlySpan<double> second) => (1 - CliffsDelta(first, second)) / 2;
}
