using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Tests.Files;

public sealed class LevelTextTests
{
    [Theory]
    [InlineData("relobralo", """{"kind":"relobralo","lookback":0.99,"temperature":0.1}""")]
    [InlineData("{kind: relobralo, temperature: 1e-1}", """{"kind":"relobralo","lookback":0.99,"temperature":0.1}""")]
    [InlineData("{kind: static, weights: {boundary: 100}}", """{"kind":"static","weights":{"boundary":100}}""")]
    public void Parse_word_or_map_fills_defaults(string text, string expected) =>
        Assert.Equal(expected, LevelText.Parse(Factor.Balancer, text, SmallCatalog.Instance, "--balancer").ToString());

    [Fact]
    public void Parse_unknown_kind_names_the_option() => Assert.Equal(
        "--problem: problem: unknown problem 'plat'; nearest 'plate'; allowed: helmholtz, plate",
        Assert.Throws<UserMistakeException>(() => LevelText.Parse(Factor.Problem, "plat", SmallCatalog.Instance, "--problem")).Message);

    [Fact]
    public void Default_of_each_factor_but_the_problem_is_the_usual_one() => Assert.Equal(
        [null, "mlp", "static", "uniform", "adam", "none", "float32"],
        FactorWords.All.Select(factor => LevelText.Default(factor, SmallCatalog.Instance)?.Kind));
}
