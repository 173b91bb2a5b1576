using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

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

/// <summary>The designs by the words of study files.</summary>
internal static class PointDesigns
{
    /// <summary>The design of points outside the interior under samplers that move only the interior ones.</summary>
    public static Parameter<PointDesign> Outside { get; } = MethodParameters.Choice(
        "outside", "how boundary and initial points are laid out; they stay", Enum.GetValues<PointDesign>());

    /// <summary>A design with its defaults.</summary>
    public static IPointDesign Of(PointDesign design) => design switch
    {
        PointDesign.Uniform => new UniformSampler.Design(),
        PointDesign.Grid => new GridSampler.Design(),
        PointDesign.Lhs => new LatinHypercubeSampler.Design(),
        PointDesign.Sobol => new SobolSampler.Design(Scrambling.Owen),
        PointDesign.Halton => new HaltonSampler.Design(Shift: true),
        PointDesign.Hammersley => new HammersleySampler.Design(Shift: true),
        _ => throw new ArgumentOutOfRangeException(nameof(design), design, "not a design"),
    };

    /// <summary>Moves a stream to where the numbers of a draw begin; no draw needs 2³⁶ words.</summary>
    public static void Enter(this RandomStream stream, int draw) => stream.Position = (ulong)draw << 36;
}
