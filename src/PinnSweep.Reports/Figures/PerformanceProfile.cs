using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;

namespace PinnSweep.Reports.Figures;

/// <summary>
/// Fraction of all finished trials of a method, over problems and seeds, whose error is at most τ, against τ (Agarwal et al. 2021; the
/// distribution of scores, not of ratios to the best). A diverged trial, or one of an unsolved cell, is never below any τ, so a curve that
/// stays below one shows them.
/// </summary>
internal static class PerformanceProfile
{
    /// <summary>With fewer trials of a method the steps are coarser than what they show.</summary>
    public const int SmallestCount = 10;

    /// <summary>The profile of a block; null where its methods have too few trials.</summary>
    public static FigureModel? Of(StudyReport report, ReportBlock block)
    {
        block = block.Sound;
        var rows = block.Rows
            .Select(row => (Row: row, Errors: block.Columns.Select(column => block[row, column]).OfType<ReportCell>().SelectMany(cell => cell.RankedErrors()).Order().ToArray()))
            .Where(row => row.Errors.Length >= SmallestCount && double.IsFinite(row.Errors[0]))
            .ToArray();
        if (rows.Length < 2)
        {
            return null;
        }

        var finite = rows.SelectMany(row => row.Errors).Where(double.IsFinite).ToArray();
        var (low, high) = (finite.Min() / 1.3, finite.Max() * 1.3);
        var styles = MethodStyles.Of(report, block);
        var series = rows.Select(row => new FigureSeries(styles[row.Row], Steps(row.Errors, high), IsStepped: true)).ToImmutableArray();
        return new(
            ReportNames.Of("profile", report, block),
            $"Performance profile: fraction of all trials (problems and seeds) with a {report.Header.MetricName} of at most τ. A diverged trial, or one of a cell that no trial solved, is below no τ.{styles.Words}",
            [new FigurePanel("", $"{report.Header.MetricName} τ", "fraction of trials ≤ τ", false, series, new Interval(0, 1), IsLogX: true) { X = new(low, high) }],
            styles.Legend(rows.OrderBy(row => Descriptive.Median(row.Errors)).Select(row => row.Row)));
    }

    // From the first trial to the last: beyond, all would lie over one another at 0 and 1. What stays below 1 goes on, because it has failures.
    private static SeedBand Steps(double[] errors, double high)
    {
        var finite = errors.Where(double.IsFinite).ToArray();
        ImmutableArray<double> x = [finite[0], .. finite, .. finite.Length < errors.Length ? [high] : ImmutableArray<double>.Empty];
        ImmutableArray<double> y = [0, .. finite.Select((_, i) => (i + 1) / (double)errors.Length), .. finite.Length < errors.Length ? [finite.Length / (double)errors.Length] : ImmutableArray<double>.Empty];
        return new(x, y, y, y);
    }
}
