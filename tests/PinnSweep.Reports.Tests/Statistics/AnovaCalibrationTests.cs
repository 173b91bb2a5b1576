using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

/// <summary>
/// The p of an effect belongs to its F: with normal errors both say the same, with and without strong interactions, with and without gaps.
/// </summary>
public sealed class AnovaCalibrationTests(ITestOutputHelper output)
{
    private static readonly int[][] TwoFactors = [[0], [1], [0, 1]];
    private static readonly int[][] ThreeFactors = [[0], [1], [2], [0, 1], [0, 2], [1, 2]];

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 5)]
    [InlineData(true, 0)]
    [InlineData(true, 5)]
    public void On_random_designs_the_permuted_p_is_that_of_the_f_distribution(bool hasGaps, double interaction)
    {
        var stream = new RandomStream(5, FormattableString.Invariant($"designs/{hasGaps}/{interaction}"));
        var (outside, compared) = (0, 0);
        for (var design = 0; design < 15; design++)
        {
            var model = design % 3 == 0 ? ThreeFactors : TwoFactors;
            var (levels, strata) = Design(stream, model, hasGaps);

            // Main effects small enough that p is not always nothing.
            double[][] means = [.. model.Select(effect => Means(stream, effect.Length == 1 ? 0.2 : interaction))];
            double[] y = [.. strata.Select((stratum, i) => stratum + stream.NextGaussian() + model.Select((effect, e) => means[e][effect.Aggregate(0, (at, f) => (5 * at) + levels[f][i])]).Sum())];
            var anova = new PermutationAnova(y, levels, strata, model);
            for (var e = 0; e < model.Length; e++)
            {
                var effect = anova.Of(e, $"{design}/{e}")!;
                var (f, first, second) = TypeTwo(y, levels, strata, model, e);
                var p = 1 - FisherSnedecor.CDF(first, second, f);

                Assert.Equal((first, second), (effect.DegreesOfFreedom, effect.ResidualDegreesOfFreedom));
                Assert.Equal(f, effect.F, 1e-8 * Math.Max(1, f));

                // Four standard errors of so many permutations, and what a finite design differs from its limit.
                Assert.InRange(effect.P - p, -(4 * Math.Sqrt(p * (1 - p) / effect.Permutations)) - 0.02, (4 * Math.Sqrt(p * (1 - p) / effect.Permutations)) + 0.02);
                outside += Math.Abs(effect.P - p) > (2 * Math.Sqrt(p * (1 - p) / effect.Permutations)) + 0.01 ? 1 : 0;
                compared++;
            }
        }

        output.WriteLine($"{outside} of {compared} beyond two standard errors and 0.01");
        Assert.InRange(outside, 0, compared / 5);
    }

    /// <summary>The main effect is nothing, its interaction is all: p must be uniform, neither near one nor near nothing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Under_the_null_p_is_uniform_beside_a_strong_interaction(bool hasHeavyTails)
    {
        var stream = new RandomStream(9, $"null/{hasHeavyTails}");
        const int repetitions = 400;
        var p = new double[repetitions];
        int[][] levels = [[.. Enumerable.Range(0, 36).Select(i => i % 3)], [.. Enumerable.Range(0, 36).Select(i => i / 3 % 3)]];
        int[] seeds = [.. Enumerable.Range(0, 36).Select(i => i / 9)];
        double[] y = new double[36];
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            for (var i = 0; i < y.Length; i++)
            {
                // 10 where both levels agree: every level of either factor has the same mean.
                var noise = stream.NextGaussian();
                y[i] = (levels[0][i] == levels[1][i] ? 10 : 0) + (hasHeavyTails ? noise * noise * noise : noise);
            }

            p[repetition] = new PermutationAnova(y, levels, seeds, TwoFactors).Of(0, "a")!.P;
        }

        // Expected 20, 200 and 380 with standard deviations 4.4, 10 and 4.4.
        Assert.InRange(p.Count(value => value <= 0.05), 5, 38);
        Assert.InRange(p.Count(value => value <= 0.5), 160, 240);
        Assert.InRange(p.Count(value => value <= 0.95), 362, 396);
    }

    /// <summary>A fits exactly: of the C(8, 4) = 70 ways to place four ones, two (A and its mirror image) fit as well. p = 2/70.</summary>
    [Fact]
    public void Where_an_effect_fits_exactly_p_counts_the_permutations_that_do_too()
    {
        int[][] levels = [[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 1, 1]];

        var effect = new PermutationAnova([0.1, 0.1, 0.1, 0.1, 0.7, 0.7, 0.7, 0.7], levels, new int[8], TwoFactors).Of(0, "a")!;

        Assert.Equal(double.PositiveInfinity, effect.F);
        Assert.InRange(effect.P, (2 / 70.0) - 0.015, (2 / 70.0) + 0.015);
    }

    [Fact]
    public void Where_nothing_varies_there_is_no_effect() =>
        Assert.Null(new PermutationAnova([.. Enumerable.Repeat(-1.3, 8)], [[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 1, 1]], new int[8], TwoFactors).Of(0, "a"));

    private static (int[][] Levels, int[] Strata) Design(RandomStream stream, int[][] model, bool hasGaps)
    {
        int[] sizes = [.. Enumerable.Range(0, model.Length == 3 ? 2 : 3).Select(_ => 2 + stream.NextInt(model.Length == 3 ? 3 : 2))];
        var cells = sizes.Aggregate(1, (product, size) => product * size);
        var seeds = Math.Max(3, (60 + cells - 1) / cells);
        int[] kept = [.. Enumerable.Range(0, cells * seeds).Where(i => i < cells || !hasGaps || stream.NextDouble() > 0.2)];
        int[][] levels = [.. sizes.Select((size, f) => kept.Select(i => i % cells / sizes.Take(f).Aggregate(1, (product, before) => product * before) % size).ToArray())];
        return (levels, [.. kept.Select(i => i / cells)]);
    }

    private static double[] Means(RandomStream stream, double size) => [.. Enumerable.Range(0, 25).Select(_ => size * stream.NextGaussian())];

    // Least squares on indicators, three times: nothing of the code under test.
    private static (double F, int First, int Second) TypeTwo(double[] y, int[][] levels, int[] strata, int[][] model, int e)
    {
        int[][] others = [.. model.Where(other => !model[e].All(other.Contains))];
        var (without, rankWithout) = Left(y, levels, strata, others);
        var (with, rankWith) = Left(y, levels, strata, [.. others, model[e]]);
        var (full, rankFull) = Left(y, levels, strata, model);
        return ((without - with) / (rankWith - rankWithout) / (full / (y.Length - rankFull)), rankWith - rankWithout, y.Length - rankFull);
    }

    private static (double Squares, int Rank) Left(double[] y, int[][] levels, int[] strata, int[][] effects)
    {
        var columns = new List<double[]>();
        foreach (var keys in effects.Select(effect => Enumerable.Range(0, y.Length).Select(i => string.Join(',', effect.Select(f => levels[f][i]))).ToArray()).Prepend([.. strata.Select(stratum => $"{stratum}")]))
        {
            columns.AddRange(keys.Distinct().Select(key => keys.Select(other => other == key ? 1.0 : 0).ToArray()));
        }

        var matrix = Matrix<double>.Build.DenseOfColumns(columns);
        var decomposition = matrix.Svd();
        var response = Vector<double>.Build.Dense(y);
        var rank = decomposition.S.Count(value => value > 1e-9 * decomposition.S[0]);
        var fitted = decomposition.U.SubMatrix(0, y.Length, 0, rank);
        return ((response - (fitted * fitted.TransposeThisAndMultiply(response))).PointwisePower(2).Sum(), rank);
    }
}
