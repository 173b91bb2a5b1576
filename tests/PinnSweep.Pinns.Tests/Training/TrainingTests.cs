using Microsoft.Extensions.Time.Testing;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Time;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Problems.Equations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Testing;
using PinnSweep.Training;
using PinnSweep.Training.Results;
using PinnSweep.Training.Steps;

namespace PinnSweep.Pinns.Tests.Training;

public sealed class TrainingTests
{
    [Fact]
    public void The_curve_begins_before_the_first_step_and_ends_after_the_last()
    {
        using var training = Trials.Begin(Trials.Small(steps: 25)).RunToEnd();

        Assert.Equal([0, 10, 20, 25], training.Curve.Select(point => point.Step));
        Assert.All(training.Curve, point => Assert.Equal(3, point.Losses.Length));
        Assert.All(training.Curve, point => Assert.Equal([1, 1, 1], point.Weights));
    }

    [Fact]
    public void Training_lowers_the_loss()
    {
        using var training = Trials.Begin(Trials.Small(steps: 200, learningRate: 5e-3)).RunToEnd();

        Assert.True(training.Curve[^1].Losses.Sum() < 0.5 * training.Curve[0].Losses.Sum());
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void The_same_seed_gives_the_same_digits(Precision precision)
    {
        using var first = Trials.Begin(Trials.Small(precision: precision, resampleEvery: 7)).RunToEnd();
        using var second = Trials.Begin(Trials.Small(precision: precision, resampleEvery: 7)).RunToEnd();
        using var other = Trials.Begin(Trials.Small(precision: precision, resampleEvery: 7, seed: 2)).RunToEnd();

        Assert.Equal(first.Digits(), second.Digits());
        Assert.NotEqual(first.Digits(), other.Digits());
    }

    [Fact]
    public void Every_balancer_begins_with_the_same_weights_and_points()
    {
        // One adds terms of its own to the loss, and its first losses are more.
        var starts = BalancerCatalog.Single.Select(entry =>
        {
            using var training = Trials.Begin(Trials.Small(steps: 1, balancer: MethodLevels.Of(entry.Method)));
            training.Advance();
            return (training.Curve[0].RelativeL2, string.Join(' ', training.Curve[0].Losses));
        });

        Assert.Single(starts.Distinct());
    }

    [Fact]
    public void The_record_of_a_trial_with_causal_weights_carries_the_notice()
    {
        using var training = Trials.Begin(Trials.Small(steps: 1, time: MethodLevels.Of(CausalWeights.Entry.Method))).RunToEnd();
        using var plain = Trials.Begin(Trials.Small(steps: 1)).RunToEnd();

        var result = training.Result(EvidenceOf.Trial(training.Trial, default, default));

        Assert.Equal([CausalWeights.Entry.Method.Notice!], result.Notices);
        Assert.Empty(plain.Result(EvidenceOf.Trial(plain.Trial, default, default)).Notices);
    }

    [Fact]
    public void Parameters_are_single_precision_numbers_in_float32()
    {
        using var training = Trials.Begin(Trials.Small(steps: 3, precision: Precision.Float32)).RunToEnd();

        Assert.All(training.Theta.ToArray(), value => Assert.Equal((float)value, value));
    }

    [Fact]
    public void A_gradient_matches_the_loss_by_central_differences()
    {
        var description = Trials.Small();
        using var training = Trials.Begin(description);
        using var passes = new TermPasses(training.Trial.Problem, training.Trial.Engine, training.Theta.Length);
        passes.TakePoints(training.Trial.Sampler, null);
        var theta = training.Theta.ToArray();
        double[] Losses()
        {
            training.Trial.Engine.SetParameters(theta);
            passes.Forward();
            return passes.Losses.ToArray();
        }

        training.Trial.Engine.SetParameters(theta);
        passes.ForwardAndReverse(theta, training.Trial.Balancer, []);
        var gradients = passes.Gradients.ToArray();
        const double Step = 1e-5;
        foreach (var i in new[] { 0, 7, 35, 100, theta.Length - 1 })
        {
            var value = theta[i];
            theta[i] = value + Step;
            var right = Losses();
            theta[i] = value - Step;
            var left = Losses();
            theta[i] = value;
            for (var k = 0; k < right.Length; k++)
            {
                Assert.Equal((right[k] - left[k]) / (2 * Step), gradients[(k * theta.Length) + i], 1e-6 * Math.Max(1, Math.Abs(gradients[(k * theta.Length) + i])));
            }
        }
    }

    [Theory]
    [InlineData("fused")]
    [InlineData("torch")]
    public void Terms_that_share_points_give_the_same_direction_from_one_reverse_pass(string engine)
    {
        var description = Trials.Small(problem: MethodLevels.Of(Kovasznay.Entry.Method));
        using var training = Trials.Begin(description, engine);
        var theta = training.Theta.ToArray();
        using var passes = new TermPasses(training.Trial.Problem, training.Trial.Engine, theta.Length);
        passes.TakePoints(training.Trial.Sampler, null);
        double[] weights = [.. Enumerable.Range(0, passes.Terms).Select(k => 1 + (0.5 * k))];
        var (expected, actual) = (new double[theta.Length], new double[theta.Length]);
        training.Trial.Engine.SetParameters(theta);

        passes.ForwardAndReverse(theta, training.Trial.Balancer, []);
        Flat.WeightedSum(weights, passes.Gradients, expected);
        var separateLosses = passes.Losses.ToArray();
        passes.ForwardAndReverse(theta, training.Trial.Balancer, weights);
        passes.Direction(weights, actual);

        Assert.Equal(separateLosses, passes.Losses.ToArray());
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(a)));
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void A_step_allocates_nothing(Precision precision)
    {
        using var training = Trials.Begin(Trials.Small(steps: 1000, precision: precision) with { EvaluateEvery = 1000 });
        training.Take(50);

        Assert.Equal(0, Allocations.Of(() => training.Take(50)));
    }

