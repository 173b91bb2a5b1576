namespace PinnSweep.Reports.Statistics;

/// <summary>
/// How forgiving a space is: the share of it in which a method comes within a factor of the best score seen. A large share needs little
/// tuning. It is a share of this space in its own scales, so a wider one has a smaller share: print the space beside it. Only proposals
/// of a design that fills the space evenly count, not those that a search made because scores were good there. The best is one of them
/// and the luckiest, so with more proposals the share tends to fall.
/// </summary>
/// <param name="Within">Proposals within the factor, the best included where it is one of them.</param>
/// <param name="Count">All proposals; a failed one is not within.</param>
/// <param name="Share">Their ratio.</param>
/// <param name="Interval">Wilson's 95 % interval of the share, the best taken as given.</param>
internal sealed record NearBest(int Within, int Count, double Share, Interval Interval)
{
    /// <summary>The factor.</summary>
    public const double Factor = 2;

    /// <summary>The share of a design; null where no proposal has a finite score.</summary>
    /// <param name="scores">Above zero, smaller is better; what is not finite has failed.</param>
    /// <param name="known">A better score that a search found elsewhere; null where the best of the design counts.</param>
    public static NearBest? Of(ReadOnlySpan<double> scores, double? known = null)
    {
        var best = known ?? double.PositiveInfinity;
        foreach (var score in scores)
        {
            best = double.IsFinite(score) ? Math.Min(best, score) : best;
        }

        if (!double.IsFinite(best))
        {
            return null;
        }

        var within = 0;
        foreach (var score in scores)
        {
            within += score <= Factor * best ? 1 : 0;
        }

        return new(within, scores.Length, within / (double)scores.Length, WilsonInterval.Of(within, scores.Length));
    }
}
