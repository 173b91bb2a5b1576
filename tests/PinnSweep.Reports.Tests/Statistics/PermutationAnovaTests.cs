using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

public sealed class PermutationAnovaTests
{
    private static readonly int[][] TwoFactors = [[0], [1], [0, 1]];

    /// <summary>
    /// Worked by hand: two by two, two replicates; cell means 1, 2, 3, 8 with ± 0.5 inside. SS of A 32, of B 18, of A × B 8, residual 2.
    /// </summary>
    [Fact]
    public void A_two_by_two_table_worked_by_hand()
    {
        double[] y = [0.5, 1.5, 1.5, 2.5, 2.5, 3.5, 7.5, 8.5];
        int[][] levels = [[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 1, 1]];

        var anova = new PermutationAnova(y, levels, new int[8], TwoFactors);

        Assert.Equal(32, anova.Of(0, "a")!.SumOfSquares, 1e-10);
        Assert.Equal(18, anova.Of(1, "b")!.SumOfSquares, 1e-10);
        var both = anova.Of(2, "ab")!;
        Assert.Equal(8, both.SumOfSquares, 1e-10);
        Assert.Equal(8 / (2 / 4.0), both.F, 1e-9);
        Assert.Equal(0.8, both.PartialEtaSquared, 1e-12);
        Assert.Equal(1, both.DegreesOfFreedom);
    }

    [Fact]
    public void The_common_part_of_a_seed_is_no_part_of_an_effect()
    {
        int[][] levels = [[0, 0, 1, 1, 0, 0, 1, 1], [0, 1, 0, 1, 0, 1, 0, 1]];
        int[] seeds = [0, 0, 0, 0, 1, 1, 1, 1];
        double[] y = [1, 2.1, 3, 4.2, 1.1, 2, 3.2, 4];
        double[] shifted = [.. y.Select((value, i) => value + (100 * seeds[i]))];

        var plain = new PermutationAnova(y, levels, seeds, TwoFactors).Of(0, "a")!;
        var moved = new PermutationAnova(shifted, levels, seeds, TwoFactors).Of(0, "a")!;

        Assert.Equal(plain.SumOfSquares, moved.SumOfSquares, 1e-9);
        Assert.Equal(plain.P, moved.P);
    }

    [Fact]
    public void A_design_with_a_gap_is_judged_by_what_is_there()
    {
        // y = a + b without noise but for one observation; the cell (1, 1) is missing.
        int[][] levels = [[0, 0, 0, 0, 1, 1], [0, 0, 1, 1, 0, 0]];
        double[] y = [0, 0.01, 10, 10.01, 1, 1.01];

        var anova = new PermutationAnova(y, levels, new int[6], TwoFactors);

        Assert.Equal(1.0, anova.Of(0, "a")!.SumOfSquares, 1e-9);
        Assert.Equal(100.0, anova.Of(1, "b")!.SumOfSquares, 1e-7);
        Assert.Null(anova.Of(2, "ab"));
    }

    [Fact]
    public void One_replicate_shows_no_interaction()
    {
        int[][] levels = [[0, 0, 1, 1], [0, 1, 0, 1]];

        Assert.Null(new PermutationAnova([1, 2, 3, 5], levels, new int[4], TwoFactors).Of(2, "ab"));
    }

    [Fact]
    public void Under_the_null_p_is_uniform()
    {
        var stream = new RandomStream(3, "null");
        int[][] levels = [[.. Enumerable.Range(0, 24).Select(i => i % 3)], [.. Enumerable.Range(0, 24).Select(i => i / 3 % 2)]];
        int[] seeds = [.. Enumerable.Range(0, 24).Select(i => i / 6)];
        var rejected = 0;
        const int repetitions = 200;
        for (var i = 0; i < repetitions; i++)
        {
            // Heavy tails, as errors of trained networks have.
            double[] y = [.. Enumerable.Range(0, 24).Select(_ => Math.Pow(stream.NextGaussian(), 3))];
            rejected += new PermutationAnova(y, levels, seeds, TwoFactors).Of(0, "a")!.P <= 0.05 ? 1 : 0;
        }

        // Expected 10, standard deviation 3.1.
        Assert.InRange(rejected, 1, 20);
    }
}
