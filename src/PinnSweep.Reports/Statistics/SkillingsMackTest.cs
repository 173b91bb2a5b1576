using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The test of Skillings and Mack (1981) that methods differ when blocks are incomplete: Friedman's test generalized. Methods are ranked
/// inside each block among those that are there; a missing one counts as the middle rank. Blocks with one method say nothing and are left
/// out.
/// </summary>
/// <param name="Blocks">Blocks with at least two methods.</param>
/// <param name="Statistic">T = A′ Σ⁻ A, the weighted sums of centred ranks against their covariance.</param>
/// <param name="DegreesOfFreedom">Rank of Σ: methods less the connected parts of the design.</param>
/// <param name="ChiSquareP">p from the χ² distribution.</param>
/// <param name="P">The p to report: of permutations inside the blocks where blocks are few, else <paramref name="ChiSquareP"/>.</param>
/// <param name="IsPermuted">Whether <paramref name="P"/> comes from permutations.</param>
/// <param name="Sums">A for each method, below zero for small values.</param>
public sealed record SkillingsMackTest(
    int Blocks, double Statistic, int DegreesOfFreedom, double ChiSquareP, double P, bool IsPermuted, ImmutableArray<double> Sums)
{
    /// <summary>Random permutations where blocks are few.</summary>
    public const int Permutations = 5000;

    /// <summary>Seed of the permutations.</summary>
    public const long Seed = 19811;

    /// <summary>
    /// The test on a value for each block (first index) and method (second); NaN where a method is missing, infinite values rank last.
    /// </summary>
    public static SkillingsMackTest? Of(IReadOnlyList<double[]> values)
    {
        var blocks = values.Where(block => block.Count(value => !double.IsNaN(value)) >= 2).Select(Centred).ToArray();
        if (blocks.Length == 0)
        {
            return null;
        }

        var k = values[0].Length;
        var covariance = Matrix<double>.Build.Dense(k, k);
        foreach (var (present, _) in blocks)
        {
            foreach (var i in present)
            {
                foreach (var j in present.Where(j => j != i))
                {
                    covariance[i, j] -= 1;
                    covariance[i, i] += 1;
                }
            }
        }

        var inverse = covariance.PseudoInverse();
        var degrees = covariance.Rank();
        var sums = Sum(blocks, k);
        var statistic = Quadratic(inverse, sums);
        var chi = 1 - ChiSquared.CDF(degrees, statistic);
        var isPermuted = blocks.Length < FriedmanTest.SmallBelow;
        return new(blocks.Length, statistic, degrees, chi, isPermuted ? Permuted(blocks, k, inverse, statistic) : chi, isPermuted, [.. sums]);
    }

    // √(12 / (kᵢ + 1)) (rank − (kᵢ + 1) / 2): centred, and of one variance in every block.
    private static (int[] Present, double[] Scores) Centred(double[] block)
    {
        int[] present = [.. Enumerable.Range(0, block.Length).Where(j => !double.IsNaN(block[j]))];
        var ranks = Ranks.Of([.. present.Select(j => block[j])]);
        var middle = (present.Length + 1) / 2.0;
        return (present, [.. ranks.Select(rank => Math.Sqrt(12.0 / (present.Length + 1)) * (rank - middle))]);
    }

    private static double[] Sum((int[] Present, double[] Scores)[] blocks, int k)
    {
        var sums = new double[k];
        foreach (var (present, scores) in blocks)
        {
            for (var i = 0; i < present.Length; i++)
            {
                sums[present[i]] += scores[i];
            }
        }

        return sums;
    }

    private static double Quadratic(Matrix<double> inverse, double[] sums)
    {
        var total = 0.0;
        for (var i = 0; i < sums.Length; i++)
        {
            for (var j = 0; j < sums.Length; j++)
            {
                total += sums[i] * inverse[i, j] * sums[j];
            }
        }

        return total;
    }

    private static double Permuted((int[] Present, double[] Scores)[] blocks, int k, Matrix<double> inverse, double observed)
    {
        var stream = new RandomStream(Seed, "skillings-mack");
        var shuffled = blocks.Select(block => (block.Present, Scores: (double[])block.Scores.Clone())).ToArray();
        var atLeast = 0;
        for (var draw = 0; draw < Permutations; draw++)
        {
            foreach (var (_, scores) in shuffled)
            {
                for (var i = scores.Length - 1; i > 0; i--)
                {
                    var j = stream.NextInt(i + 1);
                    (scores[i], scores[j]) = (scores[j], scores[i]);
                }
            }

            atLeast += Quadratic(inverse, Sum(shuffled, k)) >= observed - 1e-9 ? 1 : 0;
        }

        return (atLeast + 1.0) / (Permutations + 1.0);
    }
}
