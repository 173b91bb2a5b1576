using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>What a search shows beyond its choice.</summary>
/// <param name="Search">The search.</param>
/// <param name="Failed">Proposals without a finite score.</param>
/// <param name="Censored">Proposals that were stopped before their end.</param>
/// <param name="Best">The smallest score; null where all failed.</param>
/// <param name="Near">
/// The share of the space near the best, of the proposals that its design spread evenly: generation 0 without the default.
/// </param>
/// <param name="Regret">Of the choice against the truth; null where that is unknown.</param>
/// <param name="Sensitivities">Of the chosen value of each dimension; empty where nothing was chosen.</param>
internal sealed record SearchFindings(
    SearchView Search, int Failed, int Censored, double? Best, NearBest? Near, Regret? Regret, ImmutableArray<Sensitivity> Sensitivities)
{
    /// <summary>The findings of a search.</summary>
    public static SearchFindings Of(SearchView search)
    {
        var scores = search.Scores;
        var finite = scores.Where(double.IsFinite).ToArray();
        double? best = finite.Length > 0 ? finite.Min() : null;
        var chosen = search[search.Chosen] is { } proposal ? search.Proposals.IndexOf(proposal) : -1;
        return new(
            search,
            scores.Length - finite.Length,
            search.Proposals.Count(candidate => candidate.IsCensored),
            best,
            NearBest.Of([.. search.Proposals.Where(candidate => candidate.Generation == 0 && candidate.Number != search.Default).Select(candidate => candidate.Score)], best),
            Regret.Of(chosen, search.Truths),
            chosen < 0 ? [] : [.. search.Dimensions.Select((dimension, d) => Around(search, dimension, d, chosen))]);
    }

    private static Sensitivity Around(SearchView search, DimensionView dimension, int d, int chosen)
    {
        var units = search.UnitsOf(d);
        return dimension.Choices.Count > 0
            ? Sensitivity.Of(ParameterImportance.Numbers(dimension, units), search.Scores, chosen)
            : Sensitivity.Of(units, search.Scores, chosen);
    }
}
