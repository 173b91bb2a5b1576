using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.External;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Tables;

/// <summary>Results of others: rows below ours in the tables of accuracy, each marked, and all of them in a table of their own.</summary>
internal static class ExternalTable
{
    // Notes of single runs have no end in a large file; external.csv has all.
    private const int MostNotes = 20;

    /// <summary>All of them; null where there are none.</summary>
    public static TableModel? Of(StudyReport report)
    {
        var rows = ExternalRow.AllOf(report);
        if (rows.IsEmpty)
        {
            return null;
        }

        var notes = new Footnotes();
        var told = rows.SelectMany(row => row.Notes).Distinct().Take(MostNotes).ToHashSet();
        return new(
            "external",
            $"Results of others, imported: {report.Header.MetricName}, geometric mean over the runs of each source.",
            [new("source", false), new("method", false), new("problem", false), new("n"), new("geometric mean"), new("95 % interval"), new("median"), new("min – max"), new("seconds")],
            [
                .. rows.Select(row => ImmutableArray.Create<TableCell>(
                    row.Source,
                    $"{row.Method}{string.Concat(row.Notes.Where(told.Contains).Select(note => $" {notes.Mark(note)}"))}",
                    row.Problem,
                    row.Errors.Length.ToString(CultureInfo.InvariantCulture),
                    Mean(row),
                    Interval(row),
                    TableCell.Of(new Inline.Scientific(row.Median, 3)),
                    Range(row),
                    row.Seconds is { } seconds ? TableCell.Of(seconds, 3) : "–")),
            ],
            ["Not trained here: in no ranking, no test and no number of ours. Their seeds have nothing in common with those of the study.", .. notes.All]);
    }

    /// <summary>The rows that stand below ours in a table of accuracy, where its columns say on which problem.</summary>
    public static IEnumerable<ImmutableArray<TableCell>> Below(StudyReport report, ReportBlock block, Footnotes notes)
    {
        var columns = block.Columns.Select(column => ProblemOf(report, block, column)).ToArray();
        if (columns.Contains(null))
        {
            yield break;
        }

        foreach (var method in ExternalRow.AllOf(report).GroupBy(row => (row.Source, row.Method)))
        {
            var cells = columns.Select(problem => method.FirstOrDefault(row => row.Problem == problem)).ToArray();
            if (cells.OfType<ExternalRow>().ToArray() is { Length: > 0 } known)
            {
                var mark = notes.Mark(FormattableString.Invariant($"External: {method.Key.Source}, imported on {known.Max(row => row.ImportedAt).UtcDateTime:yyyy-MM-dd}; not trained here, not ranked and not tested against the others."));
                TableCell name = $"{method.Key.Method} (external) {mark}";
                yield return cells.Length == 1 ? Wide(name, known[0]) : [name, .. cells.Select(Narrow)];
            }
        }
    }

    private static string? ProblemOf(StudyReport report, ReportBlock block, string column) =>
        report.Axes.Columns == Factor.Problem ? column
        : report.Axes.Rows == Factor.Problem || block.Columns.Length > 1 ? null
        : block.Fixed.TryGetValue(Factor.Problem, out var held) ? held
        : report.Header.Levels[Factor.Problem] is [var only] ? only : null;

    private static ImmutableArray<TableCell> Wide(TableCell name, ExternalRow row) =>
        [name, Mean(row), Interval(row), TableCell.Of(new Inline.Scientific(row.Median, 3)), Range(row), FormattableString.Invariant($"n = {row.Errors.Length}"), "–"];

    private static TableCell Narrow(ExternalRow? row)
    {
        if (row is null)
        {
            return "–";
        }

        var count = new Inline.Words(FormattableString.Invariant($" n = {row.Errors.Length}"));
        return row.Accuracy.Interval is { } interval
            ? TableCell.Of(
                new Inline.Scientific(row.Accuracy.Mean, 3),
                new Inline.Space(),
                new Inline.Words("["),
                new Inline.Scientific(interval.Lower, 2),
                new Inline.Words(", "),
                new Inline.Scientific(interval.Upper, 2),
                new Inline.Words("]"),
                count)
            : TableCell.Of(new Inline.Scientific(row.Accuracy.Mean, 3), count);
    }

    private static TableCell Mean(ExternalRow row) => TableCell.Of(new Inline.Scientific(row.Accuracy.Mean, 3));

    private static TableCell Interval(ExternalRow row) => row.Accuracy.Interval is { } interval
        ? TableCell.Of(new Inline.Scientific(interval.Lower, 2), new Inline.Words(" – "), new Inline.Scientific(interval.Upper, 2))
        : "–";

    private static TableCell Range(ExternalRow row) => TableCell.Of(new Inline.Scientific(row.Range.Lower, 2), new Inline.Words(" – "), new Inline.Scientific(row.Range.Upper, 2));
}
