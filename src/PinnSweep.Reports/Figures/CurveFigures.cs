using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;

namespace PinnSweep.Reports.Figures;

/// <summary>The figures that are drawn from curves: error against steps and against time, weights and losses over steps.</summary>
internal static class CurveFigures
{
    /// <summary>Error of every method against steps, one panel a column of the table.</summary>
    public static FigureModel ConvergenceBySteps(StudyReport report, ReportBlock block, IReadOnlyDictionary<ReportCell, CellCurves> curves) =>
        Convergence(report, block, "convergence-steps", "optimizer steps", "optimizer steps", cell => curves[cell].BySteps);

    /// <summary>Error of every method against training time, one panel a column of the table.</summary>
    public static FigureModel ConvergenceByTime(StudyReport report, ReportBlock block, IReadOnlyDictionary<ReportCell, CellCurves> curves) =>
        Convergence(report, block, "convergence-time", "training time (s)", "training time, evaluations excluded", cell => curves[cell].ByTime);

    /// <summary>Weights of the loss terms over steps on one column, one panel a method; null where nothing has been trained.</summary>
    public static FigureModel? Weights(StudyReport report, ReportBlock block, string column, IReadOnlyDictionary<ReportCell, CellCurves> curves)
    {
        var cells = Trained(block, column);
        var terms = Terms(cells);
        var panels = cells.Select(cell => new FigurePanel(
            report.RowName(cell.Row),
            "optimizer steps",
            "weight",
            true,
            [.. terms.Select((term, style) => new FigureSeries(style, curves[cell].Weights(term)))])).ToArray();
        return panels.Length == 0
            ? null
            : new(
                ReportNames.Of("weights", report, block, column),
                $"Weights of the loss terms on {column} over the optimizer steps: median over seeds, band from the {Meaning(report)}. For weights of single points, their mean.",
                [.. panels.Select(panel => panel with { Y = SharedExtent(panels) })],
                [.. terms.Select((term, style) => new LegendEntry(term, style))]);
    }

    /// <summary>Unweighted losses over steps on one column, one panel a term; null where nothing has been trained.</summary>
    public static FigureModel? Losses(StudyReport report, ReportBlock block, string column, IReadOnlyDictionary<ReportCell, CellCurves> curves)
    {
        var cells = Trained(block, column);
        var terms = Terms(cells);
        return terms.Length == 0
            ? null
            : new(
                ReportNames.Of("losses", report, block, column),
                $"Unweighted loss of each term on {column} over the optimizer steps: median over seeds, band from the {Meaning(report)}.",
                [
                    .. terms.Select(term => new FigurePanel(
                        term,
                        "optimizer steps",
                        "mean squared residual",
                        true,
                        [.. cells.Select(cell => new FigureSeries(Style(report, block, cell.Row), curves[cell].Losses(term)))])),
                ],
                Legend(report, block, cells));
    }

    private static FigureModel Convergence(StudyReport report, ReportBlock block, string name, string xLabel, string against, Func<ReportCell, SeedBand> band)
    {
        var panels = block.Columns.Select(column => new FigurePanel(
            block.Columns.Length == 1 ? "" : column,
            xLabel,
            report.Header.MetricName,
            true,
            [.. Trained(block, column).Select(cell => new FigureSeries(
                Style(report, block, cell.Row),
                band(cell)))])).ToImmutableArray();
        var trained = block.Columns.SelectMany(column => Trained(block, column)).ToArray();
        return new(
            ReportNames.Of(name, report, block),
            $"{char.ToUpperInvariant(report.Header.MetricName[0])}{report.Header.MetricName[1..]}{(block.Columns.Length == 1 ? $" on {block.Columns[0]}" : "")} against {against}: median over seeds, band from the {Meaning(report)}.",
            panels,
            Legend(report, block, trained));
    }

    private static string Meaning(StudyReport report) => SeedBand.Meaning(report.Header.Seeds.Length);

    private static ReportCell[] Trained(ReportBlock block, string column) => [.. block.Column(column).Where(cell => cell.Trials.Any(trial => trial.Result is { Curve.IsEmpty: false }))];

    private static string[] Terms(IEnumerable<ReportCell> cells) =>
        [.. cells.SelectMany(cell => cell.Trials).Where(trial => trial.Result is not null).SelectMany(trial => trial.Result!.Terms).Distinct()];

    // Legends list methods as they end, the largest error first: the order in which the lines meet the right edge.
    private static ImmutableArray<LegendEntry> Legend(StudyReport report, ReportBlock block, IReadOnlyCollection<ReportCell> cells) =>
    [
        .. cells.GroupBy(cell => cell.Row)
            .OrderByDescending(row => row.Average(cell => cell.Errors.IsEmpty ? double.PositiveInfinity : Math.Log10(cell.Accuracy.Mean)))
            .ThenBy(row => block.Rows.IndexOf(row.Key))
            .Select(row => new LegendEntry(report.RowName(row.Key), Style(report, block, row.Key))),
    ];

    // The control is black; the others follow in the order of the table.
    internal static int Style(StudyReport report, ReportBlock block, string row)
    {
        var others = block.Rows.Where(name => name != report.ControlRow).ToArray();
        return row == report.ControlRow ? 0 : Array.IndexOf(others, row) + (report.ControlRow is null ? 0 : 1);
    }

    private static Interval? SharedExtent(IEnumerable<FigurePanel> panels)
    {
        var values = panels.SelectMany(panel => panel.Series).SelectMany(series => series.Band.Middle).ToArray();
        return values.Length == 0 ? null : new(values.Min() / 1.5, values.Max() * 1.5);
    }
}
