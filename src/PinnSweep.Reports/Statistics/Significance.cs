namespace PinnSweep.Reports.Statistics;

/// <summary>The level at which every test and interval of a report is stated.</summary>
internal static class Significance
{
    /// <summary>α: the accepted probability of a false rejection.</summary>
    public const double Alpha = 0.05;

    /// <summary>1 − α: the coverage of every interval.</summary>
    public const double Confidence = 1 - Alpha;
}
