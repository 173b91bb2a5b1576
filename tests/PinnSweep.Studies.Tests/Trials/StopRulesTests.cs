using System.Collections.Immutable;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Tests.Trials;

public sealed class StopRulesTests
{
    private const string Study = "study: s\nseeds: 2\nfactors:\n  problem: helmholtz\nbudget: {steps: 1000}\n";

    [Theory]
    // Each step below 0.99 of the last one that made progress counts: 0.995 and 0.991 do not, 0.98 does.
    [InlineData("1 0.995 0.991", 2, true)]
    [InlineData("1 0.995 0.98", 2, false)]
    [InlineData("1 0.98 0.975 0.971", 2, true)]
    [InlineData("1 0.5 0.6 0.4 0.41", 2, false)]
    [InlineData("1 2 3", 3, false)]
    [InlineData("1 2 3 4", 3, true)]
    // Without any residual there is nothing to make progress with.
    [InlineData("NaN NaN NaN", 2, true)]
    [InlineData("1 NaN 0.5", 2, false)]
    [InlineData("1", 1, false)]
    public void Flat_is_so_many_evaluations_without_a_hundredth_of_progress(string residuals, int flatFor, bool stops)
    {
        var curve = residuals.Split(' ').Select((text, i) => Point(i, residual: double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))).ToArray();

        Assert.Equal(stops, new StopRules(null, flatFor).WhyStop(curve, ["pde"], 1e-2) == $"flat_for {flatFor}");
    }

    [Fact]
    public void What_has_converged_is_not_flat()
    {
        CurvePoint[] curve = [Point(0, error: 1), Point(1, error: 1e-3), Point(2, error: 1e-3)];

        Assert.Null(new StopRules(null, 1).WhyStop(curve, ["pde"], 1e-2));
        Assert.NotNull(new StopRules(null, 1).WhyStop(curve, ["pde"], 1e-4));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, false)]
    [InlineData(101, true)]
    [InlineData(-101, true)]
    [InlineData(double.NaN, true)]
    [InlineData(double.PositiveInfinity, true)]
    public void A_weight_beyond_the_limit_ends_it(double weight, bool stops) => Assert.Equal(
        stops ? "weights_above 100 (boundary)" : null,
        new StopRules(100, null).WhyStop([Point(0), Point(1) with { Weights = [1, weight] }], ["pde", "boundary"], 1e-2));

    [Fact]
    public void Only_rules_that_are_given_are_part_of_a_description()
    {
        var plain = Description("");
        var stopped = Description("stop_when: {flat_for: 7, weights_above: 1e8}\n");

        Assert.DoesNotContain("stop_when", plain.Canonical(), StringComparison.Ordinal);
        Assert.Contains("\"stop_when\":{\"flat_for\":7,\"weights_above\":100000000}", stopped.Canonical(), StringComparison.Ordinal);
        Assert.Equal(stopped, TrialDescription.Parse(stopped.Canonical()));
        Assert.Equal(plain, TrialDescription.Parse(plain.Canonical()));
        Assert.Equal(plain, stopped with { StopWhen = null });
    }

    [Fact]
    public void What_ends_every_training_changes_no_key() => Assert.Equal(Description("").Key(), Description("stop_when: {non_finite: true}\n").Key());

    [Fact]
    public void A_stored_plan_keeps_the_rules()
    {
        var plan = Planner.Plan(StudyFile.Parse(Study + "stop_when: {flat_for: 7}\n", "s.yaml", SmallCatalog.Instance), SmallCatalog.Instance);

        var back = StoredPlanJson.Read(StoredPlanJson.Write(plan));

        Assert.Equal(plan.Trials.Select(trial => trial.Description), back.Trials.Select(trial => trial.Description));
        Assert.All(back.Trials, trial => Assert.Equal(trial.Key, trial.Description.Key()));
    }

    [Theory]
    [InlineData("flat_for 7", Outcome.Converged, true)]
    [InlineData(null, Outcome.Stalled, false)]
    [InlineData(null, Outcome.Diverged, true)]
    public void A_stopped_trial_counts_as_failed(string? stoppedBy, Outcome outcome, bool isFailed)
    {
        var result = new TrialResult(new(new string('a', 64)), "{}", outcome, 10, 1, 1, ["pde"], [Point(0), Point(1)], NoEvents, new("", NoVersions, "", "", [], default, default)) { StoppedBy = stoppedBy };

        Assert.Equal(isFailed, TrialFigures.Of(result, "relative_l2", "relative_l2").IsFailed);
    }

    private static ImmutableSortedDictionary<string, int> NoEvents => ImmutableSortedDictionary<string, int>.Empty;

    private static ImmutableSortedDictionary<string, string> NoVersions => ImmutableSortedDictionary<string, string>.Empty;

    private static TrialDescription Description(string more) =>
        Planner.Plan(StudyFile.Parse(Study + more, "s.yaml", SmallCatalog.Instance), SmallCatalog.Instance).Trials[0].Description;

    private static CurvePoint Point(int step, double residual = 1, double error = 0.5) => new(step, step, error, error, [1, 1], [1, 1])
    {
        Metrics = ImmutableSortedDictionary<string, double>.Empty.Add(CurvePoint.ResidualL2, residual),
    };
}
