using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>The values that were chosen, beside the defaults, and how much it matters to keep them.</summary>
internal static class ChosenTable
{
    /// <summary>The table of all dimensions of all searches; null where nothing was chosen.</summary>
    public static TableModel? Of(ImmutableArray<SearchFindings> searches)
    {
        var rows = searches.Where(search => !search.Sensitivities.IsEmpty).SelectMany(Rows).ToImmutableArray();
        return rows.IsEmpty ? null : new(
            "chosen-values",
            "Chosen values: for each dimension the default, the value that was chosen, and by what factor the score of other proposals is larger, near it and far from it.",
            [new("search", false), new("dimension", false), new("default"), new("chosen"), new("near"), new("far")],
            rows,
            [
                FormattableString.Invariant($"Near: median of score ÷ chosen score over the proposals within {100 * Sensitivity.Reach:0} % of the range in this dimension, or of the same choice, all other dimensions left to vary; far: over all others. Where both are alike the dimension hardly matters. – for fewer than {Sensitivity.Fewest} proposals; inf where most failed."),
            ]);
    }

    private static IEnumerable<ImmutableArray<TableCell>> Rows(SearchFindings findings)
    {
        var search = findings.Search;
        var (byDefault, chosen) = (search[search.Default], search[search.Chosen]!);
        return search.Dimensions.Select((dimension, d) => ImmutableArray.Create<TableCell>(
        [
            d == 0 ? search.Title : "",
            dimension.Name,
            byDefault is null ? "–" : DimensionView.Text(byDefault.Point.Values[d]),
            DimensionView.Text(chosen.Point.Values[d]),
            Factor(findings.Sensitivities[d].NearFactor),
            Factor(findings.Sensitivities[d].FarFactor),
        ]));
    }

    private static TableCell Factor(double? factor) => factor is { } value ? NumberText.Decimal(value, 3) : "–";
}
