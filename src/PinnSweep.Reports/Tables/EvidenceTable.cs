using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>From every cell to the trials behind it.</summary>
internal static class EvidenceTable
{
    /// <summary>One line a cell: its levels and, seed by seed, the short key and the error of each trial.</summary>
    public static TableModel Of(StudyReport report, ReportBlock block) => new(
        ReportNames.Of("evidence", report, block),
        "Trials behind each cell: seed, key, final error. The full keys and records are in `trials.csv` and `results.json`.",
        [new(report.Axes.ColumnsWord, false), new(report.Axes.RowsWord, false), new("trials", false)],
        [
            .. block.Columns.SelectMany(column => block.Rows.Select(row => block[row, column]))
                .OfType<ReportCell>()
                .Where(cell => cell.NotApplicable is null)
                .Select(cell => ImmutableArray.Create<TableCell>([cell.Column, cell.Row, TableCell.Of([.. cell.Trials.SelectMany(Pieces)])])),
        ],
        []);

    private static IEnumerable<Inline> Pieces(ReportTrial trial, int index)
    {
        yield return new Inline.Words(FormattableString.Invariant($"{(index == 0 ? "" : "; ")}{trial.Seed}: "));
        yield return new Inline.Code(trial.Key.Short) { Trial = trial.Key };
        yield return trial.Error is { } error
            ? new Inline.Words($" {NumberText.Scientific(error, 3)}")
            : new Inline.Words($" {StatusWords.Of(trial.Status)}");
    }
}
