using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Figures;

/// <summary>The error of every seed beside the geometric mean and its interval, as the table of accuracy has them.</summary>
internal static class SeedFigure
{
    /// <summary>The figure of a block; null where no method has two seeds.</summary>
    public static FigureModel? Of(StudyReport report, ReportBlock block)
    {
        if (!block.InOrder().Any(cell => cell.Errors.Length > 1))
        {
            return null;
        }

        var panels = block.Columns.Select(column => Panel(report, block, column)).ToImmutableArray();
        var chart = new IntervalChart(report.Header.MetricName, [.. block.Rows.Select(report.RowName)], panels)
        {
            Marks = [(IntervalMark.Mean, "geometric mean"), .. panels.SelectMany(panel => panel.Rows).Any(row => row?.Failed > 0) ? new[] { (IntervalMark.Unranked, "failed, how many") } : []],
            Lines = [.. Lines.Where(line => panels.Any(panel => panel.Lines.Any(drawn => drawn.Line == line.Line && drawn.At >= Ends(panel).Lower && drawn.At <= Ends(panel).Upper)))],
        };
        return new(
            ReportNames.Of("seeds", report, block),
            $"{char.ToUpperInvariant(report.Header.MetricName[0])}{report.Header.MetricName[1..]} of every seed{(block.Columns.Length == 1 ? $" on {block.Columns[0]}" : "")}: a dot a trial, below it the geometric mean with its 95 % interval. Trials without a finite error, and those given up, are counted at the right rim.{(chart.Lines.IsEmpty ? "" : $" {Told(chart)}.")}",
            [],
            [])
        {
            Intervals = chart,
        };

        Statistics.Interval Ends(IntervalPanel panel) => new IntervalChart("", [], panels).Ends(panel);
    }

    private static readonly ImmutableArray<(IntervalLine Line, string Text)> Lines = [(IntervalLine.Dashed, "smallest trivial score"), (IntervalLine.Dotted, "floor")];

    private static IntervalPanel Panel(StudyReport report, ReportBlock block, string column)
    {
        var rows = block.Rows.Select(row => block[row, column] is { Finished: > 0 } cell ? Row(cell) : null).ToImmutableArray();
        return new(block.Columns.Length == 1 ? "" : column, rows) { Lines = report.Header.Metric == "relative_l2" ? [.. References(block, column)] : [] };
    }

    private static IntervalRow Row(ReportCell cell) => new(cell.Accuracy.Mean, cell.Accuracy.Interval, IntervalMark.Mean)
    {
        Dots = cell.Errors,
        Failed = cell.Count(TrialStatus.Diverged) + cell.Count(TrialStatus.Quarantined),
    };

    // Both belong to the problem, so that any trial knows them.
    private static IEnumerable<(double At, IntervalLine Line)> References(ReportBlock block, string column)
    {
        TrialResult[] results = [.. block.Column(column).SelectMany(cell => cell.Trials).Select(trial => trial.Result).OfType<TrialResult>()];
        if (results.Select(result => result.TrivialScores).FirstOrDefault(scores => scores is { IsEmpty: false }) is { } trivial)
        {
            yield return (trivial.Values.Min(), IntervalLine.Dashed);
        }

        if (results.Select(result => result.Floor).FirstOrDefault(floor => floor is not null) is { } floor)
        {
            yield return (floor, IntervalLine.Dotted);
        }
    }

    private static string Told(IntervalChart chart) => string.Join("; ", chart.Lines.Select(line => line.Line == IntervalLine.Dashed
        ? "Dashed: the smallest error of a field that solves nothing"
        : "Dotted: the error of the solution that was measured against"));
}
