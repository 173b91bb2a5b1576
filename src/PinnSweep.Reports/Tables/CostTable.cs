using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>What the accuracy was bought with. Kept apart from it because times differ from run to run.</summary>
internal static class CostTable
{
    /// <summary>Median time of a step over trials, how it relates to the control's, and the training time of all trials.</summary>
    public static TableModel Of(StudyReport report, ReportBlock block)
    {
        var control = report.ControlRow;
        var isSingle = block.Columns.Length == 1;
        ImmutableArray<TableColumn> columns =
        [
            new(report.Axes.RowsWord, false),
            .. isSingle && control is not null
                ? new TableColumn[] { new("ms per step"), new($"relative to {control}") }
                : block.Columns.Select(column => new TableColumn(isSingle ? "ms per step" : column)),
            new("training time of all trials"),
        ];
        var rows = block.Rows.Select(row => ImmutableArray.Create<TableCell>(
        [
            report.RowName(row),
            .. block.Columns.SelectMany(column => Cells(block[row, column], control is null ? null : block[control, column], isSingle && control is not null)),
            Total(block.Columns.Select(column => block[row, column])),
        ])).ToImmutableArray();

        string[] notes =
        [
            "Training time alone: evaluations on the test grid do not count. Times of trials that shared a machine with others are longer than alone.",
            .. report.Header.Machines.Length > 1 ? new[] { "The trials ran on different machines: times are not comparable between rows." } : [],
            .. block.InOrder().SelectMany(cell => cell.Trials).Any(trial => trial.Result?.Evidence.Beside > 0)
                ? new[] { "Some trials shared a trainer with others (lanes): their time is that of the whole company, not of the method alone." }
                : [],
        ];
        return new(
            ReportNames.Of("cost", report, block),
            $"Cost{(isSingle ? $" on {block.Columns[0]}" : "")}{(block.Name.Length > 0 ? $" ({block.Name})" : "")}: median over trials of the training time of one step{(isSingle ? "" : $", in milliseconds{(control is null ? "" : $", and in brackets relative to {control}")}")}.",
            columns,
            rows,
            [.. notes]);
    }

    // Side by side on one problem; on several, the ratio stands in brackets behind the time.
    private static IEnumerable<TableCell> Cells(ReportCell? cell, ReportCell? baseline, bool isSplit)
    {
        var time = cell?.MillisecondsPerStep ?? double.NaN;
        var ratio = time / (baseline?.MillisecondsPerStep ?? double.NaN);
        if (!double.IsFinite(time))
        {
            return isSplit ? ["–", "–"] : ["–"];
        }

        var milliseconds = new Inline.Decimal(time, 3);
        if (!double.IsFinite(ratio))
        {
            return isSplit ? [TableCell.Of(milliseconds), "–"] : [TableCell.Of(milliseconds)];
        }

        return isSplit
            ? [TableCell.Of(milliseconds), TableCell.Of(new Inline.Decimal(ratio, 3), new Inline.Words("×"))]
            : [TableCell.Of(milliseconds, new Inline.Words(" ("), new Inline.Decimal(ratio, 3), new Inline.Words("×)"))];
    }

    private static TableCell Total(IEnumerable<ReportCell?> cells)
    {
        var finished = cells.OfType<ReportCell>().Where(cell => cell.Finished > 0).ToArray();
        return finished.Length == 0 ? "–" : NumberText.Duration(finished.Sum(cell => cell.TotalSeconds));
    }
}
