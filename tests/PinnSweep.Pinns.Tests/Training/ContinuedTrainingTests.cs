using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Time;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>A training to a few steps, then on to more, is the training to more at once.</summary>
public sealed class ContinuedTrainingTests
{
    private const int Few = 20;
    private const int Many = 50;

    public static TheoryData<string, string> Methods =>
    [
        .. Each("balancer", "static", "relobralo", "ntk", "gradnorm", "self-adaptive", "rba", "brdr", "augmented-lagrangian", "random-weights", "config"),
        .. Each("sampler", "rad", "r3", "uniform"),
        .. Each("optimizer", "lbfgs", "soap", "muon", "ssbroyden", "nncg"),
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Few_steps_and_then_more_are_many_steps_bit_for_bit(string factor, string kind) => Compare(With(factor, kind, Many), Few, "auto");

    [Theory]
    [InlineData("fused")]
    [InlineData("torch")]
    public void Both_engines_go_on(string engine) => Compare(With("balancer", "relobralo", Many), Few, engine);

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(49)]
    public void The_evaluation_that_only_the_shorter_training_has_leaves_no_trace(int few)
    {
        using var shorter = Keeping(Trials.Small(few), "auto").RunToEnd();

        Compare(Trials.Small(Many), few, "auto");

        Assert.Equal(few, shorter.Curve[^1].Step);
    }

    [Fact]
    public void It_goes_on_over_several_rungs_with_its_time()
    {
        using var first = Keeping(Trials.Small(10), "auto").RunToEnd();
        using var second = GoOn(Trials.Small(25), first, "auto").RunToEnd();
        using var third = GoOn(Trials.Small(Many), second, "auto").RunToEnd();
        using var atOnce = Trials.Begin(Trials.Small(Many)).RunToEnd();

        Assert.Equal(atOnce.Digits(), third.Digits());
        Assert.True(first.Seconds < second.Seconds && second.Seconds < third.Seconds);
    }

    [Fact]
    public void Its_own_end_gives_the_result_again()
    {
        var description = Trials.Small(17);
        using var before = Keeping(description, "auto").RunToEnd();

        using var again = GoOn(description, before, "auto");

        Assert.True(again.IsFinished);
        Assert.Equal(before.Digits(), again.Digits());
        Assert.Equal(before.Outcome, again.Outcome);
    }

    [Fact]
    public void Only_the_same_training_with_more_steps_goes_on()
    {
        using var shorter = Keeping(Trials.Small(Few), "auto").RunToEnd();

        Assert.All(
            new[]
            {
                Trials.Small(Few - 1),
                Trials.Small(Many, seed: 2),
                Trials.Small(Many, learningRate: 2e-3),
                Trials.Small(Many) with { EvaluateEvery = 5 },
                Trials.Small(Many) with { ConvergedBelow = 0.5 },
                Trials.Small(Many) with { Budget = Budget.OfSeconds(1000) },
                Trials.Small(Many) with { StopWhen = new(1e8, null) },
            },
            other => Assert.Throws<InvalidDataException>(() => GoOn(other, shorter, "auto")));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(25)]
    public void A_curve_with_more_points_than_are_wanted_gives_those_that_are(int few)
    {
        // So few steps are usually evaluated after each of them; the longer training after each tenth.
        var longer = Trials.Small(Many);

        Compare(longer, longer.WithSteps(few) with { EvaluateEvery = StudyDefaults.EvaluateEvery(Budget.OfSteps(few)) }, "auto");
    }

    [Fact]
    public void Points_that_the_shorter_curve_lacks_stay_missing_and_all_else_has_its_digits()
    {
        var longer = Trials.Small(310);
        using var shorter = Keeping(longer.WithSteps(300) with { EvaluateEvery = 3 }, "auto").RunToEnd();
        using var atOnce = Trials.Begin(longer).RunToEnd();
        using var later = GoOn(longer, shorter, "auto").RunToEnd();

        Assert.Equal(atOnce.Theta.ToArray(), later.Theta.ToArray());
        Assert.Equal([.. Enumerable.Range(0, 11).Select(i => 30 * i), 310], later.Curve.Select(point => point.Step));
        Assert.Equal(atOnce.Curve.Where(point => point.Step % 30 == 0 || point.Step == 310).Select(point => point.RelativeL2), later.Curve.Select(point => point.RelativeL2));
    }

    [Fact]
    public void Where_a_rule_counts_evaluations_nothing_goes_on_that_was_evaluated_at_others()
    {
        var ruled = Trials.Small(Many) with { StopWhen = new(1e8, null) };
        using var counted = Keeping(ruled.WithSteps(Few) with { EvaluateEvery = 1 }, "auto").RunToEnd();

        Assert.Throws<InvalidDataException>(() => GoOn(ruled, counted, "auto"));
    }

