using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Cases;

/// <summary>Real reports and files of people, by their numbers: what a study file reads of them, and how it answers the rest.</summary>
public sealed class StudyFileCaseTests
{
    [Theory]
    [InlineData("1e-3", 1e-3)]
    [InlineData("1.E-4", 1e-4)]
    [InlineData("+.5e-4", 0.5e-4)]
    public void D27_numbers_are_numbers_however_they_are_written(string written, double value) =>
        Assert.Equal(new SpecValue.Number(value), Read($"optimizer: {{kind: adam, lr: {written}}}").Factors[Factor.Optimizer][0].Parameters.Entries["lr"]);

    [Fact]
    public void D27_steps_may_have_an_exponent() => Assert.Equal(10_000, Read("optimizer: adam", "1e4").Budget.Steps);

    [Fact]
    public void D28_numbers_in_quotes_are_told_to_stand_without()
    {
        Assert.Equal("study.yaml:5: factors.optimizer[adam].lr: expected a number above 0; found '1e-5', which is quoted text; leave the quotes out", Told("optimizer: {kind: adam, lr: '1e-5'}"));
        Assert.Equal("study.yaml:6: budget.steps: expected a whole number of at least 1; found '10', which is quoted text; leave the quotes out", Told("optimizer: adam", "\"10\""));
    }

    [Fact]
    public void D29_merge_keys_are_told_and_aliases_are_read()
    {
        Assert.Equal(
            "study.yaml:5: merge keys '<<' are not known; plain aliases are (balancer: *base stands for the whole of it): write out what is the same and what differs",
            Told("network: [&base {kind: mlp, hidden: [20, 20]}, {<<: *base, activation: sin}]"));
        Assert.Single(Read("network: [&base {kind: mlp, hidden: [20, 20]}]").Factors[Factor.Network]);
    }

    [Fact]
    public void D30_a_list_in_a_level_is_a_grid() => Assert.Equal(
        [1e-3, 1e-4],
        Read("optimizer: {kind: adam, lr: [1e-3, 1e-4]}").Factors[Factor.Optimizer].Select(level => ((SpecValue.Number)level.Parameters.Entries["lr"]).Value));

    [Theory]
    [InlineData("range(1, 6)")]
    [InlineData("1..5")]
    public void D31_ranges_of_seeds_name_both_forms(string seeds) => Assert.Equal(
        $"study.yaml:2: seeds: expected how many (1 to 1,000,000) or a list of at least one seed; found '{seeds}'",
        Assert.Throws<UserMistakeException>(() => Parse("optimizer: adam", "100", seeds)).Message);

    private static string Told(string factor, string steps = "100") => Assert.Throws<UserMistakeException>(() => Parse(factor, steps, "2")).Message;

    private static StudySpec Read(string factor, string steps = "100") => Parse(factor, steps, "2");

    private static StudySpec Parse(string factor, string steps, string seeds) =>
        StudyFile.Parse($"study: s\nseeds: {seeds}\nfactors:\n  problem: helmholtz\n  {factor}\nbudget: {{steps: {steps}}}\n", "study.yaml", SmallCatalog.Instance);
}
