using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>Who would be first if every method were trained once more, beside who is in the main table.</summary>
internal static class FreshRunTable
{
    /// <summary>What the probabilities are of.</summary>
    public static string Legend { get; } =
        $"First in a fresh run: the probability to have the smallest error if every ranked method is trained once more with another seed, for log-normal errors with mean and spread of the seeds at hand, taken as exact: with few seeds they are rough. tie: nobody has {NumberText.Fixed(FreshRun.SureFrom, 2)}.";

    /// <summary>A line a column; null where no column has two ranked methods with two seeds each.</summary>
    public static TableModel? Of(StudyReport report, ReportBlock block)
    {
        var columns = block.Sound.Columns.Select(column => (Column: column, Cells: block.Column(column).Where(cell => cell.IsRankable).ToArray()))
            .Select(column => (column.Column, Best: column.Cells.FirstOrDefault(cell => cell.Standing == Standing.Best), Run: FreshRun.Of(column.Cells.Select(cell => (report.RowName(cell.Row), cell.Errors)))))
            .Where(column => column.Run is not null).ToArray();
        return columns.Length == 0 ? null : new(
            ReportNames.Of("fresh-run", report, block),
            $"Who would win a fresh run{(block.Name.Length > 0 ? $" ({block.Name})" : "")}.",
            [new(report.Axes.ColumnsWord, false), new("smallest mean", false), new("first in a fresh run", false)],
            [.. columns.Select(column => ImmutableArray.Create<TableCell>(column.Column, column.Best is { } best ? report.RowName(best.Row) : "–", column.Run!.Words))],
            [Legend]);
    }
}
