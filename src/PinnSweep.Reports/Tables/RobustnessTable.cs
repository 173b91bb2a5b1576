using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Diagnosis;

namespace PinnSweep.Reports.Tables;

/// <summary>How reliably a method gets there: median and spread, failures with their interval, and what a given error costs.</summary>
internal static class RobustnessTable
{
    /// <summary>The table of a block, a line for each cell.</summary>
    public static TableModel Of(StudyReport report, ReportBlock block)
    {
        var threshold = report.Header.ConvergedBelow;
        var isSingle = block.Columns.Length == 1;
        var target = $"{NumberText.RoundTrip(threshold)}";
        var measure = MetricWords.OfOutcome(block.InOrder());
        var rows = block.Columns.SelectMany(column => block.Rows.Select(row => block[row, column])).OfType<ReportCell>()
            .Where(cell => cell.Finished > 0 && cell.Void is null)
            .Select(cell => ImmutableArray.Create<TableCell>(
            [
                .. isSingle ? [] : new TableCell[] { cell.Column },
                report.RowName(cell.Row),
                cell.Errors.IsEmpty ? "–" : TableCell.Of(new Inline.Scientific(cell.Median, 3)),
                cell.Spread is { } spread ? TableCell.Of(new Inline.Scientific(spread.Lower, 2), new Inline.Words(" – "), new Inline.Scientific(spread.Upper, 2)) : "–",
                FormattableString.Invariant($"{cell.Failures}/{cell.Finished}{(cell.Stopped > 0 ? FormattableString.Invariant($" ({cell.Stopped} stopped early)") : "")}"),
                NumberText.Range(cell.FailureInterval, 2),
                .. Reached(cell),
            ])).ToImmutableArray();
        return new(
            ReportNames.Of("robustness", report, block),
            $"Accuracy and robustness{(isSingle ? $" on {block.Columns[0]}" : "")}{(block.Name.Length > 0 ? $" ({block.Name})" : "")}: median and spread of the {report.Header.MetricName}, failures, and what a {measure} of {target} costs.",
            [
                .. isSingle ? [] : new TableColumn[] { new(report.Axes.ColumnsWord, false) },
                new(report.Axes.RowsWord, false), new("median"), new("10 – 90 %"), new("failures"), new("95 % interval"), new($"reached {target}"), new("steps to it"), new("time to it"),
            ],
            rows,
            [
                "10 – 90 %: quantiles over the trials with a finite error (type 7). Failures: finished trials that did not converge; Wilson interval of their probability.",
                $"Reached: trials whose {measure} was below {target} at some evaluation; steps and training time of the first such evaluation, median over those trials.",
                .. StoppedTrials.Note(block.InOrder()),
            ]);
    }

    private static IEnumerable<TableCell> Reached(ReportCell cell)
    {
        var first = cell.Trials.Select(trial => trial.Digest).OfType<TrialDigest>().Where(digest => digest.ReachedStep is not null).ToArray();
        yield return FormattableString.Invariant($"{first.Length}/{cell.Finished}");
        yield return first.Length == 0 ? "–" : NumberText.Count(Descriptive.Median([.. first.Select(point => (double)point.ReachedStep!.Value)]));
        yield return first.Length == 0 ? "–" : NumberText.Duration(Descriptive.Median([.. first.Select(point => point.ReachedSeconds!.Value)]));
    }
}
