using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Studies.Tests.Files;

public sealed class HypothesesTests
{
    private const string Study = "study: some\nseeds: 2\nfactors: {problem: helmholtz}\nbudget: {steps: 10}\n";

    [Fact]
    public void Hypotheses_are_kept_with_the_plan_and_are_part_of_no_key()
    {
        var without = Plan(Study);
        var with = Plan(Study + "hypotheses: [\"  static is good enough \", more seeds change nothing]\n");

        Assert.Equal(["static is good enough", "more seeds change nothing"], with.Spec.Hypotheses);
        Assert.Equal(without.Hash, with.Hash);
        Assert.Equal(with.Spec.Hypotheses, StoredPlanJson.Read(StoredPlanJson.Write(with)).Spec.Hypotheses);
        Assert.Empty(StoredPlanJson.Read(StoredPlanJson.Write(without)).Spec.Hypotheses);
        // Plans that were stored before there were hypotheses keep their bytes.
        Assert.DoesNotContain("hypotheses", StoredPlanJson.Write(without), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hypotheses: static wins", "my.yaml:5: hypotheses: expected a list of sentences")]
    [InlineData("hypotheses: {a: b}", "my.yaml:5: hypotheses: expected a list of sentences")]
    [InlineData("hypotheses:\n  - good\n  - \"\"", "my.yaml:7: hypotheses: expected a sentence")]
    [InlineData("hypotheses: [[a]]", "my.yaml:5: hypotheses: expected a sentence of at most 2000 characters, in quotes where it has a colon; found a list")]
    public void Anything_else_is_a_mistake_with_its_line(string line, string expected)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Plan(Study + line + "\n"));

        Assert.StartsWith(expected, mistake.Message, StringComparison.Ordinal);
    }

    private static StudyPlan Plan(string study) => Planner.Plan(StudyFile.Parse(study, "my.yaml", SmallCatalog.Instance), SmallCatalog.Instance);
}
