using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>Problems without a known solution are told by the residual.</summary>
public sealed class ResidualMetricTests
{
    [Fact]
    public void The_residual_of_a_point_is_the_metric_and_decides_where_there_is_no_error()
    {
        var result = Made.FourMethods().Build().Results.Values.First(found => found.Outcome != Outcome.Diverged);
        var unknown = result.Final with { RelativeL2 = double.NaN, Metrics = ImmutableSortedDictionary<string, double>.Empty.Add(CurvePoint.ResidualL2, 0.25) };

        Assert.Equal(0.25, ReportTrial.Metric(result, unknown, CurvePoint.ResidualL2));
        Assert.Equal(0.25, unknown.Yardstick());
        Assert.Equal(result.Final.RelativeL2, result.Final.Yardstick());
        Assert.True(double.IsNaN(ReportTrial.Metric(result, result.Final, CurvePoint.ResidualL2)));
        Assert.Equal("relative residual", MetricWords.Name(CurvePoint.ResidualL2));
    }

    [Fact]
    public void A_study_without_a_solution_is_ranked_and_drawn_by_the_residual()
    {
        var made = Made.FourMethods().Metric(CurvePoint.ResidualL2).Build();
        var report = StudyReport.Build(made with { Results = made.Results.ToImmutableDictionary(pair => pair.Key, pair => Unknown(pair.Value)) });
        var block = Assert.Single(report.Blocks);

        var table = AccuracyTable.Of(report, block);
        var figures = ReportFigures.Of(report);

        Assert.Contains(block.InOrder(), cell => cell.Standing == Standing.Best);
        Assert.StartsWith("Relative residual on helmholtz", table.Caption, StringComparison.Ordinal);
        Assert.Contains(table.Notes, note => note.Contains("Converged: final relative residual below 0.05", StringComparison.Ordinal));
        var fields = Assert.Single(figures, figure => figure.Fields is not null);
        Assert.Contains("no reference is known", fields.Caption, StringComparison.Ordinal);
        Assert.All(fields.Fields!.Panels, panel => Assert.Equal(4, panel.Scale.High));
        Assert.All(figures, figure => Assert.NotEmpty(FigurePainter.Svg(figure)));
    }

    [Fact]
    public void A_legend_names_the_measure_that_outcomes_went_by()
    {
        var made = Made.FourMethods().Metric(CurvePoint.ResidualL2).Build();
        var report = StudyReport.Build(made with
        {
            Results = made.Results.ToImmutableDictionary(pair => pair.Key, pair => Unknown(pair.Value) is var result ? result with
            {
                Curve = [.. result.Curve.Select(point => point with { Metrics = point.Metrics.Add(CurvePoint.ResidualRelative, 0.5) })],
            } : pair.Value),
        });

        Assert.Contains(AccuracyTable.Of(report, Assert.Single(report.Blocks)).Notes, note => note.Contains("Converged: final largest residual relative to what its term amounts to below 0.05", StringComparison.Ordinal));
    }

    private static TrialResult Unknown(TrialResult result) => result with
    {
        Curve =
        [
            .. result.Curve.Select(point => point with
            {
                RelativeL2 = double.NaN,
                MaxError = double.NaN,
                Metrics = ImmutableSortedDictionary<string, double>.Empty.Add(CurvePoint.ResidualL2, point.RelativeL2),
            }),
        ],
        Field = new("u", ["x", "t"], [0, 1], [0, 1], SolutionField.Pack([1, 2, 3, 4]), SolutionField.Pack([float.NaN, float.NaN, float.NaN, float.NaN])),
    };
}
