using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Figures;

/// <summary>Every method against the control: ratio and interval of the tables of comparisons, problem by problem and over all of them.</summary>
internal static class ForestFigure
{
    /// <summary>The figure of a block; null where there is no control to compare with.</summary>
    public static FigureModel? Of(StudyReport report, ReportBlock block)
    {
        var (comparisons, aggregate) = (report.Findings[block].Comparisons, report.Findings[block].Aggregate);
        if (report.ControlRow is not { } control || !comparisons.Any(comparison => comparison.RatioInterval is not null))
        {
            return null;
        }

        string[] rows = [.. block.Rows.Where(row => row != control)];
        var isPooled = aggregate?.Rows.Any(row => row.Ratio is not null) == true;
        ImmutableArray<IntervalPanel> panels =
        [
            .. block.Columns.Select(column => Panel(block.Columns.Length == 1 ? "" : column, rows, Rows(block, control, [.. comparisons.Where(comparison => comparison.Column == column)]))),
            .. isPooled ? [Panel("all problems", rows, Pooled(aggregate!))] : ImmutableArray<IntervalPanel>.Empty,
        ];
        var shown = panels.SelectMany(panel => panel.Rows).Select(row => row?.Mark).ToHashSet();
        return new(
            ReportNames.Of("forest", report, block),
            $"Against the control ({control}){(block.Columns.Length == 1 ? $" on {block.Columns[0]}" : "")}: geometric mean of the error ratio by seed with its 95 % interval, left of the line the method is better. Verdicts are those of paired t tests on log10 ratios{(isPooled ? Pooling(aggregate!) : "")}, Holm-corrected over the methods. Shaded: practical equivalence, a factor {NumberText.RoundTrip(WinTieLoss.EquivalenceFactor)} either way.",
            [],
            [])
        {
            Intervals = new($"error ÷ error of {control}", [.. rows.Select(report.RowName)], panels)
            {
                IsShared = true,
                Marks = [.. Words.Where(word => shown.Contains(word.Mark))],
            },
        };
    }

    private static readonly ImmutableArray<(IntervalMark Mark, string Text)> Words =
    [
        (IntervalMark.Better, "better"),
        (IntervalMark.Worse, "worse"),
        (IntervalMark.Equivalent, "equivalent"),
        (IntervalMark.Open, "undecided or not tested"),
        (IntervalMark.Unranked, "not ranked: diverged, given up, or nothing solved"),
    ];

    private static IntervalPanel Panel(string title, string[] rows, IReadOnlyDictionary<string, IntervalRow> found) => new(title, [.. rows.Select(row => found.GetValueOrDefault(row))])
    {
        Lines = [(1, IntervalLine.Solid)],
        Shaded = new(1 / WinTieLoss.EquivalenceFactor, WinTieLoss.EquivalenceFactor),
    };

    private static string Pooling(Aggregate aggregate) =>
        $"; all problems: interquartile mean of the ratio with its bootstrap interval, {(aggregate.IsSignedRankAttainable ? "and the signed-rank test over problems" : "which no signed-rank test over so few problems can decide")}";

    private static Dictionary<string, IntervalRow> Rows(ReportBlock block, string control, ControlComparison[] comparisons)
    {
        var verdicts = ControlVerdicts.Of(block, control, comparisons);
        return comparisons.Select((comparison, i) => (comparison.Row, Shown: Row(comparison.Ratio, comparison.RatioInterval, verdicts[i]))).ToDictionary(pair => pair.Row, pair => pair.Shown);
    }

    private static Dictionary<string, IntervalRow> Pooled(Aggregate aggregate) => aggregate.Rows.Where(row => row.Ratio is not null)
        .ToDictionary(row => row.Row, row => Row(row.Ratio!.Value, row.RatioInterval, ControlVerdicts.Of(aggregate, row)));

    private static IntervalRow Row(double ratio, Interval? interval, ControlVerdict verdict) => new(ratio, interval, verdict switch
    {
        ControlVerdict.Better => IntervalMark.Better,
        ControlVerdict.Worse => IntervalMark.Worse,
        ControlVerdict.Equivalent => IntervalMark.Equivalent,
        ControlVerdict.NotRanked => IntervalMark.Unranked,
        _ => IntervalMark.Open,
    })
    {
        Words = interval is { } known
            ? $"{NumberText.Decimal(ratio, 3)} [{NumberText.Decimal(known.Lower, 2)}, {NumberText.Decimal(known.Upper, 2)}] {ControlVerdicts.Of(verdict)}"
            : ControlVerdicts.Of(verdict),
    };
}
