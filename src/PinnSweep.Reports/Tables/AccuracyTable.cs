using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tables;

/// <summary>
/// The main table: geometric mean of the error with its interval, how many trials converged, the best in bold. It holds nothing that
/// depends on when or where trials ran, so an interrupted and resumed study prints the same bytes as an uninterrupted one.
/// </summary>
internal static class AccuracyTable
{
    /// <summary>The table of one block: in full where it has one column, else one column for each.</summary>
    public static TableModel Of(StudyReport report, ReportBlock block)
    {
        var notes = new Footnotes();
        var isSingle = block.Columns.Length == 1;
        var columns = isSingle
            ? ImmutableArray.Create(
                new TableColumn(Heading(report), false), new("geometric mean"), new("95 % interval"), new("median"), new("min – max"), new("converged", false), new("failure rate"))
            : [new TableColumn(Heading(report), false), .. block.Columns.Select(column => new TableColumn(column, false))];
        var rows = block.Rows.Select(row => isSingle
            ? Wide(row, report.RowName(row), block[row, block.Columns[0]], notes)
            : [report.RowName(row), .. block.Columns.Select(column => Narrow(block[row, column], notes))]).Concat(ExternalTable.Below(report, block, notes)).ToImmutableArray();

        return new(
            ReportNames.Of("accuracy", report, block),
            Caption(report, block, isSingle),
            columns,
            rows,
            [.. AccuracyLegend.Of(report, block), .. notes.All]);
    }

    private static string Heading(StudyReport report) => report.Axes.RowsWord;

    private static string Caption(StudyReport report, ReportBlock block, bool isSingle)
    {
        var seeds = Seeds(report, block);
        var where = isSingle ? $" on {block.Columns[0]}" : "";
        var fixedAt = block.Name.Length > 0 ? $" ({block.Name})" : "";
        var rest = isSingle ? "" : "; in brackets its 95 % interval, then trials converged of trials planned";
        return $"{Capital(report.Header.MetricName)}{where}{fixedAt} after {report.Header.BudgetText}{(report.Staged is { IsTuned: true } ? ", each method tuned" : "")}: geometric mean over {seeds}{rest}.";
    }

    // Where seeds are added until comparisons are decided, cells have different numbers of them.
    private static string Seeds(StudyReport report, ReportBlock block)
    {
        var counts = report.Staged is null ? [] : block.InOrder().Where(cell => cell.NotApplicable is null).Select(cell => cell.Trials.Length).Where(count => count > 0).ToArray();
        var (fewest, most) = (counts.DefaultIfEmpty(report.Header.Seeds.Length).Min(), counts.DefaultIfEmpty(report.Header.Seeds.Length).Max());
        return FormattableString.Invariant($"{(fewest < most ? $"{fewest} to " : "")}{most} {(most == 1 ? "seed" : "seeds")}");
    }

    private static ImmutableArray<TableCell> Wide(string row, string name, ReportCell? cell, Footnotes notes)
    {
        if (cell is null || cell.NotApplicable is not null)
        {
            return [name, Absent(cell, notes), "", "", "", "", ""];
        }

        if (cell.Errors.IsEmpty)
        {
            return [name, "–", "–", "–", "–", TableCell.Of(Counts(cell, notes)) with { Behind = FirstOf(cell) }, Failures(cell)];
        }

        return
        [
            name,
            TableCell.Of(Mean(cell)) with { Behind = FirstOf(cell) },
            cell.Accuracy.Interval is { } interval
                ? TableCell.Of(new Inline.Scientific(interval.Lower, 2), new Inline.Words(" – "), new Inline.Scientific(interval.Upper, 2))
                : "–",
            TableCell.Of(new Inline.Scientific(cell.Median, 3)),
            TableCell.Of(new Inline.Scientific(cell.Range!.Value.Lower, 2), new Inline.Words(" – "), new Inline.Scientific(cell.Range.Value.Upper, 2)),
            Counts(cell, notes),
            Failures(cell),
        ];
    }

    private static TableCell Failures(ReportCell cell) => cell.Finished == 0 || cell.Void is not null
        ? "–"
        : $"{NumberText.Fixed((double)cell.Failures / cell.Finished, 2)} {NumberText.Range(cell.FailureInterval, 2)}";

    private static TableCell Narrow(ReportCell? cell, Footnotes notes)
    {
        if (cell is null || cell.NotApplicable is not null)
        {
            return Absent(cell, notes);
        }

        if (cell.Errors.IsEmpty)
        {
            return TableCell.Of($"– {Counts(cell, notes)}") with { Behind = FirstOf(cell) };
        }

        var counts = new Inline.Words($" {Counts(cell, notes)}");
        return (cell.Accuracy.Interval is { } interval
            ? TableCell.Of(
                Mean(cell),
                new Inline.Space(),
                new Inline.Words("["),
                new Inline.Scientific(interval.Lower, 2),
                new Inline.Words(", "),
                new Inline.Scientific(interval.Upper, 2),
                new Inline.Words("]"),
                counts)
            : TableCell.Of(Mean(cell), counts)) with { Behind = FirstOf(cell) };
    }

    private static TableCell Absent(ReportCell? cell, Footnotes notes) => cell is null ? "–" : $"n/a {notes.Mark(cell.NotApplicable!)}";

    private static Inline.Scientific Mean(ReportCell cell) => new(cell.Accuracy.Mean, 3, StandingWords.EmphasisOf(cell.Standing));

    private static TrialKey? FirstOf(ReportCell cell) => cell.Trials.IsEmpty ? null : cell.Trials[0].Key;

    private static string Counts(ReportCell cell, Footnotes notes)
    {
        if (cell.Void is { } reason)
        {
            return $"void {notes.Mark(reason)}";
        }

        (TrialStatus Status, string Word)[] named =
        [
            (TrialStatus.Trivial, "trivial"),
            (TrialStatus.Diverged, "diverged"),
            (TrialStatus.Quarantined, "given up"),
            (TrialStatus.Unfinished, "missing"),
        ];
        var told = named.Where(pair => cell.Count(pair.Status) > 0).Select(pair => FormattableString.Invariant($"{cell.Count(pair.Status)} {pair.Word}"));
        told = cell.Stopped > 0 ? told.Append(FormattableString.Invariant($"{cell.Stopped} stopped early")) : told;
        var text = string.Join(", ", cell.IsAtFloor ? told.Append("at floor") : told);
        return FormattableString.Invariant($"{cell.Count(TrialStatus.Converged)}/{cell.Trials.Length}") + (text.Length > 0 ? $" ({text})" : "");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
