using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>What each search was offered, what it spent and what it found.</summary>
internal static class SearchTables
{
    /// <summary>One line a search: its purse and what became of it.</summary>
    public static TableModel Searches(StudyReport report)
    {
        var tune = report.Staged!.Tune!;
        return new(
            "searches",
            "Searches: what each was offered, and what became of its proposals.",
            [
                new(report.Axes.RowsWord, false), new("on", false), new("dimensions"), new("purse"), new("proposals"), new("failed"), new("given up"), new("censored"), new("training time"),
            ],
            [.. report.Staged.Searches.Select(search => Line(search, tune.Seconds is { } seconds ? NumberText.Duration(seconds) : NumberText.Count(search.View.Purse)))],
            [
                "Purse: the same for every search, whatever its dimensions. Proposals: unique ones observed. Failed: without a finite score, diverged or given up; all count against the purse. Given up: of these, by faults of infrastructure. Censored: stopped at a rung below the last.",
            ]);
    }

    /// <summary>One line a search: the best that it found, and how hard it was to find; null before anything is judged.</summary>
    public static TableModel? Found(StudyReport report)
    {
        var staged = report.Staged!;
        var tune = staged.Tune!;
        var judged = staged.Searches.Where(search => !search.View.Proposals.IsEmpty).ToArray();
        return judged.Length == 0 ? null : new(
            "found",
            $"What the searches found: the best {MetricWords.Name(tune.By)} on their own seeds, which is no estimate of what a method reaches (winner's curse).",
            [new(report.Axes.RowsWord, false), new("on", false), new("chosen", false), new("default's score"), new("best score"), new("within 2× of it [95 %]"), new("regret"), new("better in truth")],
            [.. judged.Select(search => Found(search))],
            [
                $"Within 2×: share of the space within a factor {NumberText.RoundTrip(NearBest.Factor)} of the best, over proposals that fill the space evenly (Wilson interval){(tune.Rungs is null ? "" : ", by scores of the first rung")}; it depends on how wide the space is, which the next table has.{(tune.Rungs is null ? "" : " Stopped: the default was censored at a rung, and has no score at the last.")}",
                tune.By == "relative_l2"
                    ? "Regret: none to tell, as the searches were tuned on the truth."
                    : "Regret: relative L2 error of the best-scored proposal ÷ the smallest of all proposals, on the seeds of the search; 1 where choosing by the metric of the search also chose the smallest error, – where no solution is known. Better in truth: proposals with a smaller error than the chosen one, of all those compared.",
            ]);
    }

    /// <summary>One line a dimension of a search: its range, the default, what was chosen and how much that matters.</summary>
    public static TableModel? Spaces(StudyReport report)
    {
        var searches = report.Staged!.Searches.Where(search => !search.View.Dimensions.IsEmpty).ToArray();
        return searches.Length == 0 ? null : new(
            "spaces",
            "What each search varied, its default and what was chosen.",
            [new(report.Axes.RowsWord, false), new("on", false), new("parameter", false), new("space", false), new("default", false), new("chosen", false), new("near"), new("far")],
            [.. searches.SelectMany(search => search.View.Dimensions.Select((dimension, d) => Line(search, dimension, d)))],
            [
                $"Near and far: median over proposals of score ÷ that of the chosen one, for those within a tenth of the range of the chosen value (or of the same choice) and for all others, all other parameters left to vary{(report.Staged.Tune!.Rungs is null ? "" : "; by scores of the first rung")}. Alike: the value hardly matters; far much larger: it must be kept. – for fewer than {Sensitivity.Fewest} proposals.",
            ]);
    }

    private static ImmutableArray<TableCell> Line(SearchReport search, string purse) =>
    [
        search.View.Method,
        search.Where,
        NumberText.Count(search.View.Dimensions.Length),
        purse,
        NumberText.Count(search.Observed),
        NumberText.Count(search.Failed),
        NumberText.Count(search.GivenUp),
        NumberText.Count(search.Censored),
        NumberText.Duration(search.Seconds),
    ];

    private static ImmutableArray<TableCell> Found(SearchReport search) =>
    [
        search.View.Method,
        search.Where,
        search.View.Chosen is not { } chosen ? "not yet" : chosen == search.View.Default ? "the default" : FormattableString.Invariant($"proposal {chosen}"),
        search.View[search.View.Default] is { IsCensored: true, IsFailed: false } ? "stopped" : Score(search.View[search.View.Default]?.Score),
        Score(search.Best),
        search.Near is { } near ? $"{NumberText.Fixed(near.Share, 2)} {NumberText.Range(near.Interval, 2)}" : "–",
        search.Regret is { } regret ? TableCell.Of(new Inline.Decimal(Math.Pow(10, regret.Decades), 3), new Inline.Words("×")) : "–",
        search.Regret is { } known ? FormattableString.Invariant($"{known.Better} of {known.Count}") : "–",
    ];

    private static ImmutableArray<TableCell> Line(SearchReport search, DimensionView dimension, int d)
    {
        var sensitivity = search.SensitivityOf(d);
        var view = search.View;
        return
        [
            view.Method,
            search.Where,
            dimension.Name,
            dimension.Words[(dimension.Name.Length + 1)..],
            DimensionView.Text(search.DefaultOf(d)),
            search.Chosen is { } chosen ? DimensionView.Text(chosen.Point.Values[d]) : "–",
            Factor(sensitivity?.NearFactor),
            Factor(sensitivity?.FarFactor),
        ];
    }

    private static TableCell Score(double? score) => score is not { } known ? "–" : double.IsFinite(known) ? TableCell.Of(new Inline.Scientific(known, 3)) : "failed";

    private static TableCell Factor(double? factor) => factor is not { } known ? "–"
        : double.IsInfinity(known) ? "most failed" : TableCell.Of(new Inline.Decimal(known, 3), new Inline.Words("×"));
}
