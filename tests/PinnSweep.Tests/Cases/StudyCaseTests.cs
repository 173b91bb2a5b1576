using PinnSweep.Planning;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Cases;

/// <summary>Study files of people, retold in small: what is right is planned, what is not is answered with what is right.</summary>
public sealed class StudyCaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("D27", "steps: 1e4", "1e-3", 10_000, 1e-3)]
    [InlineData("D27", "steps: 10", "1.E-4", 10, 1e-4)]
    [InlineData("D27", "steps: 010", "+.5e-4", 10, 0.5e-4)]
    public void Numbers_are_numbers_however_they_are_written(string id, string budget, string rate, int steps, double value)
    {
        var plan = Plan($"study: a\nseeds: 2\nfactors: {{problem: helmholtz, optimizer: {{kind: adam, lr: {rate}}}}}\nbudget: {{{budget}}}\n");

        Assert.True(plan.Trials[0].Description.Budget.Steps == steps && plan.Trials[0].Description.Levels.Optimizer.Parameters.Number("lr") == value, id);
    }

    [Theory]
    [InlineData("D28", "optimizer: {kind: adam, lr: '1e-5'}", "steps: 10", "factors.optimizer[adam].lr: expected a number above 0; found '1e-5', which is quoted text; leave the quotes out")]
    [InlineData("D28", "optimizer: adam", "steps: \"10\"", "budget.steps: expected a whole number of at least 1; found '10', which is quoted text; leave the quotes out")]
    [InlineData("D29", "network: [&base {kind: mlp, hidden: [20, 20]}, {<<: *base, activation: sin}]", "steps: 10", "merge keys '<<' are not known; plain aliases are")]
    [InlineData("D36", "optimizer: [adam, {kind: adam, lr: 0.001}]", "steps: 10", "factors.optimizer: ")]
    [InlineData("D36", "optimizer: adam, optimizer: lbfgs", "steps: 10", "key 'optimizer' stands twice")]
    public void What_is_no_number_or_no_level_is_answered(string id, string factor, string budget, string told)
    {
        var message = Assert.Throws<UserMistakeException>(() => Plan($"study: a\nseeds: 2\nfactors: {{problem: helmholtz, {factor}}}\nbudget: {{{budget}}}\n")).Message;

        Assert.True(message.Contains(told, StringComparison.Ordinal), $"{id}: {message}");
    }

    [Fact]
    public void D30_a_list_within_a_level_is_a_level_for_each()
    {
        var plan = Plan("study: a\nseeds: 2\nfactors: {problem: helmholtz, optimizer: {kind: adam, lr: [1e-3, 1e-4]}}\nbudget: {steps: 10}\n");

        Assert.Equal([1e-3, 1e-4], plan.Cells.Select(cell => cell.Levels.Optimizer.Parameters.Number("lr")));
    }

    [Theory]
    [InlineData("range(1, 6)")]
    [InlineData("1..5")]
    public void D31_a_range_of_seeds_is_answered_with_both_forms(string seeds) => Assert.Contains(
        $"seeds: expected how many (1 to 1,000,000) or a list of at least one seed; found '{seeds}'",
        Assert.Throws<UserMistakeException>(() => Plan($"study: a\nseeds: {seeds}\nfactors: {{problem: helmholtz}}\nbudget: {{steps: 10}}\n")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void D36_seeds_that_repeat_are_told() => Assert.Contains(
        "seeds: ",
        Assert.Throws<UserMistakeException>(() => Plan("study: a\nseeds: [1, 2, 1]\nfactors: {problem: helmholtz}\nbudget: {steps: 10}\n")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void D46_words_of_yaml_and_line_ends_of_windows_are_read()
    {
        const string Text = "study: \"no\"\nseeds: [1, 2]\nfactors:\n  problem: >-\n    helmholtz\nbudget: {steps: 010}\n";

        var plan = Plan(Text);

        Assert.Equal("no", plan.Spec.Name);
        Assert.Equal(plan.Hash, Plan("\uFEFF" + Text.ReplaceLineEndings("\r\n")).Hash);
    }

    private StudyPlan Plan(string text) => StudySource.Load(_folder.Write("study.yaml", text), []).Plan();
}
