using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Sequences;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Designs;

/// <summary>
/// Sobol points with the direction numbers of Joe and Kuo, in the order of the Gray code. <c>owen</c>: nested uniform scrambling, where
/// each bit is flipped by a coin of its own for every value of the bits before it; <c>shift</c>: one random mask for each direction; both
/// leave the net's balance as it is and keep the first point, which they move away from the corner. <c>none</c> leaves out the corner, and
/// from three directions on the midpoint after it (DeepXDE). Balanced where the number of points is a power of 2; other numbers are taken
/// as they are.
/// </summary>
internal static class SobolSampler
{
    private static readonly Parameter<Scrambling> Scramble = MethodParameters.Choice(
        "scramble",
        "owen: nested uniform scrambling; shift: one random digital shift; none: the same points for every seed",
        Scrambling.Owen, Scrambling.Shift, Scrambling.None);
    private static readonly Parameter<int?> Skip = MethodParameters.OptionalCount(
        "skip",
        "points left out at the beginning; null: none, and without scrambling the corner, and from three coordinates on the midpoint "
            + "(Wu et al. 2023 leave out both in the plane: 2)",
        minimum: 0,
        maximum: 1_000_000) with { Absent = SpecValue.None.Value };

    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = DesignSampler.Entry(
        "sobol",
        "Sobol points, scrambled by the seed, fixed or redrawn every n steps",
        "Joe, Kuo, SIAM J. Sci. Comput. 30, 2008, doi:10.1137/070709359; scrambling: Owen, J. Complexity 14, 1998, doi:10.1006/jcom.1998.0487",
        level => new Design(Scramble.Of(level), Skip.Of(level)),
        [Scramble, Skip],
        whyNot: (_, problem) => problem.Dimension > SobolSequence.Dimensions ? $"Sobol points have direction numbers for {SobolSequence.Dimensions} coordinates here; this problem has {problem.Dimension}" : null);

    internal sealed class Design(Scrambling scramble, int? skip = null) : IPointDesign
    {
        public void Fill(Span<double> unit, int dimensions, RandomStream stream, int draw)
        {
            stream.Enter(draw);
            var skipped = skip ?? (scramble == Scrambling.None ? dimensions < 3 ? 1 : 2 : 0);
            var n = unit.Length / dimensions;
            for (var d = 0; d < dimensions; d++)
            {
                var key = stream.NextUInt32() | ((ulong)stream.NextUInt32() << 32);
                for (var i = 0; i < n; i++)
                {
                    var bits = SobolSequence.Bits(skipped + i, d);
                    unit[(i * dimensions) + d] = scramble switch
                    {
                        Scrambling.None => bits * SobolSequence.Unit,
                        Scrambling.Shift => ((bits ^ (uint)key) + 0.5) * SobolSequence.Unit,
                        _ => (Nested(bits, key) + 0.5) * SobolSequence.Unit,
                    };
                }
            }
        }

        /// <summary>Flips each bit by a coin that depends on the key and the bits above it.</summary>
        private static uint Nested(uint bits, ulong key)
        {
            var flips = 0U;
            for (var bit = 31; bit >= 0; bit--)
            {
                // The bits above with a leading one: a number of its own for every prefix of every length.
                var prefix = (1UL << (31 - bit)) | (((ulong)bits) >> (bit + 1));
                flips |= (uint)(Mix(key ^ (prefix * 0x9E3779B97F4A7C15UL)) >> 63) << bit;
            }

            return bits ^ flips;
        }

        /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood 2014).</summary>
        private static ulong Mix(ulong z)
        {
            unchecked
            {
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
                return z ^ (z >> 31);
            }
        }
    }
}
