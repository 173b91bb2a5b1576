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
    /// <summary>The caption's beginning, which says what is drawn and leaves out how.</summary>
    public string Title => Caption.IndexOfAny([':', '.', ';']) is var end and > 0 ? Caption[..end] : Caption;

    /// <summary>Heat maps in place of panels; empty for none.</summary>
    public ImmutableArray<HeatMap> Heat { get; init; } = [];

    /// <summary>Solutions in place of panels; null for none.</summary>
    public FieldPanels? Fields { get; init; }

    /// <summary>Where a problem lives, in place of panels; null for none.</summary>
    public DomainPicture? Domain { get; init; }

    /// <summary>Parallel coordinates in place of panels; null for none.</summary>
    public ParallelPlot? Parallel { get; init; }

    /// <summary>Bars in place of panels; null for none.</summary>
    public BarChart? Bars { get; init; }

    /// <summary>Intervals in place of panels; null for none.</summary>
    public IntervalChart? Intervals { get; init; }

    /// <summary>On what it is shown.</summary>
    public FigureSize Size { get; init; }
}

/// <summary>A name for a style.</summary>
/// <param name="Name">What is written.</param>
/// <param name="Style">Colour, dashes and marker of a line.</param>
/// <param name="Point">A kind of points in place of a line; null for a line.</param>
public sealed record LegendEntry(string Name, int Style, PointKind? Point = null)
{
    /// <summary>Whether it names a mark alone, without a line.</summary>
    public bool IsMark { get; init; }
}

/// <summary>One pair of axes.</summary>
/// <param name="Title">Above the axes; empty for none.</param>
/// <param name="XLabel">With unit.</param>
/// <param name="YLabel">With unit.</param>
/// <param name="IsLogY">Whether the ordinate is logarithmic; values that are not above zero are then left out.</param>
/// <param name="Series">In drawing order.</param>
/// <param name="Y">Limits of the ordinate, shared by panels that are compared; null to fit the series.</param>
/// <param name="IsLogX">Whether the abscissa is logarithmic.</param>
public sealed record FigurePanel(
    string Title, string XLabel, string YLabel, bool IsLogY, ImmutableArray<FigureSeries> Series, Interval? Y = null, bool IsLogX = false)
{
    /// <summary>Points, under and over the lines in their own order.</summary>
    public ImmutableArray<FigurePoints> Points { get; init; } = [];

    /// <summary>Single results with their intervals.</summary>
    public ImmutableArray<FigureMark> Marks { get; init; } = [];

    /// <summary>Corners of a staircase from the upper left to the lower right, which no result lies below; empty for none.</summary>
    public ImmutableArray<(double X, double Y)> Front { get; init; } = [];

    /// <summary>Limits of the abscissa; null to fit what is drawn.</summary>
    public Interval? X { get; init; }

    /// <summary>Words on the abscissa in place of numbers; empty for numbers.</summary>
    public ImmutableArray<(double At, string Text)> XWords { get; init; } = [];
}

/// <summary>A line with a band.</summary>
/// <param name="Style">Colour, dashes and marker; <see cref="Behind"/> for grey without a band.</param>
/// <param name="Band">Its points.</param>
/// <param name="IsStepped">Whether the line keeps its value until the next point.</param>
/// <param name="SureUntil">
/// The abscissa after which the line is dashed, because less is known there; before it, it is solid whatever its style. Null for the
/// style's own dashes.
/// </param>
public sealed record FigureSeries(int Style, SeedBand Band, bool IsStepped = false, double? SureUntil = null)
{
    /// <summary>The style of what is not compared and stands behind.</summary>
    public const int Behind = -1;
}
