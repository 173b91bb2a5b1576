using PinnSweep.Jets.Engines.Gpu;

namespace PinnSweep.Jets.Tests.Engines.Gpu;

/// <summary>What a driver must be for a card. The least versions are those of the release notes of CUDA 11.8 (Hopper), 11.0 (Ampere).</summary>
public sealed class CardSupportTests
{
    [Theory]
    [InlineData(9, 0, 12080, null)]
    [InlineData(9, 0, 11080, null)]
    [InlineData(8, 0, 11000, null)]
    [InlineData(9, 0, 11070, "speaks CUDA 11.7; for a card of compute capability 9.0 it must speak 11.8 at least")]
    [InlineData(3, 5, 12080, "compute capability 3.5 is too old for the kernels")]
    // One that came after the compiler: it takes the newest code that it knows.
    [InlineData(77, 0, 12080, "speaks CUDA 12.8; for a card of compute capability 77.0 it must speak")]
    public void WhyNot_tells_what_card_and_driver_lack(int major, int minor, int driver, string? says)
    {
        var why = CardSupport.WhyNot(major, minor, driver);

        if (says is null)
        {
            Assert.Null(why);
        }
        else
        {
            Assert.Contains(says, why, StringComparison.Ordinal);
        }
    }
}
