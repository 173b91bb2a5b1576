using System.Collections.Immutable;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Methods.Time;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>Small trials that train in well under a second.</summary>
internal static class Trials
{
    public static TrialDescription Small(
        int steps = 40,
        Precision precision = Precision.Float64,
        Level? balancer = null,
        double? resampleEvery = null,
        Level? problem = null,
        double learningRate = 1e-3,
        long seed = 1,
        double convergedBelow = 1e-2,
        Level? time = null) => new(
        new(
            problem ?? MethodLevels.Of(Diffusion.Entry.Method),
            MethodLevels.Of(Mlp.Entry.Method, ("hidden", new[] { 10, 10 })),
            balancer ?? MethodLevels.Of(StaticWeights.Entry.Method),
            MethodLevels.Of(
                UniformSampler.Entry.Method,
                ("interior", 60),
                ("boundary", 20),
                ("initial", 15),
                ("resample_every", resampleEvery is { } every ? every : (object)SpecValue.None.Value)),
            OptimizerFor(balancer, learningRate),
            time ?? MethodLevels.Of(AllAtOnce.Entry.Method),
            precision),
        seed,
        Budget.OfSteps(steps),
        EvaluateEvery: 10,
        convergedBelow);

    /// <summary>Who trained what, for results of which only the numbers matter.</summary>
    public static Evidence Evidence { get; } = new("commit", ImmutableSortedDictionary<string, string>.Empty, "machine", "fused", [], default, default);

    public static TrainingLoop Begin(TrialDescription description, string engine = "auto", TimeProvider? clock = null) =>
        new(PinnTrials.Assemble(description, engine), clock ?? TimeProvider.System);

    /// <summary>The training until its end; its result is made too, as of every trial.</summary>
    public static TrainingLoop RunToEnd(this TrainingLoop training)
    {
        while (!training.IsFinished)
        {
            training.Advance();
        }

        Assert.Equal(training.Trial.Problem.Terms.Length, training.Result(Evidence).Terms.Length);
        return training;
    }

    public static void Take(this TrainingLoop training, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            training.Advance();
        }
    }

    /// <summary>A training that goes on from what another saved after so many steps.</summary>
    public static TrainingLoop Resumed(TrialDescription description, int steps)
    {
        using var before = Begin(description);
        before.Take(steps);
        var after = Begin(description);
        after.Load(before.Saved());
        return after;
    }

    public static MemoryStream Saved(this TrainingLoop training)
    {
        var stream = new MemoryStream();
        training.Save(stream);
        stream.Position = 0;
        return stream;
    }

    /// <summary>The curve as text, times apart.</summary>
    public static string[] Digits(this TrainingLoop training) =>
        [.. training.Curve.Select(point => string.Join(' ', [point.Step, point.RelativeL2, point.MaxError, .. point.Losses, .. point.Weights]))];

    /// <summary>Adam, or plain gradient descent under a balancer that scales its direction itself.</summary>
    private static Level OptimizerFor(Level? balancer, double learningRate) => MethodLevels.Of(
        balancer?.Kind is "m-config" or "multiadam" ? GradientDescent.Entry.Method : Adam.Entry.Method,
        ("lr", learningRate));
}
