using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Drawing;

/// <summary>A figure before it is drawn: what SVG and PNG both show.</summary>
/// <param name="Name">Name of its files, <c>kebab-case</c>.</param>
/// <param name="Caption">What it shows; complete enough to be read without the text.</param>
/// <param name="Panels">Left to right, top to bottom.</param>
/// <param name="Legend">Names of the styles that the panels use.</param>
/// <param name="Ranks">A critical-difference diagram in place of panels; null for none.</param>
public sealed record FigureModel(
    string Name, string Caption, ImmutableArray<FigurePanel> Panels, ImmutableArray<LegendEntry> Legend, RankDiagram? Ranks = null)
{
    /// <summary>Heat maps in place of panels; empty for none.</summary>
    public ImmutableArray<HeatMap> Heat { get; init; } = [];

    /// <summary>Solutions in place of panels; null for none.</summary>
    public FieldPanels? Fields { get; init; }

    /// <summary>Whether panels are laid out in the width of a journal's column, 3.5 inches, in place of a page's.</summary>
    public bool IsColumnWide { get; init; }
}

/// <summary>A name for a style.</summary>
public sealed record LegendEntry(string Name, int Style);

/// <summary>One pair of axes.</summary>
/// <param name="Title">Above the axes; empty for none.</param>
/// <param name="XLabel">With unit.</param>
/// <param name="YLabel">With unit.</param>
/// <param name="IsLogY">Whether the ordinate is logarithmic; values that are not above zero are then left out.</param>
/// <param name="Series">In drawing order.</param>
/// <param name="Y">Limits of the ordinate, shared by panels that are compared; null to fit the series.</param>
/// <param name="IsLogX">Whether the abscissa is logarithmic.</param>
public sealed record FigurePanel(
    string Title, string XLabel, string YLabel, bool IsLogY, ImmutableArray<FigureSeries> Series, Interval? Y = null, bool IsLogX = false);

/// <summary>A line with a band.</summary>
/// <param name="Style">Colour, dashes and marker.</param>
/// <param name="Band">Its points.</param>
/// <param name="IsStepped">Whether the line keeps its value until the next point.</param>
public sealed record FigureSeries(int Style, SeedBand Band, bool IsStepped = false);
