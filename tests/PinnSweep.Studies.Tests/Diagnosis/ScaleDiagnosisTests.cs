using System.Collections.Immutable;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Tests.Diagnosis;

/// <summary>What the sizes of a problem cause, on records made for it: the output u, the terms heat, ends and right.</summary>
public sealed class ScaleDiagnosisTests
{
    private static readonly OutputSize Usual = new("u", 0.3, 0.5, 0.2, 0.6, 0.3, 0.4);
    private static readonly CoordinateSize Near = new("x", 1, 2, 1e-7);

    [Fact]
    public void Usual_sizes_have_no_symptom() => Assert.Empty(TrialDiagnosis.Of(Made(Usual)));

    [Fact]
    public void A_solution_of_size_76_is_told_with_its_unit_and_without_advice_on_methods()
    {
        var symptom = Assert.Single(TrialDiagnosis.Of(Made(Usual with { Asked = 76.4, End = 30 })));

        Assert.Equal("badly scaled outputs", symptom.Rule);
        Assert.Equal("'u' should amount to 7.6e1 and begins at 3.0e-1; after 2000 steps it is at 3.0e1", symptom.Finding);
        Assert.StartsWith("state the problem for u / 80, so that", symptom.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.01, 0.3, true)]
    [InlineData(0.01, 0.02, false)]
    [InlineData(9, 0.3, false)]
    [InlineData(12, 3, false)]
    public void A_size_is_far_from_that_of_the_first_weights_by_a_factor_of_ten_at_least(double asked, double start, bool isTold) =>
        Assert.Equal(isTold, TrialDiagnosis.Of(Made(Usual with { Asked = asked, Start = start })).Any(symptom => symptom.Rule == "badly scaled outputs"));

    [Fact]
    public void An_output_that_hides_behind_a_larger_one_is_told_even_of_a_converged_trial()
    {
        var result = Made(Usual with { Asked = 0.7, Error = 1e-3 }, new("p", 0.3, 0.01, 0.01, 0.007, 0.003, 0.99));
        var converged = result with { Outcome = Outcome.Converged, Curve = [.. result.Curve.Select(point => point with { RelativeL2 = 0.01 })] };

        Assert.Equal("'p' is off by 99 % and amounts to 7.0e-3 beside 7.0e-1 of 'u', so the common error does not show it", Assert.Single(TrialDiagnosis.Of(converged)).Finding);
    }

    [Fact]
    public void Coordinates_that_the_precision_cannot_tell_apart_are_told()
    {
        // Unix seconds in float32: neighbouring numbers are 128 s apart.
        var result = Made(Usual);
        var symptom = Assert.Single(TrialDiagnosis.Of(result with { Sizes = result.Sizes! with { Coordinates = [new("t", 1.7e9, 3, 128 / 3.0)] } }));

        Assert.Equal("distant coordinates", symptom.Rule);
        Assert.Equal("shift 't' so that it begins at zero; or the precision float64", symptom.Advice);
    }

    [Fact]
    public void A_condition_whose_parts_drown_the_others_is_told_with_what_to_divide_it_by()
    {
        var result = Made(Usual);
        var uneven = result with { Sizes = result.Sizes! with { Terms = [new(1, 1), new(1, 1), new(250, 1)] } };

        var symptom = Assert.Single(TrialDiagnosis.Of(uneven));

        Assert.Equal(("uneven terms", "right"), (symptom.Rule, symptom.Term));
        Assert.StartsWith("divide 'right' by its largest coefficient (its parts by about 3e2)", symptom.Advice, StringComparison.Ordinal);
        Assert.Empty(TrialDiagnosis.Of(uneven with { Curve = [.. result.Curve.Select(point => point with { Weights = [1, 1, 4e-6] })] }));
    }

