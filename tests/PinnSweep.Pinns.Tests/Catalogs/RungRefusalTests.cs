using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Pinns.Tests.Catalogs;

/// <summary>Successive halving is refused where the rank at a rung would tell little of the rank at the end.</summary>
public sealed class RungRefusalTests
{
    [Theory]
    [InlineData("time: causal", "time 'causal' (s.yaml:6) learns late moments only once early ones are learned")]
    [InlineData("time: [none, windows]", "time 'windows' (s.yaml:6) trains one problem after another")]
    [InlineData("time: {kind: curriculum, parameter: nu, values: [0.1]}", "time 'curriculum' (s.yaml:6) trains one problem after another")]
    [InlineData("network: mlp", "optimizer 'adam-lbfgs' (s.yaml:5) begins its last phase after 500 steps", "adam-lbfgs, adam_steps: 500")]
    [InlineData("network: mlp", "optimizer 'phases' (s.yaml:5) begins its last phase after 300 steps", "{kind: phases, phases: [{kind: adam, steps: 300}, {kind: lbfgs}]}")]
    public void What_catches_up_late_is_refused_with_its_place(string more, string reason, string optimizer = "adam")
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Parse(more, optimizer));

        Assert.Contains("s.yaml:8: tune.rungs: rank trials by where they stand at a part of their budget, and " + reason, mistake.Message, StringComparison.Ordinal);
        Assert.Contains("; tune without rungs", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time: none")]
    [InlineData("sampler: {kind: rad, every: 100}")]
    public void What_learns_all_at_once_is_not(string more) => Assert.NotNull(Parse(more, "{kind: adam, lr: {log: [1e-4, 1e-2]}}").Tune!.Rungs);

    private static PinnSweep.Studies.Specification.StudySpec Parse(string more, string optimizer) => StudyFile.Parse(
        """
            study: s
            seeds: 2
            factors:
              problem: burgers
              optimizer: OPTIMIZER
              MORE
            budget: {steps: 4000}
            tune: {trials: 8, rungs: {steps: [100, 400, 1600], keep: 1/4}}
            """.Replace("OPTIMIZER", optimizer.StartsWith('{') ? optimizer : "{kind: " + optimizer + ", lr: {log: [1e-4, 1e-2]}}", StringComparison.Ordinal)
            .Replace("MORE", more, StringComparison.Ordinal),
        "s.yaml",
        PinnCatalog.Instance);
}
