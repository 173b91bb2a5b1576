using CsCheck;
using PinnSweep.Studies.Replication;

namespace PinnSweep.Studies.Tests.Replication;

public class HolmCorrectionTests
{
    [Fact]
    public void A_case_by_hand()
    {
        // Sorted: 4 × 0.005, 3 × 0.01, 2 × 0.03; the last, 0.04, may not fall below.
        var adjusted = HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005]);

        Assert.Equal([0.03, 0.06, 0.06, 0.02], adjusted, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void A_smaller_p_makes_none_larger() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 8], Gen.Int[0, 7], Gen.Double[0, 1]).Sample((p, which, factor) =>
        {
            var smaller = p.ToArray();
            smaller[which % p.Length] *= factor;

            Assert.All(HolmCorrection.Adjust(smaller).Zip(HolmCorrection.Adjust(p)), pair => Assert.True(pair.First <= pair.Second));
        });
}
