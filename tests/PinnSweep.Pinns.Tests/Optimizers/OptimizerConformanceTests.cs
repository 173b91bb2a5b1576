using PinnSweep.Methods.Optimizers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Testing;

namespace PinnSweep.Pinns.Tests.Optimizers;

/// <summary>What every optimizer owes, whatever it is. One row a kind.</summary>
public sealed class OptimizerConformanceTests
{
    /// <summary>
    /// Kind, steps that suffice on Rosenbrock's valley and on the quadratic, what is left of the quadratic's loss after them, and
    /// parameters that suit such small problems. A condition of 10⁶ is what first-order methods cannot follow to the end; they must come as
    /// far as their step allows.
    /// </summary>
    private static readonly Row[] Table =
    [
        new("adam", 6000, 6000, 1e-5, ("lr", 0.1), Cosine),
        new("adam-lbfgs", 200, 300, 1e-12, ("adam_steps", 100), ("lr", 0.1)),
        new("gauss-newton-ratio", 50, 50, 1e-12),
        new("lbfgs", 100, 200, 1e-12),
        new("levenberg-marquardt", 50, 50, 1e-12),
        new("muon", 6000, 6000, 1e-3, ("lr", 0.02), Cosine),
        new("natural-gradient", 50, 50, 1e-12),
        new("nncg", 200, 50, 1e-12, ("damping", 1e-5)),
        new("phases", 200, 200, 1e-12, ("phases", Phases())),
        new("sgd", 20000, 20000, 1e-3, ("lr", 1e-3), ("momentum", 0.95)),
        new("soap", 6000, 6000, 1e-3, ("lr", 0.1), Cosine),
        new("ssbfgs", 100, 200, 1e-12),
        new("ssbroyden", 100, 200, 1e-12),
    ];

    private static (string, object) Cosine => ("cosine", new (string, object)[] { ("steps", 6000) });

    public static TheoryData<string> Kinds => [.. OptimizerCatalog.All.Select(entry => entry.Method.Kind)];

    [Fact]
    public void Every_optimizer_has_its_row() =>
        Assert.Equal(OptimizerCatalog.All.Select(entry => entry.Method.Kind), Table.Select(row => row.Kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rosenbrocks_valley_is_followed_to_its_end(string kind)
    {
        var row = Find(kind);
        var problem = new Rosenbrock();

        var theta = Run(Made.Optimizer(problem, row.Level), problem, row.Valley);

        Assert.Equal(problem.Minimum, theta, (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_ill_conditioned_quadratic_is_lowered_as_far_as_the_method_can(string kind)
    {
        var row = Find(kind);
        var problem = new IllConditioned();
        var start = problem.Evaluate(problem.Start, []);

        var theta = Run(Made.Optimizer(problem, row.Level), problem, row.Quadratic);

        Assert.InRange(problem.Evaluate(theta, []) / start, 0, row.Left);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_restored_optimizer_continues_bit_for_bit(string kind)
    {
        var row = Find(kind);
        foreach (var steps in new[] { 3, 17, 120 })
        {
            var problem = new Rosenbrock();
            IOptimizer Create() => Made.Optimizer(problem, row.Level);
            var (uninterrupted, first) = (Create(), Create());
            var (a, b) = (problem.Start, problem.Start);
            Take(uninterrupted, problem, a, steps + 25);
            Take(first, problem, b, steps);
            Take(Made.Restored(first, Create), problem, b, 25);

            Assert.Equal(a, b);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_digits(string kind)
    {
        var row = Find(kind);
        var problem = new IllConditioned();

        var first = Run(Made.Optimizer(problem, row.Level), problem, 40);
        var second = Run(Made.Optimizer(problem, row.Level), problem, 40);

        Assert.Equal(first, second);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_training_step_allocates_nothing(string kind)
    {
        foreach (var precision in Enum.GetValues<Precision>())
        {
            var description = Small(kind, precision) with { Budget = Budget.OfSteps(1000), EvaluateEvery = 1000 };
            using var training = Trials.Begin(description);
            training.Take(40);

            Assert.Equal(0, Allocations.Of(() => training.Take(20)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_resumed_training_equals_an_uninterrupted_one_bit_for_bit_with_points_that_change(string kind)
    {
        foreach (var precision in Enum.GetValues<Precision>())
        {
            var description = Small(kind, precision, resampleEvery: 6);
            using var uninterrupted = Trials.Begin(description).RunToEnd();
            using var after = Trials.Resumed(description, 17).RunToEnd();

            Assert.Equal(uninterrupted.Theta.ToArray(), after.Theta.ToArray());
            Assert.Equal(uninterrupted.Digits(), after.Digits());
            Assert.Equal(uninterrupted.Trial.Events.Counts, after.Trial.Events.Counts);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_training_lowers_the_loss_in_both_precisions(string kind)
    {
        foreach (var precision in Enum.GetValues<Precision>())
        {
            using var training = Trials.Begin(Small(kind, precision)).RunToEnd();

            Assert.NotEqual(Outcome.Diverged, training.Outcome);
            Assert.True(training.Curve[^1].Losses.Sum() < training.Curve[0].Losses.Sum(), $"{kind} in {precision}");
            if (precision == Precision.Float32)
            {
                Assert.All(training.Theta.ToArray(), value => Assert.Equal((float)value, value));
            }
        }
    }

    private static Row Find(string kind) => Table.Single(row => row.Kind == kind);

    internal static TrialDescription Small(string kind, Precision precision, double? resampleEvery = null)
    {
        var description = Trials.Small(steps: 40, precision: precision, resampleEvery: resampleEvery);
        var level = kind switch
        {
            "adam-lbfgs" => Made.Level(kind, ("adam_steps", 10)),
            "phases" => Made.Level(kind, ("phases", Phases(adamSteps: 10))),
            _ => Made.Level(kind),
        };
        return description with { Levels = description.Levels with { Optimizer = level } };
    }

    private static SpecValue.List Phases(int adamSteps = 100) => new(
    [
        new SpecValue.Map(Made.Level("adam", ("lr", 0.1)).ToMap().Entries.SetItem("steps", new SpecValue.Number(adamSteps))),
        new SpecValue.Map(Made.Level("ssbroyden").ToMap().Entries.SetItem("steps", SpecValue.None.Value)),
    ]);

    private static double[] Run(IOptimizer optimizer, LeastSquares problem, int steps)
    {
        var theta = problem.Start;
        Take(optimizer, problem, theta, steps);
        return theta;
    }

    private static void Take(IOptimizer optimizer, LeastSquares problem, double[] theta, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            problem.Step(optimizer, theta);
        }
    }

    private sealed record Row(string Kind, int Valley, int Quadratic, double Left, params (string, object)[] Parameters)
    {
        public Level Level => Made.Level(Kind, Parameters);
    }
}