    [Fact]
    public void A_missing_value_is_told_with_operation_place_and_value_and_never_with_a_learning_rate()
    {
        var result = Made(Usual) with
        {
            Outcome = Outcome.Diverged,
            Steps = 0,
            NonFinite = new("drain", "the square root", "u", -0.1213, "t = 0.4219", "value"),
        };

        var symptom = Assert.Single(TrialDiagnosis.Of(result));

        Assert.Equal("the square root in 'drain' has no value at t = 0.4219 (u = -0.12) before any step", symptom.Finding);
        Assert.StartsWith("keep u positive", symptom.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(TrialDiagnosis.Of(result with { NonFinite = null }), told => told.Advice.Contains("lr", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trivial_solution_names_the_field_since_when_and_the_cause()
    {
        var result = Made(Usual with { Variation = 0.003 }) with { Outcome = Outcome.Trivial };
        var flat = result with { Curve = [.. result.Curve.Select(point => point with { RelativeL2 = point.Step < 700 ? 0.5 : 1 })] };

        var symptom = Assert.Single(TrialDiagnosis.Of(flat), told => told.Rule == "trivial solution");

        Assert.Equal("'u' varies by 1 % of what it should, with an error of 100 % since step 700: a constant meets the equation, and 'ends' does not outweigh it", symptom.Finding);
        Assert.StartsWith("vary the balancer", symptom.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cause_of_a_trivial_solution_is_its_scale_where_that_is_off() => Assert.Equal(
        ["badly scaled outputs", "trivial solution"],
        TrialDiagnosis.Of(Made(Usual with { Asked = 100, AskedVariation = 15 }) with { Outcome = Outcome.Trivial }).Select(symptom => symptom.Rule));

    [Fact]
    public void An_evolution_that_is_trivial_is_advised_to_vary_the_time()
    {
        var result = Made(Usual) with { Outcome = Outcome.Trivial };

        var symptom = TrialDiagnosis.Of(result with { TermTraits = [new("residual", 1), new("initial", 1), new("boundary", 1)] })[^1];

        Assert.StartsWith("vary the factor time: windows (with lbfgs in float64, which finishes each) or causal, so that the solution is carried on from 'ends'", symptom.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_known_solution_a_trivial_one_is_told_by_the_field_that_it_settled_on()
    {
        var result = Made(Usual with { Asked = null, AskedVariation = null }) with { Outcome = Outcome.Trivial, SettledOn = "zero" };

        var symptom = TrialDiagnosis.Of(result with { Curve = [.. result.Curve.Select(point => point with { RelativeL2 = double.NaN, MaxError = double.NaN })] })[^1];

        Assert.StartsWith("the solution is nearly constant, the network has settled on 'zero': ", symptom.Finding, StringComparison.Ordinal);
        Assert.Empty(symptom.Evidence);
    }

    /// <summary>Whatever a record lacks, its diagnosis is no defect.</summary>
    [Fact]
    public void Every_outcome_of_any_record_can_be_diagnosed()
    {
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            foreach (var evaluations in new[] { 1, 2, 21 })
            {
                foreach (var error in new[] { double.NaN, 0.3, double.PositiveInfinity })
                {
                    var result = Made(Usual) with { Outcome = outcome };
                    var cut = result with { Curve = [.. result.Curve.Take(evaluations).Select(point => point with { RelativeL2 = error })] };

                    Assert.All(
                        [cut, cut with { Sizes = null }, cut with { TermTraits = [] }, cut with { Sizes = null, TermTraits = [] }, cut with { SettledOn = "mean" }],
                        record => Assert.All(TrialDiagnosis.Of(record), symptom => Assert.NotEmpty(symptom.Finding)));
                }
            }
        }
    }

    [Fact]
    public void A_record_of_a_version_that_did_not_measure_sizes_has_none_of_these() => Assert.Empty(TrialDiagnosis.Of(Made(Usual with { Asked = 100 }) with { Sizes = null }));

    /// <summary>Twenty evaluations of a trial that stalls at 30 % with a residual of 10 % of its scale and conditions of 12 %.</summary>
    private static TrialResult Made(params ImmutableArray<OutputSize> outputs) => new(
        new("key"), "{}", Outcome.Stalled, 2000, 10, 1, ["heat", "ends", "right"],
        [.. Enumerable.Range(0, 21).Select(i => new CurvePoint(100 * i, i, 0.3, 0.3, [0.01, 0.0144, 0.01], [1, 1, 1]))],
        ImmutableSortedDictionary<string, int>.Empty,
        new("commit", ImmutableSortedDictionary<string, string>.Empty, "machine", "fused", [], default, default))
    {
        TermTraits = [new("residual", 1), new("boundary", 1), new("boundary", 1)],
        Sizes = new(outputs, [new(1, 1), new(1, 1), new(1, 1)], [Near]),
    };
}
