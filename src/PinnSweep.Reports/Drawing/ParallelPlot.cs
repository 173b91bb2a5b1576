using System.Collections.Immutable;

namespace PinnSweep.Reports.Drawing;

/// <summary>One upright axis.</summary>
/// <param name="Name">Above it.</param>
/// <param name="Ticks">Places from 0 (bottom) to 1, and what is written there; empty for a mark alone.</param>
public sealed record ParallelAxis(string Name, ImmutableArray<(double Place, string Text)> Ticks);

/// <summary>One line across all axes.</summary>
/// <param name="Kind">Named ones are drawn above all others.</param>
/// <param name="Places">A place from 0 to 1 an axis; NaN where the line leaves it out.</param>
/// <param name="Share">From 0 for the best to 1 for the worst, which gives the colour; NaN for a failed one.</param>
public sealed record ParallelLine(PointKind Kind, ImmutableArray<double> Places, double Share);

/// <summary>Parallel coordinates (Inselberg 1985).</summary>
/// <param name="Axes">Left to right.</param>
/// <param name="Lines">In drawing order.</param>
public sealed record ParallelPlot(ImmutableArray<ParallelAxis> Axes, ImmutableArray<ParallelLine> Lines)
{
    /// <summary>What the legend calls <see cref="PointKind.Chosen"/>.</summary>
    public string ChosenName { get; init; } = "chosen";
}
