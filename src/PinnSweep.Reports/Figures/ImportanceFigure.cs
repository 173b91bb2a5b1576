using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Figures;

/// <summary>How much each dimension of each search mattered, most first, on one scale.</summary>
internal static class ImportanceFigure
{
    public static FigureModel? Of(ImmutableArray<SearchImportance> searches)
    {
        var all = searches.Where(search => search.Parameters.Any(parameter => parameter.Rank is not null)).ToArray();
        if (all.Length == 0)
        {
            return null;
        }

        // One figure has one measure: that of many proposals only where all searches have them.
        var isPed = all.All(search => search.Parameters.All(parameter => parameter.Ped is not null));
        var caption = isPed
            ? FormattableString.Invariant($"Importance of each dimension by PED-ANOVA: its share of what distinguishes the best {100 * PedAnova.Best:0} % of the proposals from all, each dimension alone.")
            : "Importance of each dimension: η² of the ranks of scores, the share of their variance between groups of its values, less what chance adds (ε²).";
        return new(
            "importance",
            FormattableString.Invariant($"{caption} Intervals: 95 %, from resampled proposals. A pale bar is not told from chance ({RankImportance.Permutations} permutations, p > {Significance.Alpha})."),
            [],
            [])
        {
            Bars = new(
                isPed ? "share of importance (PED-ANOVA)" : "η² of ranks, corrected for chance",
                [
                    .. all.Select(search => new BarGroup(
                        search.Search.Title,
                        [.. search.Parameters.Select(parameter => Bar(parameter, isPed)).OrderByDescending(bar => double.IsNaN(bar.Value) ? -1 : bar.Value)])),
                ]),
        };
    }

    private static Bar Bar(ParameterImportance parameter, bool isPed) => new(
        parameter.Name,
        isPed ? parameter.Ped!.Share : parameter.Rank?.Corrected ?? double.NaN,
        isPed ? parameter.Ped!.Interval : parameter.Rank?.Interval,
        parameter.Rank?.P <= Significance.Alpha);
}
