using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>How much each dimension of each search mattered.</summary>
internal static class ImportanceTable
{
    /// <summary>The table of all searches; null where no dimension varied.</summary>
    public static TableModel? Of(ImmutableArray<SearchImportance> searches)
    {
        var all = searches.SelectMany(search => search.Parameters.Select((parameter, d) => (Search: d == 0 ? search.Search.Title : "", Parameter: parameter))).ToArray();
        if (all.All(row => row.Parameter.Rank is null))
        {
            return null;
        }

        var hasPed = all.Any(row => row.Parameter.Ped is not null);
        return new(
            "importances",
            "Importance of each dimension of each search, alone.",
            [
                new("search", false), new("dimension", false), new("η²"), new("corrected [95 %]"), new("p"),
                .. hasPed ? [new("PED-ANOVA [95 %]")] : Array.Empty<TableColumn>(),
            ],
            [
                .. all.Select(row => ImmutableArray.Create<TableCell>(
                [
                    row.Search,
                    row.Parameter.Name,
                    row.Parameter.Rank is { } rank ? NumberText.Fixed(rank.EtaSquared, 2) : "–",
                    row.Parameter.Rank is { } same ? $"{NumberText.Fixed(same.Corrected, 2)} {NumberText.Range(same.Interval, 2)}" : "–",
                    row.Parameter.Rank is { } test ? NumberText.Probability(test.P) : "–",
                    .. hasPed ? [row.Parameter.Ped is { } ped ? $"{NumberText.Fixed(ped.Share, 2)} {NumberText.Range(ped.Interval, 2)}" : "–"] : Array.Empty<TableCell>(),
                ])),
            ],
            [
                string.Create(CultureInfo.InvariantCulture, $"η²: share of the variance of the ranks of scores between at most {RankGroups.Most} groups of values of equal counts, or the choices; a failed proposal has the last rank. Corrected: less what a dimension without effect shows on average (ε²). p: {RankImportance.Permutations} permutations, each dimension alone, not corrected for their number."),
                .. hasPed ? [string.Create(CultureInfo.InvariantCulture, $"PED-ANOVA: share of the divergence of the best {100 * PedAnova.Best:0} % of the proposals from all, from {PedAnova.Fewest} proposals on (Watanabe et al. 2023).")] : Array.Empty<string>(),
                "Intervals: from resampled proposals, that of η² less what resampling adds. What depends on several dimensions together is in neither.",
            ]);
    }
}
