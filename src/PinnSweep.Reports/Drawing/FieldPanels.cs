using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Drawing;

/// <summary>A solution, or an error, as pixels.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Values">By the first coordinate (abscissa), then the second (ordinate); not a number outside the domain.</param>
/// <param name="Scale">How values become colours.</param>
public sealed record FieldPanel(string Title, ImmutableArray<ImmutableArray<double>> Values, FieldScale Scale);

/// <summary>Solutions and their errors, row by row, on common axes.</summary>
/// <param name="XLabel">Name of the first coordinate.</param>
/// <param name="YLabel">Name of the second coordinate.</param>
/// <param name="X">Its range.</param>
/// <param name="Y">Its range.</param>
/// <param name="Rows">
/// Rows of panels. Null is the place of the colour bars of all; where no place is left for them, they lie below each row.
/// </param>
public sealed record FieldPanels(string XLabel, string YLabel, Interval X, Interval Y, ImmutableArray<ImmutableArray<FieldPanel?>> Rows)
{
    /// <summary>All panels in reading order.</summary>
    public IEnumerable<FieldPanel> Panels => Rows.SelectMany(row => row).OfType<FieldPanel>();

    /// <summary>Whether the colour bars have a place of their own.</summary>
    public bool HasKey => Rows.Any(row => row.Contains(null));

    /// <summary>The scales of panels, each once, in reading order.</summary>
    public static ImmutableArray<FieldScale> Scales(IEnumerable<FieldPanel> panels) => [.. panels.Select(panel => panel.Scale).Distinct()];

    /// <summary>Whether a panel of a scale has values below it, and above it.</summary>
    public (bool IsUnder, bool IsOver) Beyond(FieldScale scale)
    {
        var shares = Panels.Where(panel => panel.Scale == scale).SelectMany(panel => panel.Values).SelectMany(row => row).Select(scale.Share).ToArray();
        return (shares.Any(FieldScale.IsUnder), shares.Any(FieldScale.IsOver));
    }
}