    [Theory]
    [MemberData(nameof(ProblemTests.Kinds), MemberType = typeof(ProblemTests))]
    public void Every_problem_trains_in_both_precisions(string kind)
    {
        var level = MethodLevels.Of(ProblemCatalog.All.Single(entry => entry.Method.Kind == kind).Method);
        foreach (var precision in Enum.GetValues<Precision>())
        {
            using var training = Trials.Begin(Trials.Small(steps: 30, precision: precision, problem: level) with { EvaluateEvery = 30 }).RunToEnd();

            Assert.Equal(30, training.Step);
            Assert.NotEqual(Outcome.Diverged, training.Outcome);
            Assert.True(Total(training.Curve[1]) < Total(training.Curve[0]), $"{kind} in {precision}");
        }

        static double Total(CurvePoint point) => point.Losses.Sum();
    }

    public static TheoryData<string, string> KindsAndEngines => [.. ProblemCatalog.All.SelectMany(entry => new[] { "fused", "torch" }.Select(engine => (entry.Method.Kind, engine)))];

    [Theory]
    [MemberData(nameof(KindsAndEngines))]
    public void Every_problem_trains_200_steps_without_a_number_that_is_not_finite(string kind, string engine)
    {
        var description = Trials.Small(steps: 200, precision: Precision.Float32, problem: MethodLevels.Of(ProblemCatalog.All.Single(entry => entry.Method.Kind == kind).Method));
        description = description with { EvaluateEvery = 200, Levels = description.Levels with { Network = MethodLevels.Of(Mlp.Entry.Method, ("hidden", new[] { 8 })) } };

        using var training = Trials.Begin(description, engine).RunToEnd();

        Assert.Equal(200, training.Step);
        Assert.NotEqual(Outcome.Diverged, training.Outcome);
        Assert.All(training.Curve, point => Assert.All([point.RelativeL2, point.MaxError, .. point.Losses, .. point.Metrics.Values], number => Assert.True(double.IsFinite(number))));
    }

    [Fact]
    public void A_budget_of_seconds_counts_training_time_alone()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        using var training = Trials.Begin(Trials.Small() with { Budget = Budget.OfSeconds(12), EvaluateEvery = 1 }, clock: clock).RunToEnd();

        Assert.Equal(12, training.Step);
        Assert.Equal(12, training.Seconds);
    }

    [Fact]
    public void Create_refuses_levels_that_do_not_fit()
    {
        var rough = Trials.Small();
        rough = rough with { Levels = rough.Levels with { Network = rough.Levels.Network.With("activation", new SpecValue.Text("relu")) } };

        var mistake = Assert.Throws<UserMistakeException>(() => PinnTrials.Assemble(rough, "auto"));

        Assert.Contains("order 2", mistake.Message, StringComparison.Ordinal);
    }
}
