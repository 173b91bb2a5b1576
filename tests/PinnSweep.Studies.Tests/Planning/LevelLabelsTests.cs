namespace PinnSweep.Studies.Tests;

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
    public void Labels_of_siblings_tell_them_apart(string factor, string expected)
    {
        var spec = StudyFile.Parse($"study: s\nfactors:\n  problem: helmholtz\n  {factor}\nbudget: {{steps: 1}}\n", "study.yaml", SmallCatalogue.Instance);
        var name = FactorWords.FromWord(factor[..factor.IndexOf(':', StringComparison.Ordinal)])!.Value;

        Assert.Equal(expected, string.Join(" | ", LevelLabels.Of(name, spec.Factors[name], SmallCatalogue.Instance)));
    }

    [Theory]
    [InlineData("[{kind: dense, rough: true}]", "dense (rough)")]
    [InlineData("[{kind: dense, rough: true}, dense]", "dense (rough) | dense")]
    [InlineData("[{kind: dense, rough: true, width: 7}, {kind: dense, rough: true}]", "dense (width 7, rough) | dense (width 5, rough)")]
    public void A_parameter_that_is_always_told_stands_in_every_label(string levels, string expected)
    {
        var dense = SmallCatalogue.Entry(
            Factor.Network,
            "dense",
            new Parameter("width", new ParameterType.Integer(1), new SpecValue.Number(5), "units"),
            new Parameter("rough", new ParameterType.Flag(), new SpecValue.Flag(false), "told") { IsTold = true });
        var catalogue = SmallCatalogue.Instance with { Entries = SmallCatalogue.Instance.Entries.Add(dense) };
        var spec = StudyFile.Parse($"study: s\nfactors:\n  problem: helmholtz\n  network: {levels}\nbudget: {{steps: 1}}\n", "study.yaml", catalogue);

        Assert.Equal(expected, string.Join(" | ", LevelLabels.Of(Factor.Network, spec.Factors[Factor.Network], catalogue)));
    }

    [Fact]
    public void Notices_of_cells_stand_beside_those_of_methods_each_once()
    {
        var spec = StudyFile.Parse("study: s\nfactors:\n  problem: [helmholtz, plate]\n  balancer: [static, relobralo]\nbudget: {steps: 1}\n", "study.yaml", SmallCatalogue.Instance);
        var catalogue = SmallCatalogue.Instance with { NoticeOf = cell => cell.Problem.Kind == "plate" ? "a plate" : null };

        Assert.Equal(["a plate"], Planner.Plan(spec, catalogue).Notices);
    }
}
