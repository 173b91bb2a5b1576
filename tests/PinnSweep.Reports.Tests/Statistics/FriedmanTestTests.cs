using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

public sealed class FriedmanTestTests
{
    /// <summary>
    /// Demšar (2006), table 6: AUC of four variants of C4.5 on fourteen data sets. Two numbers of "voting" are printed alike and ranked
    /// apart there, so they differ here in the fourth digit.
    /// </summary>
    private static readonly double[][] Demsar =
    [
        [.763, .768, .771, .798], [.599, .591, .590, .569], [.954, .971, .968, .967], [.628, .661, .654, .657], [.882, .888, .886, .898],
        [.936, .931, .916, .931], [.661, .668, .609, .685], [.583, .583, .563, .625], [.775, .838, .866, .875], [1, 1, 1, 1],
        [.940, .962, .965, .962], [.619, .666, .614, .669], [.972, .981, .9752, .9751], [.957, .978, .946, .970],
    ];

    private static double[][] Negated => [.. Demsar.Select(row => row.Select(x => -x).ToArray())];

    [Fact]
    public void Mean_ranks_are_those_that_demsar_prints()
    {
        var ranks = FriedmanTest.Of(Negated).MeanRanks;

        Assert.All(new[] { 3.143, 2.000, 2.893, 1.964 }.Zip(ranks), pair => Assert.Equal(pair.First, pair.Second, 5e-4));
    }

    [Fact]
    public void Statistics_agree_with_scipy_which_corrects_for_ties()
    {
        var test = FriedmanTest.Of(Negated);

        Assert.Equal(10.228346456692925, test.ChiSquare, 1e-10);
        Assert.Equal(0.016721580328441323, test.ChiSquareP, 1e-10);
        Assert.Equal(4.1851301115241695, test.F, 1e-10);
        Assert.Equal(0.011620659515310954, test.FP, 1e-10);
    }

    [Fact]
    public void From_fifteen_blocks_on_p_is_that_of_iman_and_davenport()
    {
        var values = Enumerable.Range(0, 16).Select(i => Enumerable.Range(0, 4).Select(j => (((i * 7) + (j * 3)) % 11) + (j * 2.0)).ToArray()).ToArray();

        var test = FriedmanTest.Of(values);

        // F = 15 · 9.375 ÷ (48 − 9.375); its tail with 3 and 45 degrees of freedom by the midpoint rule on the incomplete beta function is
        // 0.019576140.
        Assert.Equal(FriedmanMethod.ImanDavenport, test.Method);
        Assert.Equal(TextbookChiSquare(values), test.ChiSquare, 1e-10);
        Assert.Equal(15 * 9.375 / (48 - 9.375), test.F, 1e-10);
        Assert.Equal(0.019576140, test.P, 1e-8);
    }

    [Fact]
    public void Exact_p_agrees_with_full_enumeration()
    {
        foreach (double[][] values in new double[][][] { [[1, 2, 3], [1, 3, 2], [2, 1, 3], [1, 2, 3]], [[1, 1, 3], [1, 3, 2], [2, 2, 3], [1, 2, 3]], [[4, 1, 2, 3], [4, 1, 1, 3], [2, 1, 4, 3]] })
        {
            // All orders of all blocks, one by one.
            IEnumerable<double[][]> all = [[]];
            foreach (var block in values)
            {
                all = all.SelectMany(before => Orders(block).Select(order => before.Append(order).ToArray()));
            }

            var statistics = all.Select(TextbookChiSquare).ToArray();
            var expected = statistics.Count(statistic => statistic >= TextbookChiSquare(values) - 1e-9) / (double)statistics.Length;
            Assert.Equal(expected, FriedmanTest.Of(values).P, 1e-12);
        }
    }

    [Fact]
    public void Full_agreement_gives_the_smallest_p()
    {
        var test = FriedmanTest.Of([[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]]);

        Assert.Equal(Math.Pow(6, -3), test.P, 1e-12);
        Assert.Equal(test.SmallestP, test.P, 1e-12);
        Assert.Equal(double.PositiveInfinity, test.F);
    }

    [Fact]
    public void Six_methods_are_sampled_from_a_stated_seed()
    {
        double[][] values = [.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, 6).Select(j => Math.Cos((7 * i) + (3 * j)) + (0.2 * j)).ToArray())];

        var test = FriedmanTest.Of(values);

        Assert.Equal(FriedmanMethod.Permutation, test.Method);
        Assert.Equal(test.P, FriedmanTest.Of(values).P);

        // The textbook's statistic on orders drawn by sorting random numbers: four standard errors of the difference of both.
        var stream = new RandomStream(4, "orders");
        const int draws = 20_000;
        var observed = TextbookChiSquare(values);
        var p = Enumerable.Range(0, draws).Count(_ => TextbookChiSquare([.. values.Select(block => block.OrderBy(_ => stream.NextDouble()).ToArray())]) >= observed - 1e-9) / (double)draws;
        Assert.Equal(p, test.P, 4 * Math.Sqrt(2 * p * (1 - p) / draws));
    }

    [Theory]
    [InlineData(2, 2.771807648699355)]
    [InlineData(3, 3.314493155398122)]
    [InlineData(5, 3.857655510378623)]
    [InlineData(8, 4.286309409349043)]
    [InlineData(10, 4.474124221725907)]
    public void Studentized_range_agrees_with_scipy(int k, double quantile) => Assert.Equal(quantile, StudentizedRange.Quantile(0.95, k), 1e-8);

    [Theory]
    [InlineData(4, 14, 1.25)]
    [InlineData(5, 5, 2.73)]
    [InlineData(8, 5, 4.70)]
    [InlineData(10, 5, 6.06)]
    [InlineData(5, 20, 1.36)]
    [InlineData(10, 20, 3.03)]
    public void Critical_difference_is_that_of_demsar_with_the_root_of_two(int methods, int blocks, double expected) =>
        Assert.Equal(expected, NemenyiDifference.Of(methods, blocks), 0.006);

    // Conover's form: squares of rank sums about their mean over the variance of midranks. Midranks by counting, not by sorting.
    private static double TextbookChiSquare(double[][] values)
    {
        var (n, k) = (values.Length, values[0].Length);
        var ranks = values.Select(block => block.Select(value => block.Count(other => other < value) + ((block.Count(other => other == value) + 1) / 2.0)).ToArray()).ToArray();
        var between = Enumerable.Range(0, k).Sum(j => Math.Pow(ranks.Sum(block => block[j]) - (n * (k + 1) / 2.0), 2));
        return (k - 1) * between / ranks.Sum(block => block.Sum(rank => (rank * rank) - ((k + 1) * (k + 1) / 4.0)));
    }

    private static IEnumerable<double[]> Orders(double[] block) => block.Length == 1
        ? [block]
        : Enumerable.Range(0, block.Length).SelectMany(i => Orders([.. block[..i], .. block[(i + 1)..]]).Select(rest => (double[])[block[i], .. rest]));
}
