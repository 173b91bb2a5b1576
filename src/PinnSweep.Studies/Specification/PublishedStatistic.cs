namespace PinnSweep.Studies.Specification;

/// <summary>What a published number is of its runs.</summary>
public enum PublishedStatistic
{
    /// <summary>Arithmetic mean.</summary>
    Mean,

    /// <summary>Median.</summary>
    Median,

    /// <summary>Geometric mean.</summary>
    GeometricMean,

    /// <summary>The best of several runs.</summary>
    Best,

    /// <summary>One run.</summary>
    Single,
}

/// <summary>The words of study files for <see cref="PublishedStatistic"/>.</summary>
public static class PublishedStatisticWords
{
    /// <summary>All statistics, the usual one first.</summary>
    public static IReadOnlyList<PublishedStatistic> All { get; } = Enum.GetValues<PublishedStatistic>();

    /// <summary><c>mean</c>, <c>median</c>, <c>geometric-mean</c>, <c>best</c>, <c>single</c>.</summary>
    public static string ToWord(this PublishedStatistic statistic) =>
        statistic == PublishedStatistic.GeometricMean ? "geometric-mean" : statistic.ToString().ToLowerInvariant();

    /// <summary>The inverse of <see cref="ToWord"/>; null for any other word.</summary>
    public static PublishedStatistic? FromWord(string? word) =>
        All.Where(statistic => statistic.ToWord() == word).Select(statistic => (PublishedStatistic?)statistic).FirstOrDefault();
}
