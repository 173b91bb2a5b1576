using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;

namespace PinnSweep.Reports.Documents;

/// <summary>A report as a reader meets it, before any markup.</summary>
/// <param name="Title">Of the page.</param>
/// <param name="Sections">In reading order.</param>
public sealed record ReportDocument(string Title, ImmutableArray<ReportSection> Sections)
{
    /// <summary>All tables in reading order.</summary>
    public IEnumerable<TableModel> Tables => Sections.SelectMany(section => section.Parts).OfType<ReportPart.Table>().Select(part => part.Model);

    /// <summary>All figures in reading order.</summary>
    public IEnumerable<FigureModel> Figures => Sections.SelectMany(section => section.Parts).OfType<ReportPart.Figure>().Select(part => part.Model);
}

/// <summary>A section.</summary>
/// <param name="Title">Of the section.</param>
/// <param name="Parts">In reading order.</param>
public sealed record ReportSection(string Title, ImmutableArray<ReportPart> Parts);

/// <summary>A part of a section.</summary>
public abstract record ReportPart
{
    private ReportPart()
    {
    }

    /// <summary>Running text.</summary>
    public sealed record Paragraph(string Text) : ReportPart;

    /// <summary>Names and values, one a line.</summary>
    public sealed record Facts(ImmutableArray<(string Name, string Value)> Lines) : ReportPart;

    /// <summary>A table.</summary>
    public sealed record Table(TableModel Model) : ReportPart;

    /// <summary>A figure; as a file it lies in the folder <c>figures</c> under its name.</summary>
    public sealed record Figure(FigureModel Model) : ReportPart;
}
