using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Figures;

/// <summary>The figures of a report.</summary>
internal static class ReportFigures
{
    /// <summary>All figures of one block in reading order; none where nothing has been trained.</summary>
    public static ImmutableArray<FigureModel> Of(StudyReport report, ReportBlock block) => InReadingOrder(report, block, Comparisons(report, block));

    /// <summary>All figures of a report.</summary>
    public static ImmutableArray<FigureModel> Of(StudyReport report) => [.. report.Blocks.SelectMany(block => Of(report, block)), .. new[] { ContrastFigure.Of(report), HeatFigures.Factors(report) }.OfType<FigureModel>()];

    /// <summary>The figures of one block that compare nothing: curves and solutions.</summary>
    public static ImmutableArray<FigureModel> Trained(StudyReport report, ReportBlock block) => InReadingOrder(report, block, []);

    // One after another, as they are wanted.
    private static IEnumerable<FigureModel> Comparisons(StudyReport report, ReportBlock block) => new Func<FigureModel?>[]
    {
        () => SeedFigure.Of(report, block),
        () => ForestFigure.Of(report, block),
        () => CostFigure.Of(report, block),
        () => RankFigure.Of(report, block),
        () => StabilityFigure.Of(report, block),
        () => PerformanceProfile.Of(report, block),
        () => HeatFigures.Improvement(report, block, report.Findings[block].Pairs),
    }.Select(make => make()).OfType<FigureModel>();

    private static ImmutableArray<FigureModel> InReadingOrder(StudyReport report, ReportBlock block, IEnumerable<FigureModel> comparisons)
    {
        if (!block.InOrder().Any(cell => cell.Trials.Any(trial => trial.Result is { Curve.IsEmpty: false })))
        {
            return [];
        }

        var curves = CellCurves.Of(report, block);
        return
        [
            CurveFigures.ConvergenceBySteps(report, block, curves),
            CurveFigures.ConvergenceByTime(report, block, curves),
            .. comparisons,
            .. block.Columns.Select(column => FieldFigures.Of(report, block, column)).OfType<FigureModel>(),
            .. block.Columns.Select(column => CurveFigures.Weights(report, block, column, curves)).OfType<FigureModel>(),
            .. block.Columns.Select(column => CurveFigures.Losses(report, block, column, curves)).OfType<FigureModel>(),
            .. new[] { ConflictFigure.Of(report, block, curves) }.OfType<FigureModel>(),
        ];
    }
}
