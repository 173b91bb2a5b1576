using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

/// <summary>
/// Skillings and Mack (1981), table 1: assembly times of four methods in nine blocks. The R package Skillings.Mack prints for it a
/// statistic of 15.493049 and a χ² p of 0.001440296302 with 3 degrees of freedom.
/// </summary>
public sealed class SkillingsMackTests
{
    private const double Missing = double.NaN;

    private static readonly double[][] Assembly =
    [
        [3.2, 4.1, 3.8, 4.2], [3.1, 3.9, 3.4, 4.0], [4.3, 3.5, 4.6, 4.8], [3.5, 3.6, 3.9, 4.0], [3.6, 4.2, 3.7, 3.9],
        [4.5, 4.7, 3.7, Missing], [Missing, 4.2, 3.4, Missing], [4.3, 4.6, 4.4, 4.9], [3.5, Missing, 3.7, 3.9],
    ];

    [Fact]
    public void Statistic_and_p_are_those_of_the_r_package()
    {
        var test = SkillingsMackTest.Of(Assembly)!;

        Assert.Equal(15.493049, test.Statistic, 5e-7);
        Assert.Equal(3, test.DegreesOfFreedom);
        Assert.Equal(0.001440296302, test.ChiSquareP, 5e-12);
        Assert.InRange(test.P, 1.0 / (SkillingsMackTest.Permutations + 1), 0.003);
    }

    [Fact]
    public void A_complete_design_without_ties_gives_friedmans_statistic()
    {
        double[][] values = [[1, 2, 3, 4], [2, 1, 4, 3], [1, 3, 2, 4], [1, 2, 4, 3], [4, 1, 2, 3]];

        Assert.Equal(FriedmanTest.Of(values).ChiSquare, SkillingsMackTest.Of(values)!.Statistic, 1e-10);
    }

    [Fact]
    public void A_block_with_one_method_says_nothing()
    {
        var without = SkillingsMackTest.Of(Assembly)!;
        var with = SkillingsMackTest.Of([.. Assembly, [Missing, Missing, 9, Missing]])!;

        Assert.Equal(without.Statistic, with.Statistic, 1e-12);
        Assert.Equal(without.Blocks, with.Blocks);
    }

    [Fact]
    public void A_missing_method_is_not_the_worst()
    {
        var test = SkillingsMackTest.Of([[1, 2, Missing], [1, 2, Missing], [2, 1, 3], [1, 2, 3]])!;

        Assert.Equal(0, test.Sums.Sum(), 1e-12);
        Assert.True(test.Sums[2] > 0);
    }
}
