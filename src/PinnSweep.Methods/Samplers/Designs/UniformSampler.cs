using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Methods.Samplers.Designs;

/// <summary>Independent uniform points.</summary>
public static class UniformSampler
{
    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = DesignSampler.Entry(
        "uniform",
        "independent uniform points, fixed or redrawn every n steps",
        "Raissi, Perdikaris, Karniadakis, J. Comput. Phys. 378, 2019, doi:10.1016/j.jcp.2018.10.045; redrawing: Wu et al. 2023, arXiv:2207.10289 (Random-R)",
        _ => new Design());

    internal sealed class Design : IPointDesign
    {
        public void Fill(Span<double> unit, int dimensions, RandomStream stream, int draw)
        {
            stream.Position = 2UL * (ulong)unit.Length * (ulong)draw;
            stream.FillUniform(unit);
        }
    }
}
