using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Sequences;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Samplers.Designs;

/// <summary>
/// Hammersley points: i/n modulo 1 and radical inverses of i in the bases 2, 3, …, i = 1 … n, shifted by the seed modulo 1. The set cannot
/// grow. With <c>regular: last</c> the last coordinate is the regular one, i/(n + 1), as in scikit-optimize and so in Wu et al. 2023; with
/// <c>skip</c> the inverses are those of i + skip.
/// </summary>
internal static class HammersleySampler
{
    private static readonly Parameter<Coordinate> Regular = MethodParameters.Choice(
        "regular",
        "the equidistant coordinate: first, i/n modulo 1; last, i/(n + 1) (scikit-optimize, so Wu et al. 2023)",
        Coordinate.First, Coordinate.Last) with { Absent = ChoiceWords.ToValue(Coordinate.First) };

    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = DesignSampler.Entry(
        "hammersley",
        "Hammersley points, shifted by the seed, fixed or redrawn every n steps",
        "Hammersley, Handscomb, Monte-Carlo Methods, 1964, doi:10.1007/978-94-009-5819-7; Wu et al. 2023, arXiv:2207.10289",
        level => new Design(HaltonSampler.Shifted.Of(level), HaltonSampler.Skip.Of(level), Regular.Of(level) == Coordinate.First),
        [HaltonSampler.Shifted, HaltonSampler.Skip, Regular]);

    internal sealed record Design(bool Shift, int Skip = 0, bool RegularFirst = true) : IPointDesign
    {
        public void Fill(Span<double> unit, int dimensions, RandomStream stream, int draw)
        {
            var bases = RadicalInverse.Primes(dimensions - 1);
            var n = unit.Length / dimensions;
            for (var i = 1; i <= n; i++)
            {
                var point = unit.Slice((i - 1) * dimensions, dimensions);
                var regular = RegularFirst ? i == n ? 0 : (double)i / n : i / (n + 1.0);
                point[RegularFirst ? 0 : dimensions - 1] = regular;
                for (var d = 1; d < dimensions; d++)
                {
                    point[RegularFirst ? d : d - 1] = RadicalInverse.Of(i + Skip, bases[d - 1]);
                }
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

    private enum Coordinate
    {
        First,
        Last,
    }
}
