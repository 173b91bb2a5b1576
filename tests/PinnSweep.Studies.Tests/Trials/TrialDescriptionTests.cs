using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Trials;

/// <summary>
/// Frozen: a key that changes makes every stored result of the same trial unfindable. A change of these bytes needs a new
/// <see cref="TrialDescription.FormatVersion"/>.
/// </summary>
public sealed class TrialDescriptionTests
{
    private const string Canonical =
        """{"balancer":{"kind":"static","weights":{"boundary":100}},"budget":{"steps":20000},"converged_below":0.1,"evaluate_every":200,"format":2""" +
        ""","network":{"activation":"tanh","hidden":[50,50,50],"kind":"mlp"},"optimizer":{"decay":{"every":1000,"rate":0.9},"kind":"adam","lr":0.001}""" +
        ""","precision":"float32","problem":{"a1":1,"a2":4,"kind":"helmholtz"},"sampler":{"interior":1280,"kind":"uniform","resample":false},"seed":7,"time":{"kind":"none"}}""";

    private static readonly TrialDescription Description = new(
        new(
            Level("helmholtz", Factor.Problem),
            Level("mlp", Factor.Network),
            Level("{kind: static, weights: {boundary: 100}}", Factor.Balancer),
            Level("uniform", Factor.Sampler),
            Level("{kind: adam, decay: {every: 1000}}", Factor.Optimizer),
            Level("none", Factor.Time),
            Precision.Float32),
        7,
        Budget.OfSteps(20000),
        200,
        0.1);

    [Fact]
    public void Canonical_text_never_changes() => Assert.Equal(Canonical, Description.Canonical());

    // Both keys are what sha256sum says of the canonical text, the second one with "seconds":0.0015 and "seed":-3.
    [Fact]
    public void Key_never_changes() => Assert.Equal("84e00c954987ccf4dc74b0b17673fcec8432f9211bf7cc044531bb627c22d833", Description.Key().Hex);

    [Fact]
    public void Key_under_a_budget_of_seconds_never_changes() => Assert.Equal(
        "3eb1cd31509defb11b442be9f27b76eba0349ccc27485f0643f56667be844b01", (Description with { Budget = Budget.OfSeconds(1.5e-3), Seed = -3 }).Key().Hex);

    [Fact]
    public void Parse_canonical_text_gives_the_same_key() => Assert.Equal(Description.Key(), TrialDescription.Parse(Canonical).Key());

    [Fact]
    public void Parse_text_of_another_format_is_refused() =>
        Assert.Throws<System.Text.Json.JsonException>(() => TrialDescription.Parse(Canonical.Replace("\"format\":2", "\"format\":1", StringComparison.Ordinal)));

    [Fact]
    public void ParseStored_reads_what_this_version_would_not_train()
    {
        Assert.Equal(Description, TrialDescription.ParseStored(Canonical));
        Assert.Equal(Description, TrialDescription.ParseStored(Canonical.Replace("\"format\":2", "\"format\":99", StringComparison.Ordinal)));
    }

    private static Level Level(string text, Factor factor) => LevelText.Parse(factor, text, SmallCatalog.Instance, "test");
}
