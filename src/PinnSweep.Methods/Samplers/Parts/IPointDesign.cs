using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>Fills a unit cube with points; <see cref="Region"/> carries them to where they belong.</summary>
internal interface IPointDesign
{
    /// <summary>The design of one place; most fill every cube alike.</summary>
    /// <param name="region">Where the points belong.</param>
    /// <param name="wanted">How many are asked for.</param>
    IPointDesign For(Region region, int wanted) => this;

    /// <summary>The number of points that come out where so many are asked for.</summary>
    int Count(int wanted, int dimensions) => wanted;

    /// <summary>Fills a cube.</summary>
    /// <param name="unit">n × dimensions numbers in [0, 1], row-major.</param>
    /// <param name="dimensions">At least 1.</param>
    /// <param name="stream">The region's stream, left anywhere: the design sets its position from the number of the draw.</param>
    /// <param name="draw">0 for the first points.</param>
    void Fill(Span<double> unit, int dimensions, RandomStream stream, int draw);
}
