using System.Collections.Immutable;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Tests.Diagnosis;

/// <summary>Rules on curves made for them: two terms, twenty evaluations after the first, a hundred steps apart.</summary>
public sealed class TrialDiagnosisTests
{
    private static readonly TermTrait Residual = new("residual", 100);
    private static readonly TermTrait Boundary = new("boundary", 1);

    [Fact]
    public void A_term_that_stands_still_while_another_falls_is_told_with_both_losses()
    {
        // The residual falls by 10 ^ (−0.1 i); 11 evaluations lie between the middles of the second and the last quarter.
        var symptoms = Diagnose(i => 1e4 * Math.Pow(10, -0.1 * i), _ => 1e-4);

        var symptom = Assert.Single(symptoms);
        Assert.Equal(("stagnating term", "boundary"), (symptom.Rule, symptom.Term));
        Assert.Equal(["loss of boundary", "loss of boundary", "loss of residual", "loss of residual"], symptom.Evidence.Select(evidence => evidence.Quantity));
        Assert.Equal([(600, 1000), (1600, 2000), (600, 1000), (1600, 2000)], symptom.Evidence.Select(evidence => (evidence.FromStep, evidence.ToStep)));
        Assert.Equal(1e4 * Math.Pow(10, -0.8), symptom.Evidence[2].Value, 1e-6);
        Assert.Equal(1e4 * Math.Pow(10, -1.8), symptom.Evidence[3].Value, 1e-6);
        Assert.Contains("balancer", symptom.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rising_term_is_told_to_rise() =>
        Assert.Contains("rose", Assert.Single(Diagnose(i => 1e4 * Math.Pow(10, -0.1 * i), i => 1e-4 * (1 + i))).Finding, StringComparison.Ordinal);

    [Fact]
    public void A_term_that_is_negligible_already_may_stand_still() =>
        Assert.Empty(Diagnose(i => 1e4 * Math.Pow(10, -0.1 * i), _ => 0.9e-6));

    [Fact]
    public void Two_terms_that_both_stand_still_are_no_imbalance() => Assert.Empty(Diagnose(_ => 1e4, _ => 1));

    [Fact]
    public void Two_terms_that_fall_together_have_no_symptom() => Assert.Empty(Diagnose(i => 1e2 * Math.Pow(10, -0.1 * i), i => 1e-2 * Math.Pow(10, -0.1 * i)));

    [Fact]
    public void A_condition_that_is_violated_while_the_residual_is_small_is_told_with_both_sizes()
    {
        // √0.04 = 20 % of the scale 1; √1 = 1 % of the scale 100.
        var symptom = Assert.Single(Diagnose(_ => 1, _ => 0.04));

        Assert.Equal(("violated constraint", "boundary"), (symptom.Rule, symptom.Term));
        Assert.Equal([0.2, 0.01], symptom.Evidence.Select(evidence => Math.Round(evidence.Value, 12)));
        Assert.Equal("'boundary' is violated by 20 % of its scale although the residual is at 1.0 % of its own", symptom.Finding);
    }

    [Theory]
    [InlineData(1, 0.02)]
    [InlineData(30, 0.03)]
    public void A_condition_within_the_thresholds_is_not_told(double residual, double boundary) => Assert.Empty(Diagnose(_ => residual, _ => boundary));

    [Theory]
    [InlineData(0.127, 0.003, 0.11, true)]
    [InlineData(0.03, 0.003, 0.05, true)]
    [InlineData(4.84, 0.08, 7.26, true)]
    [InlineData(0.127, 0.05, 0.11, false)]
    [InlineData(0.12, 0.003, 0.3, false)]
    public void A_condition_that_is_violated_as_much_as_the_whole_solution_accounts_for_the_error(double violation, double residual, double error, bool isTold)
    {
        var result = Made(_ => 1e4 * residual * residual, _ => violation * violation, error);

        var told = TrialDiagnosis.Of(result).Where(symptom => symptom.Rule == "violated constraint").ToArray();

        Assert.Equal(isTold, told.Length == 1);
        Assert.All(told, symptom => Assert.Equal(violation < 0.15, symptom.Finding.EndsWith($"; the error is {100 * error:0} %", StringComparison.Ordinal)));
        Assert.Empty(TrialDiagnosis.Of(result with { Outcome = Outcome.Converged }));
    }

    [Fact]
    public void Without_a_solution_the_residual_of_all_terms_stands_for_the_error()
    {
        var result = Made(_ => 0.09, _ => 0.1 * 0.1, double.NaN);
        var measured = result with { Curve = [.. result.Curve.Select(point => point with { Metrics = point.Metrics.Add("residual_l2", 0.12) })] };

        Assert.Equal(["violated constraint"], TrialDiagnosis.Of(measured).Select(symptom => symptom.Rule));
    }

    [Fact]
    public void A_weight_that_grows_without_end_while_its_term_is_met_runs_away()
    {
        // The boundary is met to 0.1 % and the residual off by half of its scale.
        var symptom = Assert.Single(TrialDiagnosis.Of(Weighed(i => 100 * Math.Pow(10, 0.3 * i), 2500, 1e-6)));

        Assert.Equal(("runaway weight", "boundary"), (symptom.Rule, symptom.Term));
        Assert.Equal(100 * Math.Pow(10, 0.3), symptom.Evidence[0].Value, 1e-9);
        Assert.Equal(100 * Math.Pow(10, 0.3 * 18), symptom.Evidence[1].Value, 1e-3);
        Assert.Contains("official-code", symptom.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 4, 2500, 1e-6)]
    [InlineData(0.3, 2, 2500, 0.01)]
    [InlineData(0.1, 1, 2500, 1e-6)]
    public void A_large_weight_that_stands_a_term_that_is_not_met_or_a_weight_of_some_hundreds_does_not(double growth, double power, double residual, double boundary) =>
        Assert.DoesNotContain(TrialDiagnosis.Of(Weighed(i => Math.Pow(10, power + (growth * i)), residual, boundary)), symptom => symptom.Rule == "runaway weight");

    [Fact]
    public void A_loss_that_jumps_three_times_is_told_with_its_worst_jump()
    {
        var symptom = Assert.Single(Diagnose(i => i switch { 13 or 16 => 10, 19 => 20, _ => 1.5 }, _ => 1e-4));

        Assert.Equal(("unstable losses", "residual"), (symptom.Rule, symptom.Term));
        Assert.Equal([(1800, 1.5), (1900, 20)], symptom.Evidence.Select(evidence => (evidence.ToStep, evidence.Value)));
    }

    [Fact]
    public void Two_jumps_or_early_ones_are_not_told() =>
        Assert.Empty(Diagnose(i => i switch { 2 or 4 or 6 or 13 or 16 => 10, _ => 1.5 }, _ => 1e-4));

    [Fact]
    public void A_diverged_trial_is_unstable() => Assert.Equal("unstable losses", Assert.Single(TrialDiagnosis.Of(Made(_ => 1, _ => 1e-4, 0.5) with { Outcome = Outcome.Diverged })).Rule);

    [Fact]
    public void A_poor_error_in_spite_of_small_losses_is_told_with_both()
    {
        // √0.25 = 0.5 % of 100, √(2.5e-5) = 0.5 % of 1.
        var symptom = Assert.Single(Diagnose(_ => 0.25, _ => 2.5e-5, error: 0.4));

        Assert.Equal("deceptive loss", symptom.Rule);
        Assert.Equal([0.4, 0.005], symptom.Evidence.Select(evidence => Math.Round(evidence.Value, 12)));
        Assert.Empty(Diagnose(_ => 0.25, _ => 2.5e-5, error: 0.09));
    }

    [Fact]
    public void An_error_far_above_every_term_is_deceptive_too()
    {
        // √16 = 4 % of 100 and √(1e-4) = 1 % of 1, beside 91 %.
        Assert.Equal("deceptive loss", Assert.Single(Diagnose(_ => 16, _ => 1e-4, error: 0.91)).Rule);
        Assert.Empty(Diagnose(_ => 16, _ => 1e-4, error: 0.3));
    }

    [Fact]
    public void A_record_without_scales_or_with_few_evaluations_gives_no_verdict_that_needs_them()
    {
        var full = Made(_ => 1, _ => 0.04, 0.5);

        Assert.Empty(TrialDiagnosis.Of(full with { TermTraits = [] }));
        Assert.Empty(TrialDiagnosis.Of(full with { Curve = full.Curve[..8] }));
        Assert.NotEmpty(TrialDiagnosis.Of(full with { Curve = full.Curve[..9] }));
    }

    [Fact]
    public void A_loss_of_zero_is_no_symptom_and_hides_none() =>
        Assert.Equal("boundary", Assert.Single(TrialDiagnosis.Of(Three(i => 1e4 * Math.Pow(10, -0.1 * i), _ => 0, _ => 1e-4))).Term);

    [Fact]
    public void Losses_of_earlier_stages_are_those_of_other_problems()
    {
        // The residual jumps at every second evaluation up to step 1600: three times in the second half of the training, never in that of a
        // stage that begins after step 1200.
        var result = Made(i => i < 18 && i % 2 == 0 ? 1e3 : 1.5, _ => 1e-4, 0.01);

        Assert.Contains(TrialDiagnosis.Of(result), symptom => symptom.Rule == "unstable losses");
        Assert.DoesNotContain(TrialDiagnosis.Of(result with { StageEnds = [500, 1200] }), symptom => symptom.Rule == "unstable losses");
    }

    private static ImmutableArray<Symptom> Diagnose(Func<int, double> residual, Func<int, double> boundary, double error = 0.01) => TrialDiagnosis.Of(Made(residual, boundary, error));

    private static TrialResult Made(Func<int, double> residual, Func<int, double> boundary, double error) =>
        Result(["residual", "boundary"], [Residual, Boundary], i => [residual(i), boundary(i)], error);

    private static TrialResult Three(Func<int, double> residual, Func<int, double> initial, Func<int, double> boundary) =>
        Result(["residual", "initial", "boundary"], [Residual, Boundary, Boundary], i => [residual(i), initial(i), boundary(i)], 0.01);

    private static TrialResult Result(ImmutableArray<string> terms, ImmutableArray<TermTrait> traits, Func<int, ImmutableArray<double>> losses, double error) => new(
        new("key"), "{}", Outcome.Stalled, 2000, 10, 1, terms,
        [.. Enumerable.Range(0, 21).Select(i => new CurvePoint(100 * i, i, error, error, losses(i), [.. terms.Select(_ => 1.0)]))],
        ImmutableSortedDictionary<string, int>.Empty,
        new("commit", ImmutableSortedDictionary<string, string>.Empty, "machine", "fused", [], default, default))
    {
        TermTraits = traits,
    };

    private static TrialResult Weighed(Func<int, double> weight, double residual, double boundary)
    {
        var result = Made(_ => residual, _ => boundary, 0.9);
        return result with { Curve = [.. result.Curve.Select((point, i) => point with { Weights = [1, weight(i)] })] };
    }
}
