using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Events;
using PinnSweep.Methods.Time;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;
using PinnSweep.Training;
using PinnSweep.Training.Results;

namespace PinnSweep.Pinns.Tests.Training;

public sealed class OutcomeTests
{
    [Fact]
    public void A_network_that_fits_is_converged()
    {
        using var training = Begin(Fit(x => 0.3 * x), convergedBelow: 0.05, steps: 2000).RunToEnd();

        Assert.Equal(Outcome.Converged, training.Outcome);
    }

    [Fact]
    public void A_budget_that_ends_early_is_stalled()
    {
        using var training = Begin(Fit(x => Math.Sin(3 * x)), convergedBelow: 1e-9, steps: 300).RunToEnd();

        Assert.Equal(Outcome.Stalled, training.Outcome);
    }

    [Fact]
    public void A_network_that_settles_on_a_constant_is_trivial()
    {
        // The residual asks for zero, the yardstick is a sine: what the collapse of a reaction equation looks like.
        var problem = Fit(_ => 0) with { Exact = (point, values) => values[0] = Math.Sin(Math.PI * point[0]) };

        using var training = Begin(problem, convergedBelow: 1e-2, steps: 2000).RunToEnd();

        Assert.Equal(Outcome.Trivial, training.Outcome);
    }

    [Fact]
    public void A_constant_solution_that_is_found_is_not_trivial()
    {
        using var training = Begin(Fit(_ => 1), convergedBelow: 1e-9, steps: 500).RunToEnd();

        Assert.Equal(Outcome.Stalled, training.Outcome);
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void A_loss_that_overflows_is_diverged_and_the_curve_stays_finite(Precision precision)
    {
        var u = Expr.OutputOf(0, 2);
        var problem = Fit(_ => 0);
        problem = problem with { Terms = [problem.Terms[0] with { Residual = Expr.Exp(1000 * Expr.Exp(Expr.Coordinate(0) + u.Value)) }] };

        using var training = Begin(problem, convergedBelow: 1e-2, steps: 100, precision).RunToEnd();

        Assert.Equal(Outcome.Diverged, training.Outcome);
        Assert.Equal(0, training.Step);
        Assert.All(training.Curve, point => Assert.True(double.IsFinite(point.RelativeL2)));
    }

    [Fact]
    public void A_learning_rate_that_explodes_ends_the_trial_as_diverged()
    {
        using var training = Trials.Begin(Trials.Small(steps: 500, learningRate: 1e308)).RunToEnd();

        Assert.Equal(Outcome.Diverged, training.Outcome);
        Assert.InRange(training.Step, 0, 499);
    }

    [Fact]
    public void A_result_survives_its_file()
    {
        using var training = Trials.Begin(Trials.Small(steps: 10)).RunToEnd();
        var result = training.Result(EvidenceOf.Trial(training.Trial, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));

        var read = JsonSerializer.Deserialize<TrialResult>(JsonSerializer.Serialize(result, TrainerProtocol.Json), TrainerProtocol.Json)!;

        Assert.Equal(result.Key, read.Key);
        Assert.Equal(result.Final.Losses, read.Final.Losses);
        Assert.Equal(result.Evidence.Streams, read.Evidence.Streams);
        Assert.Equal(["residual", "boundary", "initial"], read.Terms);
        Assert.Equal(result.Key, TrialDescription.Parse(read.Description).Key());
    }

    /// <summary>A problem that asks for a function of x outright: one term u − f(x).</summary>
    private static Problem Fit(Func<double, double> f)
    {
        // sin, linear and constant targets all come as Chebyshev-free samples of the exact solution through a table-less expression of
        // degree 5.
        var x = Expr.Coordinate(0);
        Expr target = f(0);
        var derivatives = Taylor(f);
        for (var k = 1; k < derivatives.Length; k++)
        {
            target += derivatives[k] * Expr.Power(x, k);
        }

        return new(
            [new("x", -1, 1), new("y", -1, 1)],
            ["u"],
            [LossTerm.Equation(Expr.OutputOf(0, 2) - target, 1)],
            (point, values) => values[0] = Polynomial(derivatives, point[0]));
    }

    private static ImmutableArray<double> Taylor(Func<double, double> f) =>
        [f(0), (f(0.5) - f(-0.5)) / 1, (f(0.5) - (2 * f(0)) + f(-0.5)) * 2];

    private static double Polynomial(ImmutableArray<double> coefficients, double x) => coefficients.Reverse().Aggregate(0.0, (sum, c) => (sum * x) + c);

    private static TrainingLoop Begin(Problem problem, double convergedBelow, int steps, Precision precision = Precision.Float64)
    {
        var description = Trials.Small(steps, precision, learningRate: 1e-2, convergedBelow: convergedBelow) with { EvaluateEvery = 100 };
        var network = PinnCatalog.Network(description.Levels.Network, problem, 1);
        var engine = JetEngines.Create("auto", network, precision, 0);
        var sampler = PinnCatalog.Sampler(description.Levels.Sampler, problem, 1);
        var events = new EventCounts();
        var balancer = BalancerCatalog.Create(
            new([new(problem.Terms[0].Name, TermRole.Residual, 60, 1)], network, 0, 1e-2, [true], new(1, "balancer"), events),
            description.Levels.Balancer);
        var made = PinnTrials.Assemble(description, "auto");
        made.Release();
        return new(
            made with
            {
                Problem = problem,
                Engine = engine,
                Sampler = sampler,
                Balancer = balancer,
                Probe = new(problem, sampler, engine),
                Optimizer = PinnCatalog.Optimizer(description.Levels.Optimizer, new(network.ParameterCount, precision == Precision.Float32)),
                Events = events,
                Theta = network.Initialize(new(1, "init")),
                Target = problem,
                Stated = problem,
                Stages = Stage.Whole(problem),
            },
            TimeProvider.System);
    }
}
