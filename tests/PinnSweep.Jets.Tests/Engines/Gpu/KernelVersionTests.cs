using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Tests.Engines.Fused;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Tests.Engines.Gpu;

/// <summary>
/// The version of the kernels stands in the evidence of every result and belongs to their digits. A change that moves a digit raises
/// <see cref="GpuDevice.KernelVersion"/> and writes the new digests here; one that is to move none leaves both.
/// </summary>
public sealed class KernelVersionTests
{
    private const int Version = 1;

    [Theory]
    [InlineData(Precision.Float32, "SINGLE")]
    [InlineData(Precision.Float64, "DOUBLE")]
    public void The_digits_of_the_kernels_are_those_of_their_version(Precision precision, string digest)
    {
        using var engine = SimulatedCards.Of().CreateEngine(BurgersCase.Network(12, 12), precision, 0, null);

        var answers = EngineAnswers.Of(engine, BurgersCase.Program(), 40);

        var bits = MemoryMarshal.AsBytes<double>([.. answers.SelectMany(answer => answer)]);
        Assert.Equal((Version, digest), (GpuDevice.KernelVersion, Convert.ToHexStringLower(SHA256.HashData(bits))[..16]));
    }

    [Fact]
    public void An_engine_on_a_card_says_which_alone_and_in_a_lane()
    {
        var backend = SimulatedCards.Of();
        using var alone = backend.CreateEngine(BurgersCase.Network(8), Precision.Float64, 0, null);
        var pack = new JetPack(backend);
        using var lane = pack.Join();
        using var together = lane.Create(BurgersCase.Network(8), Precision.Float64, 0);
        using var processor = JetEngines.Create(JetEngines.Fused, BurgersCase.Network(8), Precision.Float64, 0);

        Assert.Equal(new EngineCard("simulated", 0, null, null, Version), alone.Card);
        Assert.Equal(alone.Card, together.Card);
        Assert.Null(processor.Card);
    }
}
