using PinnSweep.Reports.Conclusions;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Formats;

/// <summary>What every report begins with: the sentences of what came out, then its main figure.</summary>
internal static class Leading
{
    /// <summary>The sentences alone.</summary>
    public static ReportSection Sentences(StudyReport report) => new(WhatCameOut.Title, [.. WhatCameOut.Of(report).Select(sentence => new ReportPart.Paragraph(sentence))]);

    /// <summary>The sections with the sentences and the first of the figures before them; that figure stands nowhere else.</summary>
    public static IEnumerable<ReportSection> Before(StudyReport report, IReadOnlyCollection<ReportSection> sections)
    {
        var main = sections.Where(section => section.Title.StartsWith("Figures", StringComparison.Ordinal)).SelectMany(section => section.Parts).OfType<ReportPart.Figure>().FirstOrDefault();
        var first = Sentences(report);
        return sections.Select(section => section with { Parts = [.. section.Parts.Where(part => !ReferenceEquals(part, main))] }).Where(section => !section.Parts.IsEmpty)
            .Prepend(main is null ? first : first with { Parts = [.. first.Parts, main] });
    }
}
