using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Samplers;

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
