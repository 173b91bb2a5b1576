using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>
/// Equal steps and equal training time side by side. Times differ from run to run, so this table stands apart from the main one.
/// </summary>
internal static class ParityTable
{
    internal const string Unsolved = "‡: no trial solved the problem in the end (all are trivial or diverged), or its error there is within noise of a field that solves nothing, so that the method is not ranked.";

    /// <summary>The table of a block; null where there is nothing to compare.</summary>
    public static TableModel? Of(StudyReport report, ReportBlock block)
    {
        var parities = report.Findings[block].Parities;
        if (parities.IsEmpty)
        {
            return null;
        }

        var isSingle = block.Columns.Length == 1;
        return new(
            ReportNames.Of("parity", report, block),
            $"Both parities{(isSingle ? $" on {block.Columns[0]}" : "")}{(block.Name.Length > 0 ? $" ({block.Name})" : "")}: geometric mean of the {report.Header.MetricName} when every method has had the same number of steps, and when it has had the same training time.",
            [
                .. isSingle ? [] : new TableColumn[] { new(report.Axes.ColumnsWord, false) },
                new(report.Axes.RowsWord, false), new("steps"), new("error at equal steps"), new("rank"), new("time"), new("error at equal time"), new("rank"),
            ],
            [.. parities.SelectMany(parity => Rows(report, parity, isSingle))],
            [
                "The common budget of a problem is the most that every method has: the smallest of the methods' median steps and median training times. The error is that of the last evaluation within it.",
                .. parities.SelectMany(one => one.Rows).Any(row => row.IsUnsolved) ? new[] { Unsolved } : [],
                "**Bold**: smallest of its problem. Training time depends on the machine and on what else ran there; evaluations do not count.",
            ]);
    }

    private static IEnumerable<ImmutableArray<TableCell>> Rows(StudyReport report, Parity parity, bool isSingle)
    {
        var bySteps = RanksOf([.. parity.Rows.Select(row => (row.AtSteps, row.DivergedAtSteps, row.IsUnsolved))]);
        var byTime = RanksOf([.. parity.Rows.Select(row => (row.AtSeconds, row.DivergedAtSeconds, row.IsUnsolved))]);
        return parity.Rows.Select((row, i) => ImmutableArray.Create<TableCell>(
        [
            .. isSingle ? [] : new TableCell[] { parity.Column },
            report.RowName(row.Row),
            parity.Steps.ToString("N0", CultureInfo.InvariantCulture),
            Error(row.AtSteps, row.DivergedAtSteps, row.IsUnsolved, bySteps[i]),
            bySteps[i] is { } step ? step.ToString(CultureInfo.InvariantCulture) : "–",
            NumberText.Duration(parity.Seconds),
            Error(row.AtSeconds, row.DivergedAtSeconds, row.IsUnsolved, byTime[i]),
            byTime[i] is { } time ? time.ToString(CultureInfo.InvariantCulture) : "–",
        ]));
    }

    // As in the main table, a method with a diverged trial, or that solved nothing, is not ranked by the mean of the others.
    private static int?[] RanksOf((LogErrorMean Mean, int Diverged, bool IsUnsolved)[] cells)
    {
        var isRanked = cells.Select(cell => cell is { Diverged: 0, IsUnsolved: false, Mean.Count: > 0 }).ToArray();
        return [.. cells.Select((cell, i) => isRanked[i] ? 1 + cells.Where((other, j) => isRanked[j] && other.Mean.Mean < cell.Mean.Mean).Count() : (int?)null)];
    }

    private static TableCell Error(LogErrorMean mean, int diverged, bool isUnsolved, int? rank)
    {
        if (mean.Count == 0)
        {
            return FormattableString.Invariant($"– ({diverged} diverged)");
        }

        var number = new Inline.Scientific(mean.Mean, 3, isUnsolved ? Emphasis.Unsolved : rank == 1 ? Emphasis.Best : Emphasis.None);
        return diverged > 0 ? TableCell.Of(number, new Inline.Words(FormattableString.Invariant($" ({diverged} diverged)"))) : TableCell.Of(number);
    }
}
