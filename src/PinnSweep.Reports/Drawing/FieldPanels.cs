using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Drawing;

/// <summary>A solution as pixels.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Values">By the first coordinate (abscissa), then the second (ordinate).</param>
/// <param name="Scale">How values become colours.</param>
/// <param name="Low">Lower end of the scale.</param>
/// <param name="High">Upper end of the scale.</param>
public sealed record FieldPanel(string Title, ImmutableArray<ImmutableArray<double>> Values, HeatScale Scale, double Low, double High);

/// <summary>Solutions and their errors, row by row, on common axes.</summary>
/// <param name="XLabel">Name of the first coordinate.</param>
/// <param name="YLabel">Name of the second coordinate.</param>
/// <param name="X">Its range.</param>
/// <param name="Y">Its range.</param>
/// <param name="Rows">Rows of panels.</param>
public sealed record FieldPanels(string XLabel, string YLabel, Interval X, Interval Y, ImmutableArray<ImmutableArray<FieldPanel>> Rows)
{
    /// <summary>Panels beside one another: two pairs of a solution and its error, or the three of one trial.</summary>
    public int Across { get; init; } = 4;

    /// <summary>Whether each panel has a bar that says which colour is which number.</summary>
    public bool HasBars { get; init; }
}
