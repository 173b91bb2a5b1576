using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Registration;

namespace PinnSweep.Studies.Tests.Registration;

public sealed class StudyPromiseTests
{
    private const string Tuned = """
        study: locked
        hypotheses: ["relobralo beats static", "static is the fastest"]
        seeds: 20
        factors:
          problem: [helmholtz, plate]
          balancer: [static, {kind: relobralo, temperature: {log: [0.01, 10]}}]
          optimizer: {kind: adam, lr: {log: [1e-4, 1e-2]}}
        exclude: [{problem: plate, balancer: relobralo}]
        budget: {steps: 100}
        control: static
        tune: {trials: 4, seeds: {from: 100001, count: 2}}
        replicate: {until: decided, looks: [5, 10, 20]}
        """;

    private const string Plain = """
        study: plain
        seeds: [1, 2, 3, 7]
        factors:
          problem: helmholtz
          balancer: [static, gradnorm]
        budget: {steps: 100}
        """;

    [Theory]
    [InlineData(Tuned)]
    [InlineData(Plain)]
    public void A_plan_and_the_same_plan_from_a_store_promise_the_same(string study)
    {
        var plan = Plan(study);

        var stored = StudyPromise.Of(StoredPlanJson.Read(StoredPlanJson.Write(plan)));

        Assert.Empty(StudyPromise.Of(plan).DeviationsOf(stored));
        Assert.Equal(StudyPromise.Of(plan).Rules.Select(rule => (rule.Name, string.Join('|', rule.Items))), stored.Rules.Select(rule => (rule.Name, string.Join('|', rule.Items))));
    }

    [Fact]
    public void A_lock_comes_back_from_its_text()
    {
        var locked = new LockedStudy(StudyPromise.Of(Plan(Tuned)), new(2026, 11, 30, 8, 15, 30, 250, TimeSpan.Zero), "1.2.0+abc", 3);

        var text = LockJson.Write(locked);
        var back = LockJson.Read(text);

        Assert.Equal(text, LockJson.Write(back));
        Assert.Equal(("locked", 3, locked.At, "1.2.0+abc"), (back.Promise.Study, back.ResultsBefore, back.At, back.Program));
        Assert.Equal(["relobralo beats static", "static is the fastest"], back.Promise.Hypotheses);
        Assert.Empty(locked.Promise.DeviationsOf(back.Promise));
        Assert.Equal("2026-11-30 08:15 UTC, after 3 results", back.When);
        Assert.Contains("\"replicate.looks\": \"5, 10, 20\"", text, StringComparison.Ordinal);
        Assert.Contains("\"seeds\": \"1 … 20\"", text, StringComparison.Ordinal);
        Assert.Contains("temperature 0.01 … 10 (log)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[5, 10, 20]", "[5, 12, 20]", "replicate.looks: promised 5, 10, 20, now 5, 12, 20")]
    [InlineData("looks: [5, 10, 20]", "looks: [5, 10, 20], alpha: 0.1", "replicate.alpha: promised 0.05, now 0.1")]
    [InlineData("trials: 4", "trials: 8", "tune.trials: promised 4, now 8")]
    [InlineData("[0.01, 10]", "[0.01, 100]", "factors.balancer: left out relobralo")]
    [InlineData("problem: [helmholtz, plate]", "problem: helmholtz", "factors.problem: left out plate")]
    [InlineData("exclude: [{problem: plate, balancer: relobralo}]", "", "exclude: promised problem plate, balancer relobralo, now absent")]
    [InlineData("budget: {steps: 100}", "budget: {steps: 100}\nmetric: mse", "metric: promised relative_l2, now mse")]
    [InlineData("{steps: 100}", "{steps: 200}", "budget: promised 100 steps, now 200 steps")]
    [InlineData(", \"static is the fastest\"", "", "hypotheses: left out static is the fastest")]
    public void What_is_done_otherwise_is_named(string from, string to, string expected)
    {
        Assert.Contains(from, Tuned, StringComparison.Ordinal);
        var study = Tuned.Replace(from, to, StringComparison.Ordinal);

        // A rule about a level that is left out has nothing to match.
        study = to.StartsWith("problem: h", StringComparison.Ordinal) ? study.Replace("exclude: [{problem: plate, balancer: relobralo}]\n", "", StringComparison.Ordinal) : study;
        var deviations = StudyPromise.Of(Plan(Tuned)).DeviationsOf(StudyPromise.Of(Plan(study)));

        Assert.Contains(deviations, deviation => deviation.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Seeds_that_were_added_are_named()
    {
        var deviations = StudyPromise.Of(Plan(Plain)).DeviationsOf(StudyPromise.Of(Plan(Plain.Replace("[1, 2, 3, 7]", "8", StringComparison.Ordinal))));

        Assert.Equal(["seeds: promised 1 … 3, 7, now 1 … 8"], deviations);
    }

    [Fact]
    public void The_same_rules_with_other_trials_are_told_too()
    {
        var promise = StudyPromise.Of(Plan(Plain));

        Assert.Empty(promise.DeviationsOf(promise));
        Assert.StartsWith("trials: ", Assert.Single(promise.DeviationsOf(promise with { Plan = "another" })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"format\": 2}")]
    [InlineData("{\"format\": 1, \"study\": 3}")]
    [InlineData("{\"format\": 1, \"study\": \"a\", \"plan\": \"b\", \"locked_at\": \"soon\", \"pinnsweep\": \"\", \"results_before\": 0, \"hypotheses\": [], \"rules\": {}}")]
    public void What_is_no_lock_is_refused(string text) => Assert.ThrowsAny<System.Text.Json.JsonException>(() => LockJson.Read(text));

    private static StudyPlan Plan(string study) => Planner.Plan(StudyFile.Parse(study, "my.yaml", SmallCatalog.Instance), SmallCatalog.Instance);
}
