using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Sequences;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Designs;

/// <summary>
/// Halton points: radical inverses in the bases 2, 3, 5, … of the indices from 1 on, or later ones, shifted by the seed modulo 1.
/// </summary>
internal static class HaltonSampler
{
    /// <summary>The parameter of whether the seed shifts the points.</summary>
    internal static Parameter<bool> Shifted { get; } = MethodParameters.Flag(
        "shift", standard: true, "a random shift modulo 1 for each seed; without it all seeds have the same points");

    /// <summary>The parameter of how many indices are left out.</summary>
    internal static Parameter<int> Skip { get; } = MethodParameters.Count(
        "skip", 0, "indices left out: the first one is 1 + skip (scikit-optimize, so Wu et al. 2023: the largest base; 3 for Halton's points in the plane, 2 for Hammersley's)", 0, 1_000_000) with
    {
        Absent = new SpecValue.Number(0),
    };

    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = DesignSampler.Entry(
        "halton",
        "Halton points, shifted by the seed, fixed or redrawn every n steps",
        "Halton, Numer. Math. 2, 1960, doi:10.1007/BF01386213; Wu et al. 2023, arXiv:2207.10289",
        level => new Design(Shifted.Of(level), Skip.Of(level)),
        [Shifted, Skip]);

    internal sealed record Design(bool Shift, int Skip = 0) : IPointDesign
    {
        public void Fill(Span<double> unit, int dimensions, RandomStream stream, int draw)
        {
            var bases = RadicalInverse.Primes(dimensions);
            for (var i = 0; i < unit.Length; i++)
            {
                unit[i] = RadicalInverse.Of(1 + Skip + (i / dimensions), bases[i % dimensions]);
            }

            if (Shift)
            {
                var by = new double[dimensions];
                stream.Enter(draw);
                stream.FillUniform(by);
                RadicalInverse.Shift(unit, by);
            }
        }
    }
}
