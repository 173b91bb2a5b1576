using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Diagnosis;

namespace PinnSweep.Reports.Tables;

/// <summary>
/// Which methods show which symptoms of unbalanced or deceptive losses, in how many trials, with the numbers of one of them and what to
/// vary next.
/// </summary>
internal static class DiagnosisTable
{
    /// <summary>A section for each block with a symptom.</summary>
    public static IEnumerable<ReportSection> SectionsOf(StudyReport report) =>
        from block in report.Blocks
        let table = Of(report, block)
        where table is not null
        select new ReportSection(block.Name.Length > 0 ? $"Diagnosis: {block.Name}" : "Diagnosis", [new ReportPart.Table(table)]);

    /// <summary>One line a cell, symptom and loss term; null where no trial shows any.</summary>
    public static TableModel? Of(StudyReport report, ReportBlock block)
    {
        var notes = new Footnotes();
        var rows = block.Columns.SelectMany(column => block.Rows.Select(row => block[row, column])).OfType<ReportCell>()
            .SelectMany(cell => Lines(report, cell, notes)).ToImmutableArray();
        return rows.IsEmpty
            ? null
            : new(
                ReportNames.Of("diagnosis", report, block),
                "Symptoms in the curves of finished trials; the evidence is that of the first of them.",
                [
                    new(report.Axes.Columns.ToString().ToLowerInvariant(), false), new(report.Axes.Rows.ToString().ToLowerInvariant(), false), new("symptom", false),
                    new("trials"), new("finding", false), new("evidence", false),
                ],
                rows,
                [.. notes.All]);
    }

    // The numbers of one trial are told, so that alone is read whole.
    private static IEnumerable<ImmutableArray<TableCell>> Lines(StudyReport report, ReportCell cell, Footnotes notes) =>
        from trial in cell.Trials
        from symptom in trial.Digest?.Symptoms ?? []
        group trial by symptom into same
        let trial = same.First()
        let first = (Trial: trial, Symptom: TrialDiagnosis.Of(report.Source.Whole([trial.Key], ResultParts.Curve).First()).First(symptom => (symptom.Rule, symptom.Term) == same.Key))
        select ImmutableArray.Create<TableCell>(
        [
            cell.Column,
            cell.Row,
            $"{first.Symptom.Rule} {notes.Mark($"Advice: {first.Symptom.Advice}.")}",
            FormattableString.Invariant($"{same.Count()}/{cell.Finished}"),
            first.Symptom.Finding,
            TableCell.Of(new Inline.Code(first.Trial.Key.Short), new Inline.Words($" {first.Symptom.EvidenceText}")),
        ]);
}
