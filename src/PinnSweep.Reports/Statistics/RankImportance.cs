using PinnSweep.Numerics.Streams;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// How much of the order of scores one parameter explains alone: η² on ranks, the share of their variance that lies between the groups of
/// its values. It is H ÷ (n − 1) of Kruskal and Wallis (1952), corrected for ties, so a failed proposal is one of the last rank and no
/// scale of scores matters. What depends on several parameters together is not seen.
/// </summary>
/// <param name="Count">Proposals in which the parameter means something.</param>
/// <param name="Groups">Groups of its values, see <see cref="RankGroups"/>.</param>
/// <param name="EtaSquared">From 0 to 1.</param>
/// <param name="ByChance">What a parameter without effect shows on average: (groups − 1) ÷ (n − 1).</param>
/// <param name="Interval">95 %: percentiles over resampled proposals, widened to hold η², which resampling overstates by chance's share.</param>
/// <param name="P">Share of permutations of the groups with at least this η², the data's own order included.</param>
internal sealed record RankImportance(int Count, int Groups, double EtaSquared, double ByChance, Interval Interval, double P)
{
    /// <summary>Permutations drawn.</summary>
    public const int Permutations = 1999;

    /// <summary>Resamples drawn.</summary>
    public const int Resamples = 1000;

    /// <summary>Seed of both.</summary>
    public const long Seed = 19521;

    /// <summary>The importance of a parameter; null where its values make one group, or all scores are equal.</summary>
    /// <param name="groups">The group of each proposal, see <see cref="RankGroups"/>; −1 leaves the proposal out.</param>
    /// <param name="scores">Smaller is better; what is not finite has failed, and all failed ones are equal.</param>
    /// <param name="name">Name of the random streams.</param>
    public static RankImportance? Of(ReadOnlySpan<int> groups, ReadOnlySpan<double> scores, string name)
    {
        var (kept, values) = (new List<int>(), new List<double>());
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0)
            {
                kept.Add(groups[i]);
                values.Add(double.IsFinite(scores[i]) ? scores[i] : double.PositiveInfinity);
            }
        }

        var numbers = kept.Distinct().Order().ToArray();
        if (numbers.Length < 2 || values.Distinct().Take(2).Count() < 2)
        {
            return null;
        }

        var variance = new RankVariance([.. kept.Select(group => Array.BinarySearch(numbers, group))], [.. values]);
        var observed = variance.Of(Enumerable.Repeat(1, kept.Count).ToArray());
        var interval = StratifiedBootstrap.Of([kept.Count], variance.Of, $"rank-importance/{name}", Resamples)!.Value;
        var atLeast = variance.CountPermutations(observed * (1 - 1e-10), Permutations, new RandomStream(Seed, $"rank-importance/{name}"));
        return new(
            kept.Count,
            numbers.Length,
            observed,
            (numbers.Length - 1.0) / (kept.Count - 1),
            new(Math.Min(interval.Lower, observed), Math.Max(interval.Upper, observed)),
            (atLeast + 1.0) / (Permutations + 1));
    }
}
