using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>What stopped at each rung, what that saved, and whether rungs rank as the end does.</summary>
internal static class RungTables
{
    /// <summary>One line a rung of each search; null in a study without rungs.</summary>
    public static TableModel? Rungs(StudyReport report)
    {
        var searches = report.Staged!.Searches.Select(search => (Search: search, Rungs: RungReport.Of(search))).Where(search => !search.Rungs.IsEmpty).ToArray();
        return searches.Length == 0 ? null : new(
            "rungs",
            "Successive halving, search by search: how many proposals trained to each rung, went on, or stopped there.",
            [new(report.Axes.RowsWord, false), new("on", false), new("rung", false), new("steps"), new("proposals"), new("promoted"), new("censored"), new("failed"), new("ρ with the last rung [95 %]")],
            [.. searches.SelectMany(search => search.Rungs.Where(rung => rung.Proposals > 0).Select(rung => Line(search.Search, rung, search.Rungs.Length)))],
            [
                "Censored: stopped with a score, which might have become the best. ρ: Spearman's rank correlation of scores at this rung and at the last, over the proposals that have both. Only survivors have both, so it says nothing of those that were stopped, and a narrow field of survivors lowers it.",
            ]);
    }

    /// <summary>One line a search: what halving saved; null in a study without rungs.</summary>
    public static TableModel? Steps(StudyReport report) => report.Staged!.Tune!.Rungs is null ? null : new(
        "steps-spent",
        "What successive halving saved: optimizer steps of each search, beside those of training every proposal to the end.",
        [new(report.Axes.RowsWord, false), new("on", false), new("steps spent"), new("steps to the end"), new("times as many")],
        [
            .. report.Staged.Searches.Select(search =>
            {
                var (spent, whole) = (search.View.Proposals.Sum(proposal => proposal.Steps), RungReport.StepsToTheEnd(search));
                return ImmutableArray.Create<TableCell>(
                    search.View.Method, search.Where, NumberText.Count(spent), NumberText.Count(whole), spent > 0 ? TableCell.Of(new Inline.Decimal((double)whole / spent, 3), new Inline.Words("×")) : "–");
            }),
        ],
        ["A proposal that goes on continues from its checkpoint, so steps count once; a trial that diverged counts those that it took."]);

    private static ImmutableArray<TableCell> Line(SearchReport search, RungReport rung, int rungs) =>
    [
        search.View.Method,
        search.Where,
        FormattableString.Invariant($"{rung.Rung + 1} of {rungs}"),
        rung.Steps.ToString("N0", CultureInfo.InvariantCulture),
        NumberText.Count(rung.Proposals),
        NumberText.Count(rung.Promoted),
        NumberText.Count(rung.Censored),
        NumberText.Count(rung.Failed),
        rung.Agreement is { } agreement ? $"{StagedText.Agreement(agreement)} (n = {agreement.Count.ToString(CultureInfo.InvariantCulture)})" : "–",
    ];
}
