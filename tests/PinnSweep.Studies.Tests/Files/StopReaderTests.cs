using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Tests.Files;

public sealed class StopReaderTests
{
    private const string Good = "study: s\nseeds: 2\nfactors:\n  problem: helmholtz\nbudget: {steps: 1000}\n";

    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { "stop_when: {}\n", "study.yaml:6: stop_when: names no rule; expected for instance {weights_above: 1e8, flat_for: 20}" },
        { "stop_when: 20\n", "study.yaml:6: stop_when: expected a map, for instance {weights_above: 1e8, flat_for: 20}; found '20'" },
        { "stop_when: {flat: 20}\n", "study.yaml:6: stop_when: unknown key 'flat'; nearest 'flat_for'; allowed: non_finite, weights_above, flat_for" },
        { "stop_when: {non_finite: false}\n", "study.yaml:6: stop_when.non_finite: a training whose loss, gradient or parameters are not finite has nothing to go on from and always ends, as diverged; leave the key out" },
        { "stop_when: {non_finite: maybe}\n", "study.yaml:6: stop_when.non_finite: expected true or false; found 'maybe'" },
        { "stop_when: {weights_above: 0}\n", "study.yaml:6: stop_when.weights_above: expected a number above 0; found '0'" },
        { "stop_when: {flat_for: 0}\n", "study.yaml:6: stop_when.flat_for: expected a whole number from 1 to 1000000; found '0'" },
        { "stop_when: {flat_for: 2.5}\n", "study.yaml:6: stop_when.flat_for: expected a whole number from 1 to 1000000; found '2.5'" },
        { "stop_when: {flat_for: 100}\n", "study.yaml:6: stop_when.flat_for: 100 evaluations without progress never happen: the longest trial has 100; give fewer, or a smaller evaluate_every" },
        { "evaluate_every: 200\nstop_when: {flat_for: 5}\n", "study.yaml:7: stop_when.flat_for: 5 evaluations without progress never happen: the longest trial has 5; give fewer, or a smaller evaluate_every" },
        { "stopwhen: {flat_for: 5}\n", "study.yaml:6: unknown key 'stopwhen'; nearest 'stop_when'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_has_its_place_and_what_is_allowed(string more, string message)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => StudyFile.Parse(Good + more, "study.yaml", SmallCatalog.Instance));

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("stop_when:\n", null, null)]
    [InlineData("stop_when: {non_finite: true}\n", null, null)]
    [InlineData("stop_when: {flat_for: 99}\n", null, 99)]
    [InlineData("stop_when: {non_finite: true, weights_above: 1e8}\n", 1e8, null)]
    [InlineData("evaluate_every: 1\nstop_when: {flat_for: 999, weights_above: 0.5}\n", 0.5, 999)]
    public void The_rules_are_read(string more, double? weightsAbove, int? flatFor)
    {
        var spec = StudyFile.Parse(Good + more, "study.yaml", SmallCatalog.Instance);

        Assert.Equal(weightsAbove is null && flatFor is null ? null : new StopRules(weightsAbove, flatFor), spec.StopWhen);
    }

    [Fact]
    public void A_budget_of_seconds_has_no_number_of_evaluations() =>
        Assert.Equal(5000, StudyFile.Parse(Good.Replace("steps: 1000", "seconds: 1", StringComparison.Ordinal) + "stop_when: {flat_for: 5000}\n", "study.yaml", SmallCatalog.Instance).StopWhen!.FlatFor);
}
