namespace PinnSweep.Reports.Statistics;

/// <summary>Mean, deviation and order statistics of a sample.</summary>
internal static class Descriptive
{
    /// <summary>Arithmetic mean; NaN for no values.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>Standard deviation with n − 1 in the denominator (ddof = 1); NaN for fewer than two values.</summary>
    public static double StandardDeviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return double.NaN;
        }

        var mean = Mean(values);
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return Math.Sqrt(sum / (values.Length - 1));
    }

    /// <summary>Median; NaN for no values.</summary>
    public static double Median(ReadOnlySpan<double> values) => Quantile(values, 0.5);

    /// <summary>
    /// Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, the default of R and NumPy); NaN for no
    /// values.
    /// </summary>
    public static double Quantile(ReadOnlySpan<double> values, double probability)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        return QuantileOfSorted(sorted, probability);
    }

    /// <summary>The same of values that ascend already; several quantiles of one sample need one sort.</summary>
    public static double QuantileOfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        var position = probability * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var share = position - below;

        // An order statistic that is hit exactly must not be touched by an infinite neighbour (0 · ∞).
        return share == 0 || sorted[below] == sorted[below + 1] ? sorted[below] : sorted[below] + (share * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>
    /// Interquartile mean: the mean of the middle half, observations on its edges counted by the fraction that lies inside
    /// (Agarwal et al. 2021, arXiv:2108.13264; weights as in the trimmed mean of order 1/4).
    /// </summary>
    public static double InterquartileMean(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        var from = sorted.Length / 4.0;
        var to = sorted.Length - from;
        var sum = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var inside = Math.Min(i + 1, to) - Math.Max(i, from);
            sum += inside > 0 ? inside * sorted[i] : 0;
        }

        return sum / (to - from);
    }

    /// <summary>The same of a resample: of each value of an ascending sample so many, told by its place before sorting.</summary>
    /// <param name="sorted">The sample, ascending.</param>
    /// <param name="places">Where each of them stands in <paramref name="counts"/>.</param>
    /// <param name="counts">How often each was drawn, as many in all as there are values.</param>
    public static double InterquartileMean(ReadOnlySpan<double> sorted, ReadOnlySpan<int> places, ReadOnlySpan<int> counts)
    {
        var from = sorted.Length / 4.0;
        var to = sorted.Length - from;
        var (sum, below) = (0.0, 0);
        for (var i = 0; i < sorted.Length && below < to; i++)
        {
            var next = below + counts[places[i]];
            var inside = Math.Min(next, to) - Math.Max(below, from);
            sum += inside > 0 ? inside * sorted[i] : 0;
            below = next;
        }

        return sum / (to - from);
    }
}
