using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Latex;

/// <summary>
/// What a table is set for. Nothing is scaled: its size of type stays <c>\footnotesize</c>, and what is wider than the text becomes several
/// tables. The widths are those of the narrowest of the usual classes at 10 pt, so that a table fits into the others too.
/// </summary>
/// <param name="Points">Width of the text in TeX's points.</param>
/// <param name="Environment">The float.</param>
/// <param name="Words">What it is, for the head of a fragment.</param>
internal sealed record LatexWidth(double Points, string Environment, string Words)
{
    /// <summary>Lines of a float that still is on a page, caption and headings among them: <c>revtex4-2</c> and <c>article</c> have 550 pt and more.</summary>
    public const int Lines = 50;

    // A rounding of TeX, and bold figures that are wider than others.
    private const double Slack = 3;

    /// <summary>
    /// <c>article</c> has 345 pt; across both columns <c>twocolumn</c> has 452 and <c>revtex4-2</c> 510. The starred float is an ordinary one
    /// where there is one column.
    /// </summary>
    public static LatexWidth Page { get; } = new(345, "table*", "the width of a page: 345 pt, article at 10 pt; with two columns it goes across both");

    /// <summary>A column of <c>article</c> on A4 has 221 pt; on letter it has 229 and in <c>revtex4-2</c> 246.</summary>
    public static LatexWidth Column { get; } = new(221, "table", "the width of a column: 221 pt, article at 10 pt in two columns");

    /// <summary>The report's own document: A4 with margins of 20 mm.</summary>
    public static LatexWidth Report { get; } = new(483, "table", "the report");

    /// <summary>What may stand in a line.</summary>
    public double Usable => Points - Slack;

    /// <summary>The width that fragments of a report have: that of its figures.</summary>
    public static LatexWidth Of(StudyReport report) => report.FigureSize == FigureSize.Column ? Column : Page;
}
