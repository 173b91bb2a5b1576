using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;

namespace PinnSweep.Reports.Formats;

/// <summary>The sections of what people added to a study; none where nobody did.</summary>
internal static class AnnotationSections
{
    /// <summary>Results of others, after our tables.</summary>
    public static IEnumerable<ReportSection> External(StudyReport report) => ExternalTable.Of(report) is { } table
        ? [new("External results", [new ReportPart.Table(table)])]
        : [];

    /// <summary>Tags and notes.</summary>
    public static IEnumerable<ReportSection> Notes(StudyReport report)
    {
        var (tags, notes) = (report.Annotations.Tags, report.Annotations.Notes);
        if (report.Annotations.HasWords)
        {
            yield return new(
                "Notes",
                [
                    new ReportPart.Facts(
                    [
                        .. tags.IsEmpty ? [] : new[] { ("tags", string.Join(", ", tags)) },
                        .. notes.Select(note => (string.Create(CultureInfo.InvariantCulture, $"{note.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(note.About.Length > 0 ? $", {note.About}" : "")}"), note.Text)),
                    ]),
                ]);
        }
    }
}
