using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;

namespace PinnSweep.Reports.Figures;

/// <summary>The figures that are drawn from curves: error against steps and against time, weights and losses over steps.</summary>
internal static class CurveFigures
{
    private const int MostMultiples = 24;

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
        var (drawn, without) = WithLines(panels);
        panels = drawn;
        return panels.Length == 0
            ? null
            : new(
                ReportNames.Of("weights", report, block, column),
                $"Weights of the loss terms on {column} over the optimizer steps: median over seeds, band from the {Meaning(report)}. For weights of single points, their mean.{without}",
                [.. panels.Select(panel => panel with { Y = SharedExtent(panels) })],
                [.. terms.Select((term, style) => new LegendEntry(term, style))]);
    }

    /// <summary>Unweighted losses over steps on one column, one panel a term; null where nothing has been trained.</summary>
    public static FigureModel? Losses(StudyReport report, ReportBlock block, string column, IReadOnlyDictionary<ReportCell, CellCurves> curves)
    {
        var cells = Trained(block, column);
        var (terms, styles) = (Terms(cells), MethodStyles.Of(report, block));
        return terms.Length == 0
            ? null
            : new(
                ReportNames.Of("losses", report, block, column),
                $"Unweighted loss of each term on {column} over the optimizer steps: median over seeds, band from the {Meaning(report)}.{styles.Words}",
                [
                    .. terms.Select(term => new FigurePanel(
                        term,
                        "optimizer steps",
                        "mean squared residual",
                        true,
                        [.. cells.Select(cell => new FigureSeries(styles[cell.Row], curves[cell].Losses(term)))])),
                ],
                Legend(block, cells, styles));
    }

    private static FigureModel Convergence(StudyReport report, ReportBlock block, string name, string xLabel, string against, Func<ReportCell, SeedBand> band)
    {
        var styles = MethodStyles.Of(report, block);
        var metric = report.Header.MetricName;
        var trained = block.Columns.SelectMany(column => Trained(block, column)).ToArray();
        var caption = $"{char.ToUpperInvariant(metric[0])}{metric[1..]}{(block.Columns.Length == 1 ? $" on {block.Columns[0]}" : "")} against {against}: median over seeds, band from the {Meaning(report)}.";
        if (block.Columns.Length == 1 && styles.Behind > 0 && trained.Length is > 1 and <= MostMultiples)
        {
            return new(ReportNames.Of(name, report, block), $"{caption} One panel a method, the others behind in grey.", Multiples(report, trained, xLabel, band), MultiplesLegend(report, trained));
        }

        var (panels, without) = WithLines([.. block.Columns.Select(column => new FigurePanel(
            block.Columns.Length == 1 ? "" : column,
            xLabel,
            metric,
            true,
            [.. Trained(block, column).Select(cell => new FigureSeries(styles[cell.Row], band(cell)))]))]);
        return new(ReportNames.Of(name, report, block), $"{caption}{styles.Words}{without}", [.. panels], Legend(block, trained, styles));
    }

    /// <summary>The panels in which there is something to see, and words on the others: empty axes would be read as zero.</summary>
    private static (FigurePanel[] Panels, string Without) WithLines(FigurePanel[] panels)
    {
        var drawn = panels.Where(panel => panel.Series.Any(series => series.Band.X.Length > 0)).ToArray();
        var without = panels.Except(drawn).Select(panel => panel.Title).Where(title => title.Length > 0).ToArray();
        return (drawn, without.Length == 0 ? "" : $" Without a panel, because half of the seeds have nothing finite to show: {string.Join(", ", without)}.");
    }

    // More methods than lines can be told apart: a panel each, in which the others show where it stands.
    private static ImmutableArray<FigurePanel> Multiples(StudyReport report, ReportCell[] cells, string xLabel, Func<ReportCell, SeedBand> band)
    {
        var bands = cells.Select(band).ToArray();
        FigureSeries[] Series(int own) =>
        [
            .. cells.Select((cell, i) => new FigureSeries(i == own ? cell.Row == report.ControlRow ? 0 : 1 : cell.Row == report.ControlRow ? 0 : FigureSeries.Behind, i == own ? bands[i] : bands[i] with { Low = bands[i].Middle, High = bands[i].Middle })),
        ];
        FigurePanel[] panels = [.. cells.Select((cell, own) => new FigurePanel(report.RowName(cell.Row), xLabel, report.Header.MetricName, true, [.. Series(own)]))];
        return [.. panels.Select(panel => panel with { Y = SharedExtent(panels) })];
    }

    private static ImmutableArray<LegendEntry> MultiplesLegend(StudyReport report, ReportCell[] cells) =>
    [
        new("the panel's method", 1),
        .. cells.Any(cell => cell.Row == report.ControlRow) ? [new LegendEntry(report.RowName(report.ControlRow!), 0)] : ImmutableArray<LegendEntry>.Empty,
        new("the others", FigureSeries.Behind),
    ];

    private static string Meaning(StudyReport report) => SeedBand.Meaning(report.Header.Seeds.Length);

    private static ReportCell[] Trained(ReportBlock block, string column) => [.. block.Column(column).Where(cell => cell.Trials.Any(trial => trial.Result is { Curve.IsEmpty: false }))];

    private static string[] Terms(IEnumerable<ReportCell> cells) =>
        [.. cells.SelectMany(cell => cell.Trials).Where(trial => trial.Result is not null).SelectMany(trial => trial.Result!.Terms).Distinct()];

    // Legends list methods as they end, the largest error first: the order in which the lines meet the right edge.
    private static ImmutableArray<LegendEntry> Legend(ReportBlock block, IReadOnlyCollection<ReportCell> cells, MethodStyles styles) =>
        styles.Legend(cells.Select(cell => cell.Row).Distinct().OrderByDescending(styles.MeanLog).ThenBy(block.Rows.IndexOf));

    private static Interval? SharedExtent(IEnumerable<FigurePanel> panels)
    {
        var values = panels.SelectMany(panel => panel.Series).SelectMany(series => series.Band.Middle).ToArray();
        return values.Length == 0 ? null : new(values.Min() / 1.5, values.Max() * 1.5);
    }
}
