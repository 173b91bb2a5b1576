using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Tests.Engines.Fused;
using PinnSweep.Numerics.Streams;
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
    [InlineData(Precision.Float32, "8815912a3962b52d")]
    [InlineData(Precision.Float64, "1f561fabe11e6c58")]
    public void The_digits_of_the_kernels_are_those_of_their_version(Precision precision, string digest)
    {
        List<double> digits = [.. Enum.GetValues<ActivationKind>().SelectMany(kind => Digits(kind, precision))];

        var bits = MemoryMarshal.AsBytes<double>([.. digits]);
        Assert.All(digits, digit => Assert.True(double.IsFinite(digit)));
        Assert.Equal((Version, digest), (GpuDevice.KernelVersion, Convert.ToHexStringLower(SHA256.HashData(bits))[..16]));
    }

    /// <summary>
    /// Of numbers that every machine makes alike: the kernels ask no library for a function, and nothing here does, so the digests hold
    /// everywhere.
    /// </summary>
    private static double[] Digits(ActivationKind kind, Precision precision)
    {
        const int Points = 37;
        var builder = new NetworkBuilder([-1, -1], [2, 2]);
        builder.Dense("out", builder.Activate(builder.Dense("second", builder.Activate(builder.Dense("first", NetworkBuilder.Input, 9), kind), 9), kind), 1);
        using var engine = SimulatedCards.Of().CreateEngine(builder.Build(), precision, 0, null);
        using var pass = engine.CreatePass(BurgersCase.Program());
        var chance = new RandomStream(1, "digits");
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => chance.NextDouble() - 0.5)];
        double[] losses = new double[1], weighted = new double[1], residuals = new double[Points], gradient = new double[engine.Network.ParameterCount];
        engine.SetParameters(Draw(gradient.Length));
        pass.SetPoints(Draw(2 * Points));
        pass.Run([.. Draw(Points).Select(Math.Abs)], losses, weighted, residuals, gradient);
        return [.. losses, .. weighted, .. residuals, .. gradient];
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
