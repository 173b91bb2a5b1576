using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>One rung of a search by successive halving.</summary>
/// <param name="Rung">From 0.</param>
/// <param name="Steps">At its end.</param>
/// <param name="Proposals">That trained to its end.</param>
/// <param name="Promoted">Of these, trained on.</param>
/// <param name="Censored">Of these, stopped there with a score.</param>
/// <param name="Failed">Of these, without a score.</param>
/// <param name="Agreement">Spearman's ρ of scores here and at the last rung, over those that have both; null at the last rung, and where
/// nobody reached it.</param>
internal sealed record RungReport(int Rung, int Steps, int Proposals, int Promoted, int Censored, int Failed, RankAgreement? Agreement)
{
    /// <summary>The rungs of a search, as far as they are judged; empty where it has none.</summary>
    public static ImmutableArray<RungReport> Of(SearchReport search)
    {
        if (search.Tune.Rungs is not { } rungs)
        {
            return [];
        }

        var last = rungs.Steps.Length - 1;
        return
        [
            .. rungs.Steps.Select((steps, rung) =>
            {
                var there = search.State.Points.Where(point => point.Scores.Length > rung).ToArray();
                var failed = there.Count(point => !double.IsFinite(point.Scores[rung].Score));
                var promoted = there.Count(point => point.Rung > rung);
                var both = there.Where(point => rung < last && point.Scores.Length > last).ToArray();
                return new RungReport(
                    rung,
                    steps,
                    there.Length,
                    promoted,
                    rung == last ? 0 : there.Length - promoted - failed,
                    failed,
                    both.Length < 2 ? null : RankAgreement.Spearman([.. both.Select(point => point.Scores[rung].Score)], [.. both.Select(point => point.Scores[last].Score)]));
            }),
        ];
    }

    /// <summary>Optimizer steps that training every proposal to the end would have taken.</summary>
    public static long StepsToTheEnd(SearchReport search) => search.Tune.Rungs is { } rungs
        ? (long)search.View.Proposals.Length * search.Tune.Seeds.Length * rungs.Steps[^1]
        : search.View.Proposals.Sum(proposal => proposal.Steps);
}
