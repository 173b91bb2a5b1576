using PinnSweep.Numerics.Sequences;

namespace PinnSweep.Problems.Formulation;

/// <summary>
/// Test points of domains where a tensor grid would have too many or none in the right places: those of Halton's sequence, the same for every
/// trial, mapped to the domain so that equal parts of it have as many.
/// </summary>
internal static class ScatteredPoints
{
    /// <summary>As many as PINNacle measures its problems of five dimensions at.</summary>
    public const int Usual = 20_000;

    /// <summary>Row-major n × dimension.</summary>
    /// <param name="problem">Whose domain.</param>
    /// <param name="count">n.</param>
    public static double[] In(Problem problem, int count)
    {
        var region = Region.Domain(problem);
        var (points, unit, primes) = (new double[count * problem.Dimension], new double[region.FreeDimensions], RadicalInverse.Primes(region.FreeDimensions));
        for (var i = 0; i < count; i++)
        {
            // The first of the sequence is the corner at zero.
            for (var d = 0; d < unit.Length; d++)
            {
                unit[d] = RadicalInverse.Of(i + 1, primes[d]);
            }

            region.Place(unit, points.AsSpan(i * problem.Dimension, problem.Dimension));
        }

        return points;
    }
}
