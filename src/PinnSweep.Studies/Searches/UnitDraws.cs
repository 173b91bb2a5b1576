using PinnSweep.Numerics.Sequences;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Searches;

/// <summary>Endless points of the unit cube, one a call; the n-th is the same however many are drawn.</summary>
internal static class UnitDraws
{
    /// <summary>Independent uniform points.</summary>
    public static Func<double[]> Random(int dimensions, long seed)
    {
        var stream = new RandomStream(seed, "design/random");
        return () => Uniform(dimensions, stream);
    }

    /// <summary>
    /// Sobol points, all bits of a coordinate flipped by one random mask: the net stays a net, of which the first 2^m points have one in
    /// each slice of 2^−m. The first point, which the mask moves away from the corner, stays (Owen, "On dropping the first Sobol' point",
    /// arXiv:2008.08051).
    /// </summary>
    /// <exception cref="UserMistakeException">There are more dimensions than direction numbers.</exception>
    public static Func<double[]> Sobol(int dimensions, long seed)
    {
        if (dimensions > SobolSequence.Dimensions)
        {
            throw new UserMistakeException(
                FormattableString.Invariant($"design sobol: it knows {SobolSequence.Dimensions} dimensions at most, and {dimensions} are varied ")
                + "here; vary fewer, or use halton, lhs, random or tpe");
        }

        var stream = new RandomStream(seed, "design/sobol");
        var masks = Enumerable.Range(0, dimensions).Select(_ => stream.NextUInt32()).ToArray();
        var index = -1;
        return () =>
        {
            index++;
            return [.. masks.Select((mask, i) => ((SobolSequence.Bits(index, i) ^ mask) + 0.5) * SobolSequence.Unit)];
        };
    }

    /// <summary>Halton points in the first primes, each coordinate shifted by a random number modulo 1 (Cranley, Patterson 1976).</summary>
    public static Func<double[]> Halton(int dimensions, long seed)
    {
        var shifts = Uniform(dimensions, new(seed, "design/halton"));
        var primes = RadicalInverse.Primes(dimensions);
        var index = -1;
        return () =>
        {
            index++;
            var unit = Array.ConvertAll(primes, prime => RadicalInverse.Of(index, prime));
            if (dimensions > 0)
            {
                RadicalInverse.Shift(unit, shifts);
            }

            return unit;
        };
    }

    /// <summary>
    /// Latin hypercubes one after another: each of as many points as <paramref name="missing"/> says when it begins, so that points that
    /// repeat others are made up for by further hypercubes.
    /// </summary>
    public static Func<double[]> LatinHypercubes(int dimensions, long seed, Func<int> missing)
    {
        var (round, open) = (-1, new Queue<double[]>());
        return () =>
        {
            if (open.Count == 0)
            {
                round++;
                open = new(LatinHypercube.Points(dimensions, missing(), new(seed, FormattableString.Invariant($"design/lhs/{round}"))));
            }

            return open.Dequeue();
        };
    }

    /// <summary>One uniform point.</summary>
    public static double[] Uniform(int dimensions, RandomStream stream)
    {
        var unit = new double[dimensions];
        stream.FillUniform(unit);
        return unit;
    }
}
