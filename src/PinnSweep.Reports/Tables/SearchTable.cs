using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>What each search was given, what it found, and how much of its space would have done as well.</summary>
internal static class SearchTable
{
    /// <summary>The table of all searches; null for none.</summary>
    public static TableModel? Of(ImmutableArray<SearchFindings> searches)
    {
        if (searches.IsEmpty)
        {
            return null;
        }

        var hasTruth = searches.Any(search => search.Regret is not null);
        var hasCensored = searches.Any(search => search.Censored > 0);
        var hasBlocks = searches.Any(search => search.Search.Block.Length > 0);
        return new(
            "searches",
            $"Searches: what each method was given to tune, and what it found. The purse is the same for all that are compared; dimensions are not. Score: {searches[0].Search.Score}.",
            [
                new("method", false), .. hasBlocks ? [new("on", false)] : Array.Empty<TableColumn>(), new("dimensions"), new("purse"), new("tried"), new("failed"),
                .. hasCensored ? [new("stopped early")] : Array.Empty<TableColumn>(), new("default's score"), new("best score"), new($"within {NearBest.Factor:0}× [95 %]"),
                .. hasTruth ? [new("regret (decades)"), new("better in truth")] : Array.Empty<TableColumn>(),
            ],
            [.. searches.Select(search => Row(search, hasBlocks, hasCensored, hasTruth))],
            [
                "Tried: different proposals; failed ones (no finite score) and those stopped early count against the purse.",
                $"Within {NearBest.Factor:0}×: share of the space in which the score is at most {NearBest.Factor:0} times the best, of the proposals that were spread evenly, with Wilson's interval. It is a share of the space as given, and a wider one has a smaller share.",
                .. hasTruth ? ["Regret: log10 of the true error (relative L2) of the chosen proposal ÷ the smallest of all proposals, on the seeds of tuning: what choosing by the score cost. Better in truth: how many proposals have a smaller true error."] : Array.Empty<string>(),
                .. searches.Select(search => $"Space of {search.Search.Title}: {string.Join("; ", search.Search.Dimensions.Select(dimension => dimension.Words))}.")
                    .GroupBy(line => line[line.IndexOf(": ", StringComparison.Ordinal)..])
                    .Select(same => same.Count() == 1 ? same.First() : $"Space of {same.Count().ToString(CultureInfo.InvariantCulture)} searches{same.Key}"),
            ]);
    }

    private static ImmutableArray<TableCell> Row(SearchFindings findings, bool hasBlocks, bool hasCensored, bool hasTruth)
    {
        var search = findings.Search;
        return
        [
            search.Method,
            .. hasBlocks ? [search.Block] : Array.Empty<TableCell>(),
            NumberText.Count(search.Dimensions.Length),
            NumberText.Count(search.Purse),
            NumberText.Count(search.Proposals.Length),
            NumberText.Count(findings.Failed),
            .. hasCensored ? [NumberText.Count(findings.Censored)] : Array.Empty<TableCell>(),
            Score(search[search.Default]?.Score),
            Score(findings.Best),
            findings.Near is { } near ? $"{NumberText.Fixed(near.Share, 2)} {NumberText.Range(near.Interval, 2)}" : "–",
            .. hasTruth
                ? [findings.Regret is { } regret ? NumberText.Fixed(regret.Decades, 2) : "–", findings.Regret is { } other ? FormattableString.Invariant($"{other.Better} of {other.Count}") : "–"]
                : Array.Empty<TableCell>(),
        ];
    }

    private static TableCell Score(double? score) => score switch
    {
        null => "–",
        { } value when double.IsFinite(value) => TableCell.Of(new Inline.Scientific(value, 3)),
        _ => "failed",
    };
}
