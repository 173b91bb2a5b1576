namespace PinnSweep.Reports.Statistics;

/// <summary>How far two lists put the same things in the same order.</summary>
internal static class RankCorrelation
{
    /// <summary>
    /// Spearman's ρ (1904): the correlation of the midranks; NaN for fewer than two values or where one list is constant.
    /// </summary>
    public static double Spearman(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (a, b) = (Ranks.Of(first), Ranks.Of(second));
        var (meanA, meanB) = (Descriptive.Mean(a), Descriptive.Mean(b));
        var (both, squareA, squareB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            both += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }

        return squareA > 0 && squareB > 0 ? both / Math.Sqrt(squareA * squareB) : double.NaN;
    }

    /// <summary>Kendall's τ-b (1945), corrected for ties; NaN as above.</summary>
    public static double Kendall(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (balance, notTiedFirst, notTiedSecond) = (0, 0, 0);
        for (var i = 0; i < first.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (first[i].CompareTo(first[j]), second[i].CompareTo(second[j]));
                balance += Math.Sign(a) * Math.Sign(b);
                notTiedFirst += a != 0 ? 1 : 0;
                notTiedSecond += b != 0 ? 1 : 0;
            }
        }

        return notTiedFirst > 0 && notTiedSecond > 0 ? balance / Math.Sqrt((double)notTiedFirst * notTiedSecond) : double.NaN;
    }
}
