using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Verification;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Jets.Tests.Engines;

public sealed class JetEnginesTests
{
    [Theory]
    [InlineData("auto", "fused/")]
    [InlineData("fused", "fused/")]
    [InlineData("torch", "torch/cpu")]
    [InlineData("torch/cpu", "torch/cpu")]
    public void Create_gives_the_named_engine(string name, string expected)
    {
        var notes = new List<string>();

        using var engine = JetEngines.Create(name, Network(), Precision.Float32, 0, notes.Add);

        Assert.StartsWith(expected, engine.Name, StringComparison.Ordinal);
        Assert.Empty(notes);
    }

    [Fact]
    public void Create_unknown_name_lists_the_engines()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => JetEngines.Create("jax", Network(), Precision.Float32, 0));

        Assert.Contains("auto, fused, torch", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_checks_of_verify_hold_for_both_engines()
    {
        var checks = DerivativeChecks.RunAll();

        Assert.Equal(44, checks.Count);
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Error:g3} exceeds {check.Limit:g3}"));
    }

    private static NetworkGraph Network()
    {
        var builder = new NetworkBuilder([0, 0], [1, 1]);
        builder.Dense("out", builder.Activate(builder.Dense("hidden", NetworkBuilder.Input, 4), ActivationKind.Tanh), 1);
        return builder.Build();
    }
}
