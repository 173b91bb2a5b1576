using CsCheck;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Tests.Statistics;

public sealed class HolmFamilyTests
{
    private static readonly double[] Clear = [-1, -2, -3, -4, -5, -6];
    private static readonly double[] Mixed = [1, -2, 3, -4, 5, -6];

    [Fact]
    public void Two_hypotheses_of_the_same_differences_are_one()
    {
        var alone = HolmFamily.OfSignedRanks([Clear]);
        var twice = HolmFamily.OfSignedRanks([Clear, Clear]);

        Assert.Equal(0.03125, alone.Adjusted[0], 1e-12);
        Assert.Equal([alone.Adjusted[0], alone.Adjusted[0]], twice.Adjusted);
        Assert.Equal(1, twice.Size);
    }

    [Fact]
    public void A_pair_and_its_mirror_image_are_one() =>
        Assert.Equal(1, HolmFamily.OfSignedRanks([Clear, [.. Clear.Select(value => -value)]]).Size);

    [Fact]
    public void A_method_against_its_own_copy_is_no_hypothesis()
    {
        var family = HolmFamily.OfSignedRanks([[0, 0, 0, 0, 0, 0], Clear]);

        Assert.Equal(1, family.Adjusted[0]);
        Assert.Equal(0.03125, family.Adjusted[1], 1e-12);
    }

    [Fact]
    public void Different_hypotheses_share_alpha()
    {
        var family = HolmFamily.OfSignedRanks([Clear, Mixed]);

        Assert.Equal(0.0625, family.Adjusted[0], 1e-12);
        Assert.False(family.IsAttainable(0));
    }

    [Fact]
    public void A_copy_of_any_method_flips_no_verdict() => Gen.Double[-1, 1].Array[40].Sample(values =>
    {
        double[][] differences = [.. values.Chunk(8)];
        foreach (var copied in differences)
        {
            var (without, with) = (HolmFamily.OfSignedRanks(differences), HolmFamily.OfSignedRanks([.. differences, copied]));
            Assert.Equal(without.Adjusted, with.Adjusted[..^1]);
        }
    });
}
