using System.Globalization;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.External;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Formats;

/// <summary>What people added to a study, as comma-separated values in the form of <see cref="CsvFormat"/>.</summary>
internal static class AnnotationCsv
{
    /// <summary>Results of others, one line a source, method and problem; <c>tidy.csv</c> has them run by run.</summary>
    public static void External(StudyReport report, TextWriter text)
    {
        CsvFormat.Line(text, ["source", "method", "problem", "n", "geometric_mean", "interval_lower", "interval_upper", "median", "min", "max", "seconds", "imported", "notes"]);
        foreach (var row in ExternalRow.AllOf(report))
        {
            CsvFormat.Line(text, [
                row.Source, row.Method, row.Problem, CsvFormat.Number(row.Errors.Length),
                CsvFormat.Number(row.Accuracy.Mean), CsvFormat.Number(row.Accuracy.Interval?.Lower), CsvFormat.Number(row.Accuracy.Interval?.Upper),
                CsvFormat.Number(row.Median), CsvFormat.Number(row.Range.Lower), CsvFormat.Number(row.Range.Upper), CsvFormat.Number(row.Seconds),
                Time(row.ImportedAt), string.Join("; ", row.Notes),
            ]);
        }
    }

    /// <summary>Notes, one line each.</summary>
    public static void Notes(StudyReport report, TextWriter text)
    {
        CsvFormat.Line(text, ["number", "written", "factor", "level", "note"]);
        foreach (var note in report.Annotations.Notes)
        {
            CsvFormat.Line(text, [CsvFormat.Number(note.Number), Time(note.At), note.Factor?.ToWord() ?? "", note.Level ?? "", note.Text]);
        }
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
