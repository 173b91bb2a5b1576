using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Planning;

public sealed class LevelLabelsTests
{
    [Theory]
    [InlineData("balancer: [static, {kind: static, weights: {boundary: 100}}, gradnorm]", "static | static (boundary 100) | gradnorm")]
    [InlineData("balancer: [{kind: static, weights: {boundary: 100}}]", "static")]
    [InlineData("balancer: [{kind: relobralo, temperature: 1}, {kind: relobralo, temperature: 1e-5}]", "relobralo (temperature 1) | relobralo (temperature 1e-5)")]
    [InlineData("balancer: [{kind: self-adaptive, granularity: term}, self-adaptive]", "self-adaptive (term) | self-adaptive (point)")]
    [InlineData("balancer: [{kind: static, weights: {a: 1}}, {kind: static, weights: {a: 1, b: 2}}]", "static (a 1) | static (b 2)")]
    [InlineData("network: [{kind: mlp, hidden: [20, 20]}, {kind: mlp, hidden: [30], activation: sin}]", "mlp (tanh, hidden 20-20) | mlp (sin, hidden 30)")]
    [InlineData("optimizer: [{kind: adam, lr: 1, decay: {every: 5}}, {kind: adam, lr: 2}]", "adam (every 5, rate 0.9, lr 1) | adam (lr 2, no decay)")]
    [InlineData("sampler: [{kind: uniform, interior: 7, resample: true}, {kind: uniform, interior: 8}]", "uniform (interior 7, resample) | uniform (interior 8)")]
    [InlineData("sampler: [{kind: uniform, interior: 7, resample: true}, {kind: uniform, interior: 7}]", "uniform (resample) | uniform")]
    [InlineData("sampler: [{kind: uniform, interior: 7}, {kind: uniform, interior: 7, resample: true}, uniform]", "uniform (interior 7) | uniform (interior 7, resample) | uniform")]
    [InlineData("balancer: [{kind: relobralo, temperature: 1.7320508}, relobralo]", "relobralo (temperature 1.732) | relobralo")]
    [InlineData("balancer: [{kind: relobralo, temperature: 1.7320508}, {kind: relobralo, temperature: 1.7320509}]", "relobralo (temperature 1.7320508) | relobralo (temperature 1.7320509)")]
    [InlineData("balancer: [{kind: relobralo, temperature: 1.7320508}, {kind: relobralo, temperature: 1.7324}]", "relobralo (temperature 1.732) | relobralo (temperature 1.7324)")]
    [InlineData("sampler: [{kind: uniform, interior: 1234567}, {kind: uniform, interior: 1234568}]", "uniform (interior 1234567) | uniform (interior 1234568)")]
    public void Labels_of_siblings_tell_them_apart(string factor, string expected)
    {
        var spec = StudyFile.Parse($"study: s\nfactors:\n  problem: helmholtz\n  {factor}\nbudget: {{steps: 1}}\n", "study.yaml", SmallCatalog.Instance);
        var name = FactorWords.FromWord(factor[..factor.IndexOf(':', StringComparison.Ordinal)])!.Value;

        Assert.Equal(expected, string.Join(" | ", LevelLabels.Of(name, spec.Factors[name], SmallCatalog.Instance)));
    }

    [Theory]
    [InlineData(1.7320508, "1.732")]
    [InlineData(-0.00123456789, "-0.001235")]
    [InlineData(123.456789, "123.5")]
    [InlineData(1.23456e-7, "1.235e-7")]
    [InlineData(0.999999, "0.999999")]
    [InlineData(1.00000001, "1.00000001")]
    [InlineData(1e-5, "1e-5")]
    [InlineData(12345678, "12345678")]
    [InlineData(0.12345, "0.12345")]
    public void A_long_number_is_shortened_and_never_looks_rounder_than_it_is(double value, string expected) => Assert.Equal(expected, ShortNumber.Of(value));

    [Fact]
    public void A_label_of_an_earlier_version_still_names_the_control()
    {
        const string study = "study: s\nfactors:\n  problem: helmholtz\n  balancer: [{kind: relobralo, temperature: 1.7320508}, relobralo]\nbudget: {steps: 1}\ncontrol: relobralo (temperature 1.7320508)\n";

        Assert.Equal(1.7320508, StudyFile.Parse(study, "study.yaml", SmallCatalog.Instance).Control!.Level.Parameters.Number("temperature"));
    }

    [Theory]
    [InlineData("[{kind: dense, rough: true}]", "dense (rough)")]
    [InlineData("[{kind: dense, rough: true}, dense]", "dense (rough) | dense")]
    [InlineData("[{kind: dense, rough: true, width: 7}, {kind: dense, rough: true}]", "dense (width 7, rough) | dense (width 5, rough)")]
    public void A_parameter_that_is_always_told_stands_in_every_label(string levels, string expected)
    {
        var dense = SmallCatalog.Entry(
            Factor.Network,
            "dense",
            new Parameter("width", new ParameterType.Integer(1), new SpecValue.Number(5), "units"),
            new Parameter("rough", new ParameterType.Flag(), new SpecValue.Flag(false), "told") { IsTold = true });
        var catalog = SmallCatalog.Instance with { Entries = SmallCatalog.Instance.Entries.Add(dense) };
        var spec = StudyFile.Parse($"study: s\nfactors:\n  problem: helmholtz\n  network: {levels}\nbudget: {{steps: 1}}\n", "study.yaml", catalog);

        Assert.Equal(expected, string.Join(" | ", LevelLabels.Of(Factor.Network, spec.Factors[Factor.Network], catalog)));
    }

    [Fact]
    public void Notices_of_cells_stand_beside_those_of_methods_each_once()
    {
        var spec = StudyFile.Parse("study: s\nfactors:\n  problem: [helmholtz, plate]\n  balancer: [static, relobralo]\nbudget: {steps: 1}\n", "study.yaml", SmallCatalog.Instance);
        var catalog = SmallCatalog.Instance with { NoticesOf = cell => cell.Problem.Kind == "plate" ? ["a plate"] : [] };

        Assert.Equal(["a plate"], Planner.Plan(spec, catalog).Notices);
    }
}