    [Fact]
    public void In_mid_training_nobody_else_goes_on()
    {
        using var shorter = Trials.Begin(Trials.Small(Few));
        shorter.Take(7);
        using var longer = Trials.Begin(Trials.Small(Many));

        Assert.Throws<InvalidDataException>(() => longer.Load(shorter.Saved()));
    }

    [Fact]
    public void A_budget_in_stages_is_divided_anew_and_does_not_go_on()
    {
        var time = MethodLevels.Of(TimeWindows.Entry.Method, ("count", 2));
        using var shorter = Keeping(Trials.Small(Few, time: time), "auto").RunToEnd();

        Assert.Throws<InvalidDataException>(() => GoOn(Trials.Small(Many, time: time), shorter, "auto"));
    }

    [Fact]
    public void Nothing_is_kept_unasked_nor_of_a_training_that_diverged()
    {
        using var unasked = Trials.Begin(Trials.Small(Few)).RunToEnd();
        using var diverged = Keeping(Trials.Small(Few, learningRate: 1e300), "auto").RunToEnd();

        Assert.Null(unasked.Final);
        Assert.True(diverged.IsDiverged);
        Assert.Null(diverged.Final);
    }

    [Fact]
    public void What_is_longer_than_wanted_is_not_kept()
    {
        using var whole = Keeping(Trials.Small(Few), "auto").RunToEnd();
        var length = whole.Final!.Length;
        using var fits = new TrainingLoop(PinnTrials.Assemble(Trials.Small(Few), "auto"), TimeProvider.System) { KeepsFinal = true, LongestFinal = length };
        using var isOver = new TrainingLoop(PinnTrials.Assemble(Trials.Small(Few), "auto"), TimeProvider.System) { KeepsFinal = true, LongestFinal = length - 1 };

        Assert.Equal(length, fits.RunToEnd().Final!.Length);
        Assert.Null(isOver.RunToEnd().Final);
        Assert.Equal(fits.Digits(), isOver.Digits());
    }

    private static IEnumerable<(string, string)> Each(string factor, params string[] kinds) => kinds.Select(kind => (factor, kind));

    private static TrialDescription With(string factor, string kind, int steps)
    {
        var description = Trials.Small(steps);
        var levels = description.Levels;
        return description with
        {
            Levels = factor switch
            {
                "balancer" => Trials.Small(steps, balancer: MethodLevels.Of(BalancerCatalog.Find(kind).Method)).Levels,
                "sampler" => levels with { Sampler = Sampler(kind) },
                _ => levels with { Optimizer = MethodLevels.Of(OptimizerCatalog.Find(kind).Method) },
            },
        };
    }

    private static Level Sampler(string kind) => MethodLevels.Of(
        SamplerCatalog.All.Single(entry => entry.Method.Kind == kind).Method,
        [("interior", 60), ("boundary", 20), ("initial", 15), .. kind == "r3" ? Array.Empty<(string, object)>() : [(kind == "uniform" ? "resample_every" : "every", 6)]]);

    internal static TrainingLoop Keeping(TrialDescription description, string engine) => new(PinnTrials.Assemble(description, engine), TimeProvider.System) { KeepsFinal = true };

    internal static TrainingLoop GoOn(TrialDescription description, TrainingLoop from, string engine)
    {
        var longer = Keeping(description, engine);
        try
        {
            longer.Load(new MemoryStream(from.Final!));
            return longer;
        }
        catch (InvalidDataException)
        {
            longer.Dispose();
            throw;
        }
    }

    private static void Compare(TrialDescription description, int few, string engine) => Compare(description, description.WithSteps(few), engine);

    internal static void Compare(TrialDescription description, TrialDescription shorterOne, string engine)
    {
        using var atOnce = Trials.Begin(description, engine).RunToEnd();
        using var shorter = Keeping(shorterOne, engine).RunToEnd();
        using var longer = GoOn(description, shorter, engine).RunToEnd();

        Assert.Equal(shorterOne.Budget.Steps, shorter.Step);
        Assert.True(shorter.Trial.MayGoOn);
        Assert.Equal(atOnce.Theta.ToArray(), longer.Theta.ToArray());
        Assert.Equal(atOnce.Digits(), longer.Digits());
        Assert.Equal(atOnce.Outcome, longer.Outcome);
        Assert.Equal(atOnce.Trial.Events.Counts, longer.Trial.Events.Counts);
        Assert.Equal(WithoutTime(atOnce), WithoutTime(longer));
    }

    /// <summary>The whole result but for times.</summary>
    private static string WithoutTime(TrainingLoop training) => System.Text.Json.JsonSerializer.Serialize(
        training.Result(Trials.Evidence) is var result ? result with { Seconds = 0, Curve = [.. result.Curve.Select(point => point with { Seconds = 0 })] } : null,
        PinnSweep.Studies.Messages.TrainerProtocol.Json);
}
