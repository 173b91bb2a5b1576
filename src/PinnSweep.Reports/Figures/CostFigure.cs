using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;

namespace PinnSweep.Reports.Figures;

/// <summary>
/// Error against cost: geometric mean of the error with its interval, as the table of accuracy has them, over the mean training time of a
/// trial, which is the table of cost's total by the number of trials. The staircase joins the methods that no other beats in both.
/// </summary>
internal static class CostFigure
{
    /// <summary>The figure of a block; null where fewer than two methods have error and time on any column.</summary>
    public static FigureModel? Of(StudyReport report, ReportBlock block)
    {
        var columns = block.Columns.Select(column => (Column: column, Cells: block.Column(column).Where(cell => !cell.Errors.IsEmpty && Seconds(cell) > 0).ToArray())).Where(pair => pair.Cells.Length > 1).ToArray();
        if (columns.Length == 0)
        {
            return null;
        }

        var fronts = columns.Select(pair => Front(pair.Cells)).ToArray();
        var onAFront = fronts.SelectMany(front => front).Select(cell => cell.Row).ToHashSet();
        string[] rows = [.. block.Rows.Where(row => columns.Any(pair => pair.Cells.Any(cell => cell.Row == row)))];
        var styles = MethodStyles.Of(report, block);

        // On a staircase may stand one that has no colour in other figures, because many are better.
        string[] others = [.. rows.Where(row => styles[row] == FigureSeries.Behind && onAFront.Contains(row))];
        int Style(string row) => Array.IndexOf(others, row) is var at and >= 0 ? SeriesStyle.MostCompared + at : styles[row];
        string[] named = [.. rows.Where(row => Style(row) != FigureSeries.Behind)];
        return new(
            ReportNames.Of("cost-error", report, block),
            $"Error against cost{(columns.Length == 1 ? $" on {columns[0].Column}" : "")}: geometric mean of the {report.Header.MetricName} with its 95 % interval over the mean training time of a trial, evaluations excluded. The staircase joins the methods that no other beats in both; all others are lighter. A method with a trial that diverged or was given up, or that solved nothing, is on no staircase.{(report.Header.Machines.Length > 1 ? " The trials ran on different machines: times are not comparable between methods." : "")}",
            [.. columns.Select((pair, i) => Panel(report, block, pair.Column, pair.Cells, fronts[i], Style))],
            [
                .. named.Select(row => new LegendEntry(report.RowName(row), Style(row)) { IsMark = true }),
                .. named.Length < rows.Length ? [new LegendEntry(rows.Length - named.Length == 1 ? "1 other" : FormattableString.Invariant($"{rows.Length - named.Length} others"), FigureSeries.Behind) { IsMark = true }] : ImmutableArray<LegendEntry>.Empty,
            ]);
    }

    /// <summary>The methods that no other beats in both error and time, the cheapest first.</summary>
    public static ImmutableArray<ReportCell> Front(IEnumerable<ReportCell> cells)
    {
        var front = ImmutableArray.CreateBuilder<ReportCell>();
        foreach (var cell in cells.Where(cell => cell.IsRankable && Seconds(cell) > 0).OrderBy(Seconds).ThenBy(cell => cell.Accuracy.Mean))
        {
            if (front.Count == 0 || cell.Accuracy.Mean < front[^1].Accuracy.Mean)
            {
                front.Add(cell);
            }
        }

        return front.ToImmutable();
    }

    /// <summary>Mean training time of a finished trial, in seconds; NaN without one.</summary>
    public static double Seconds(ReportCell cell) => cell.Finished == 0 ? double.NaN : cell.TotalSeconds / cell.Finished;

    private static FigurePanel Panel(StudyReport report, ReportBlock block, string column, ReportCell[] cells, ImmutableArray<ReportCell> front, Func<string, int> style)
    {
        var (times, means) = (cells.Select(Seconds).ToArray(), cells.Select(cell => cell.Accuracy.Mean).ToArray());
        var intervals = cells.Select(cell => cell.Accuracy.Interval).OfType<Interval>().ToArray();
        var low = Math.Max(means.Min() / 10, intervals.Select(interval => interval.Lower).Append(means.Min()).Min());
        var high = Math.Min(means.Max() * 10, intervals.Select(interval => interval.Upper).Append(means.Max()).Max());
        return new(block.Columns.Length == 1 ? "" : column, "training time of a trial (s)", report.Header.MetricName, true, [], new(low / 1.1, high * 1.1), IsLogX: true)
        {
            X = Around(times.Min(), times.Max()),
            Marks = [.. cells.Select(cell => new FigureMark(style(cell.Row), Seconds(cell), cell.Accuracy.Mean, cell.Accuracy.Interval, !front.Contains(cell)))],
            Front = [.. front.Select(cell => (Seconds(cell), cell.Accuracy.Mean))],
        };
    }

    // An axis of less than a factor four may have no round number on it.
    private static Interval Around(double low, double high)
    {
        var margin = Math.Max(Math.Pow(high / low, 0.08), Math.Sqrt(Math.Max(1, 4 / (high / low))));
        return new(low / margin, high * margin);
    }
}
