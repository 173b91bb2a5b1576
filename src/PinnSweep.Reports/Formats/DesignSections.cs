using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// The report of a study with a design. Tables with a line for each level that a point made would have no end, and tests over points that
/// were picked for their scores would be none: so it has its own sections, and of those of other studies what is of all trials.
/// </summary>
internal static class DesignSections
{
    /// <summary>All sections in reading order.</summary>
    public static IEnumerable<ReportSection> Of(StudyReport report) =>
    [
        .. Head(report),
        .. Results(report),
        .. AnnotationSections.External(report),
        new("Levels", [new ReportPart.Table(LevelsTable.Of(report))]),
        .. report.Blocks.Select(block => new ReportSection(Title("Cost", block), [new ReportPart.Table(CostTable.Of(report, block))])),
        .. Importance(report),
        .. Figures(report),
        .. DiagnosisTable.SectionsOf(report),
        .. AnnotationSections.Notes(report),
        new("The study", [new ReportPart.Facts(DocumentComposer.Facts(report))]),
    ];

    /// <summary>Before everything else: what was sampled.</summary>
    public static IEnumerable<ReportSection> Head(StudyReport report) =>
        [new("Design", [.. DesignText.Of(report).Select(text => new ReportPart.Paragraph(text))])];

    /// <summary>The main tables.</summary>
    public static IEnumerable<ReportSection> Results(StudyReport report)
    {
        yield return new("Over the space", [new ReportPart.Table(DesignTables.Space(report))]);
        if (DesignTables.Compared(report) is { } compared)
        {
            yield return new("Point by point", [new ReportPart.Table(compared)]);
        }

        if (PointsTable.AllOf(report).ToArray() is { Length: > 0 } points)
        {
            yield return new("Points", [.. points.Select(table => new ReportPart.Table(table))]);
        }
    }

    /// <summary>How much each dimension matters.</summary>
    public static IEnumerable<ReportSection> Importance(StudyReport report)
    {
        var importances = report.Design!.Importances;
        if (!importances.IsEmpty && ImportanceTable.Of(importances) is { } table)
        {
            yield return new(
                "Importance of parameters",
                [new ReportPart.Table(table), .. TuningFigures.Importance(importances) is { } figure ? new ReportPart[] { new ReportPart.Figure(figure) } : []]);
        }
    }

    private static IEnumerable<ReportSection> Figures(StudyReport report)
    {
        var design = report.Design!;
        var others = DesignFigures.Count(design) - SearchFigures.MostShown;
        if (DesignFigures.Shown(design) is { IsEmpty: false } figures)
        {
            yield return new(
                "Figures: points",
                [
                    .. figures.Select(figure => new ReportPart.Figure(figure)),
                    .. others > 0
                        ? new ReportPart[] { new ReportPart.Paragraph(FormattableString.Invariant($"Those of {others} more {(others == 1 ? "combination" : "combinations")} lie in the folder `figures` of the report in Markdown.")) }
                        : [],
                ]);
        }

        foreach (var block in design.Best.Blocks)
        {
            if (DesignFigures.AtTheBest(report, block) is { IsEmpty: false } curves)
            {
                yield return new(Title("Figures: best points", block), [.. curves.Select(figure => new ReportPart.Figure(figure))]);
            }
        }
    }

    private static string Title(string title, ReportBlock block) => block.Name.Length > 0 ? $"{title}: {block.Name}" : title;
}
