using System.Collections.Immutable;

namespace PinnSweep.Reports.Drawing;

/// <summary>How numbers become colours.</summary>
public enum HeatScale
{
    /// <summary>From light to dark on the logarithm: errors, the dark ones large.</summary>
    Logarithmic,

    /// <summary>From one hue over white at ½ to another: probabilities.</summary>
    Probability,

    /// <summary>From light at 0 to dark at 1: shares of a whole.</summary>
    Share,
}

/// <summary>A matrix of coloured squares with the numbers in them.</summary>
/// <param name="Title">Above the matrix; empty for none.</param>
/// <param name="Rows">Labels at the left.</param>
/// <param name="Columns">Labels above.</param>
/// <param name="Values">Row by row; NaN for an empty square.</param>
/// <param name="Texts">What is written into each square; empty for nothing.</param>
/// <param name="Scale">How values become colours.</param>
public sealed record HeatMap(
    string Title,
    ImmutableArray<string> Rows,
    ImmutableArray<string> Columns,
    ImmutableArray<ImmutableArray<double>> Values,
    ImmutableArray<ImmutableArray<string>> Texts,
    HeatScale Scale);
