using System.Collections.Immutable;

namespace PinnSweep.Reports;

/// <summary>What the accuracy was bought with. Kept apart from it because times differ from run to run.</summary>
public static class CostTable
{
    /// <summary>Median time of a step over trials, how it relates to the control's, and the training time of all trials.</summary>
    public static TableModel Of(StudyReport report, ReportBlock block)
    {
        var control = report.ControlRow;
        var isSingle = block.Columns.Length == 1;
        ImmutableArray<TableColumn> columns =
        [
            new(report.Axes.Rows.ToString().ToLowerInvariant(), false),
            .. block.Columns.SelectMany(column => Headings(isSingle ? "" : $"{column}: ", control)),
            new("training time of all trials"),
        ];
        var rows = block.Rows.Select(row => ImmutableArray.Create<TableCell>(
        [
            report.RowName(row),
            .. block.Columns.SelectMany(column => Cells(block[row, column], control is null ? null : block[control, column], control)),
            Total(block.Columns.Select(column => block[row, column])),
        ])).ToImmutableArray();

        string[] notes =
        [
            "Training time alone: evaluations on the test grid do not count. Times of trials that shared a machine with others are longer than alone.",
            .. report.Header.Machines.Length > 1 ? new[] { "The trials ran on different machines: times are not comparable between rows." } : [],
        ];
        return new(
            ReportNames.Of("cost", report, block),
            $"Cost{(isSingle ? $" on {block.Columns[0]}" : "")}{(block.Name.Length > 0 ? $" ({block.Name})" : "")}: median over trials of the training time of one step.",
            columns,
            rows,
            [.. notes]);
    }

    private static IEnumerable<TableColumn> Headings(string prefix, string? control)
    {
        yield return new($"{prefix}ms per step");
        if (control is not null)
        {
            yield return new($"{prefix}relative to {control}");
        }
    }

    private static IEnumerable<TableCell> Cells(ReportCell? cell, ReportCell? baseline, string? control)
    {
        var time = cell?.MillisecondsPerStep ?? double.NaN;
        yield return double.IsFinite(time) ? TableCell.Of(time, 3) : "–";
        if (control is not null)
        {
            var ratio = time / (baseline?.MillisecondsPerStep ?? double.NaN);
            yield return double.IsFinite(ratio) ? TableCell.Of(new Inline.Decimal(ratio, 3), new Inline.Words("×")) : "–";
        }
    }

    private static TableCell Total(IEnumerable<ReportCell?> cells)
    {
        var finished = cells.OfType<ReportCell>().Where(cell => cell.Finished > 0).ToArray();
        return finished.Length == 0 ? "–" : NumberText.Duration(finished.Sum(cell => cell.TotalSeconds));
    }
}
