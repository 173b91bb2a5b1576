using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Reports.Statistics;

/// <summary>Where a p of the Friedman test comes from.</summary>
public enum FriedmanMethod
{
    /// <summary>All permutations inside the blocks were counted.</summary>
    Exact,

    /// <summary>Random permutations inside the blocks, from a stated seed.</summary>
    Permutation,

    /// <summary>The F distribution of Iman and Davenport (1980).</summary>
    ImanDavenport,
}

/// <summary>
/// Friedman's test (Friedman 1937, corrected for ties) with the less conservative F of Iman and Davenport (1980), as Demšar (2006) advises.
/// With few blocks neither approximation holds; p is then counted over permutations inside the blocks.
/// </summary>
/// <param name="Blocks">N: problems.</param>
/// <param name="MeanRanks">Mean rank of each method over the blocks, 1 being the smallest value.</param>
/// <param name="ChiSquare">Friedman's statistic.</param>
/// <param name="ChiSquareP">Its p from the χ² distribution with k − 1 degrees of freedom.</param>
/// <param name="F">Iman and Davenport's statistic; infinite where all blocks agree.</param>
/// <param name="FP">Its p with k − 1 and (k − 1)(N − 1) degrees of freedom.</param>
/// <param name="P">The p to report.</param>
/// <param name="Method">How <paramref name="P"/> was found.</param>
public sealed record FriedmanTest(
    int Blocks, ImmutableArray<double> MeanRanks, double ChiSquare, double ChiSquareP, double F, double FP, double P, FriedmanMethod Method)
{
    /// <summary>From this many blocks on the F distribution is used.</summary>
    public const int SmallBelow = 15;

    /// <summary>Random permutations where not all can be counted.</summary>
    public const int Permutations = 20_000;

    /// <summary>Seed of the random permutations.</summary>
    public const long Seed = 20061;

    private const int StateLimit = 60_000;

    /// <summary>Methods compared.</summary>
    public int Methods => MeanRanks.Length;

    /// <summary>The smallest p that the design can give: all blocks agree, (k!)^(1 − N).</summary>
    public double SmallestP => Math.Pow(SpecialFunctions.Factorial(Methods), 1 - Blocks);

    /// <summary>The test on a value for each block (first index) and method (second); smaller is better.</summary>
    /// <param name="values">At least two blocks of at least two methods; infinite values rank last.</param>
    public static FriedmanTest Of(IReadOnlyList<double[]> values)
    {
        var (n, k) = (values.Count, values[0].Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2, nameof(values));
        var ranks = values.Select(block => Ranks.Doubled(block)).ToArray();
        var sums = Enumerable.Range(0, k).Select(j => ranks.Sum(block => block[j])).ToArray();
        var ties = ranks.Sum(block => block.GroupBy(rank => rank).Sum(group => Math.Pow(group.Count(), 3) - group.Count()));
        var correction = 1 - (ties / (n * (double)k * ((k * (double)k) - 1)));
        var chi = correction > 0 ? ((12 / (n * (double)k * (k + 1)) * SumOfSquares(sums) / 4) - (3.0 * n * (k + 1))) / correction : 0;
        chi = Math.Max(0, chi);
        var rest = (n * (k - 1.0)) - chi;
        var f = rest > 1e-9 ? (n - 1) * chi / rest : double.PositiveInfinity;
        var fp = double.IsInfinity(f) ? 0 : 1 - FisherSnedecor.CDF(k - 1, (k - 1) * (n - 1), f);
        var chiP = 1 - ChiSquared.CDF(k - 1, chi);
        var (p, method) = n >= SmallBelow ? (fp, FriedmanMethod.ImanDavenport)
            : Exact(ranks, sums) is { } exact ? (exact, FriedmanMethod.Exact)
            : (Sampled(ranks, sums), FriedmanMethod.Permutation);
        return new(n, [.. sums.Select(sum => sum / 2.0 / n)], chi, chiP, f, fp, p, method);
    }

    private static double SumOfSquares(int[] sums) => sums.Sum(sum => (double)sum * sum);

    // Columns are exchangeable under the null, so a state is the sorted vector of rank sums; blocks are added one by one. Given the tie
    // patterns the statistic grows with the sum of squares of the rank sums, which is therefore all that is compared.
    private static double? Exact(int[][] ranks, int[] sums)
    {
        if (sums.Length > 5)
        {
            return null;
        }

        var observed = SumOfSquares(sums);
        var states = new Dictionary<ulong, double> { [Pack(new int[sums.Length])] = 1 };
        var (state, sum) = (new int[sums.Length], new int[sums.Length]);
        foreach (var block in ranks)
        {
            var orders = PermutationsOf(block).ToArray();
            var next = new Dictionary<ulong, double>();
            foreach (var (packed, probability) in states)
            {
                Unpack(packed, state);
                foreach (var order in orders)
                {
                    for (var j = 0; j < sum.Length; j++)
                    {
                        sum[j] = state[j] + order[j];
                    }

                    Array.Sort(sum);
                    CollectionsMarshal.GetValueRefOrAddDefault(next, Pack(sum), out _) += probability / orders.Length;
                }
            }

            if (next.Count > StateLimit)
            {
                return null;
            }

            states = next;
        }

        return Math.Min(1, states.Where(pair => IsAtLeast(pair.Key)).OrderBy(pair => pair.Key).Sum(pair => pair.Value));

        bool IsAtLeast(ulong packed)
        {
            Unpack(packed, state);
            return SumOfSquares(state) >= observed - 0.5;
        }
    }

    private static double Sampled(int[][] ranks, int[] sums)
    {
        var observed = SumOfSquares(sums);
        var stream = new RandomStream(Seed, "friedman");
        var shuffled = ranks.Select(block => (int[])block.Clone()).ToArray();
        var uniform = new double[ranks.Length * (sums.Length - 1)];
        var total = new int[sums.Length];
        var atLeast = 0;
        for (var draw = 0; draw < Permutations; draw++)
        {
            stream.FillUniform(uniform);
            Array.Clear(total);
            var at = 0;
            foreach (var order in shuffled)
            {
                for (var i = order.Length - 1; i > 0; i--)
                {
                    var j = (int)(uniform[at++] * (i + 1));
                    (order[i], order[j]) = (order[j], order[i]);
                    total[i] += order[i];
                }

                total[0] += order[0];
            }

            atLeast += SumOfSquares(total) >= observed - 0.5 ? 1 : 0;
        }

        // The observed order is one of the permutations, so p is never zero.
        return (atLeast + 1.0) / (Permutations + 1.0);
    }

    private static IEnumerable<int[]> PermutationsOf(int[] items)
    {
        if (items.Length <= 1)
        {
            yield return items;
            yield break;
        }

        for (var i = 0; i < items.Length; i++)
        {
            int[] rest = [.. items[..i], .. items[(i + 1)..]];
            foreach (var tail in PermutationsOf(rest))
            {
                yield return [items[i], .. tail];
            }
        }
    }

    private static ulong Pack(int[] sums) => sums.Aggregate(0UL, (packed, sum) => (packed << 12) | (uint)sum);

    private static void Unpack(ulong packed, int[] sums)
    {
        for (var i = sums.Length - 1; i >= 0; i--)
        {
            sums[i] = (int)(packed & 0xFFF);
            packed >>= 12;
        }
    }
}
