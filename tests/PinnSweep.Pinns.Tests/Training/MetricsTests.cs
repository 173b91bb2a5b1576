using System.Collections.Immutable;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Methods.Networks;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.ProblemFiles;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training.Evaluations;
using PinnSweep.Training.Results;
using PinnSweep.Training.Steps;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>What is measured beside losses and the error on the test grid.</summary>
public sealed class MetricsTests
{
    [Fact]
    public void Every_condition_has_its_error_and_training_lowers_it()
    {
        using var training = Trials.Begin(Trials.Small(steps: 300, learningRate: 1e-2) with { EvaluateEvery = 300 }).RunToEnd();

        Assert.Equal(["constraint/boundary", "constraint/initial", "residual_l2"], training.Curve[0].Metrics.Keys);
        Assert.All(training.Curve[0].Metrics, metric => Assert.True(training.Curve[^1].Metrics[metric.Key] < metric.Value));
    }

    [Fact]
    public void The_residual_of_a_problem_is_the_root_of_the_sum_over_its_terms_relative_to_their_scales()
    {
        var u = Expr.OutputOf(0, 2);
        var problem = new Problem(
            [new("x", 0, 1), new("y", 0, 1)],
            ["u"],
            [LossTerm.Equation(u - 1.0, 2), LossTerm.Boundary("edge", Box.SidesOf(0), u.Value, 0.5), LossTerm.Data([0.5, 0.5], u - 4.0, 10)],
            (_, values) => values[0] = double.NaN);
        var network = Mlp.Entry.Create(MethodLevels.Of(Mlp.Entry.Method, ("hidden", new[] { 4 })), problem, 1);
        using var engine = JetEngines.Create("fused", network, Precision.Float64, 0);
        using var errors = new ResidualErrors(problem, engine);
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var theta = new double[network.ParameterCount];

        // All weights are zero and the head's bias is 3, so u = 3 everywhere and the residuals are 2, 3 and -1.
        theta[^1] = 3;
        engine.SetParameters(theta);
        errors.Measure(metrics);

        Assert.Equal(3 / 0.5, metrics["constraint/edge"], 1e-12);
        Assert.Equal(Math.Sqrt(Math.Pow(2 / 2.0, 2) + Math.Pow(3 / 0.5, 2) + Math.Pow(1 / 10.0, 2)), metrics[CurvePoint.ResidualL2], 1e-12);
    }

    [Fact]
    public void Several_outputs_have_errors_of_their_own_and_a_small_one_shows()
    {
        const string Text = """
            problem: velocity-and-pressure
            coordinates: {x: [0, 1]}
            outputs: [u, p]
            equations: {eu: u_xx + pi^2*sin(pi*x), ep: p_xx + 0.01*pi^2*sin(pi*x)}
            conditions: {ends: {on: x, expression: u}, pends: {on: x, expression: p}}
            exact: {u: sin(pi*x), p: 0.01*sin(pi*x)}
            """;
        using var training = Trials.Begin(Trials.Small(steps: 10, problem: Files.Read(Text))).RunToEnd();

        // ‖u‖² and ‖p‖² are as 1 to 10⁻⁴, and the whole error is that of both together.
        var (last, metrics) = (training.Curve[^1], training.Curve[^1].Metrics);
        Assert.Equal(last.RelativeL2 * last.RelativeL2, (Math.Pow(metrics["relative_l2/u"], 2) + (1e-4 * Math.Pow(metrics["relative_l2/p"], 2))) / (1 + 1e-4), 1e-12);
        using var single = Trials.Begin(Trials.Small(steps: 1)).RunToEnd();
        Assert.DoesNotContain("relative_l2/u", single.Curve[^1].Metrics.Keys);
    }

    [Fact]
    public void The_bands_of_a_periodic_problem_add_up_to_its_error_without_the_repeated_edge()
    {
        var problem = MethodLevels.Of(Convection.Entry.Method, ("beta", 2.0));
        using var training = Trials.Begin(Trials.Small(steps: 20, problem: problem)).RunToEnd();

        var metrics = training.Curve[^1].Metrics;
        var total = Math.Sqrt(new[] { "low", "middle", "high" }.Sum(band => Math.Pow(metrics[$"spectrum/{band}"], 2)));

        // The edge, one of 101 columns, is all that differs.
        Assert.Equal(training.Curve[^1].RelativeL2, total, 0.02 * total);
        Assert.True(metrics["spectrum/low"] > metrics["spectrum/high"]);
    }

    [Theory]
    [InlineData(2, "spectrum/low")]
    [InlineData(10, "spectrum/middle")]
    [InlineData(40, "spectrum/high")]
    public void An_error_of_one_wave_number_lies_in_one_band(int wave, string band)
    {
        var problem = Convection.Entry.Create(MethodLevels.Of(Convection.Entry.Method, ("beta", 1.0)));
        var grid = problem.TestGrid();
        double[] exact = [.. grid.Where((_, i) => i % 2 == 0).Select(_ => 2.0)];
        double[] difference = [.. grid.Where((_, i) => i % 2 == 0).Select(x => 0.1 * Math.Cos(wave * x))];
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);

        ErrorSpectrum.Of(problem)!.Measure(difference, exact, 1, [0], metrics);

        Assert.All(metrics, metric => Assert.Equal(metric.Key == band ? 0.05 / Math.Sqrt(2) : 0, metric.Value, 1e-12));
    }

    [Fact]
    public void Problems_that_are_not_periodic_have_no_spectrum() => Assert.Null(ErrorSpectrum.Of(Diffusion.Entry.Create(MethodLevels.Of(Diffusion.Entry.Method))));

    [Fact]
    public void Coefficients_begin_where_the_problem_says_and_their_errors_are_relative()
    {
        using var training = Trials.Begin(Trials.Small(steps: 1, problem: MethodLevels.Of(BurgersInverse.Entry.Method, ("measurements", 50))));
        training.Advance();

        var metrics = training.Curve[0].Metrics;
        Assert.Equal(0, metrics["coefficient/advection"]);
        Assert.Equal(1, metrics["coefficient-error/advection"]);
        Assert.Equal(Math.Exp(-6), metrics["coefficient/viscosity"], 1e-15);
        Assert.Equal(Math.Abs(Math.Exp(-6) - (0.01 / Math.PI)) / (0.01 / Math.PI), metrics["coefficient-error/viscosity"], 1e-12);
    }

    [Fact]
    public void A_coefficient_is_found_from_measurements()
    {
        var problem = MethodLevels.Of(HelmholtzInverse.Entry.Method, ("a2", 1), ("k", 2.0), ("noise", 0.0), ("measurements", 100));
        var description = Trials.Small(steps: 4000, problem: problem, learningRate: 1e-2) with { EvaluateEvery = 4000 };
        description = description with { Levels = description.Levels with { Balancer = MethodLevels.Of(StaticWeights.Entry.Method, ("weights", Weights(("data", 100), ("boundary", 100)))) } };

        using var training = Trials.Begin(description).RunToEnd();

        Assert.InRange(training.Curve[^1].Metrics["coefficient-error/k-squared"], 0, 0.25);
    }

    [Fact]
    public void Metrics_survive_a_checkpoint()
    {
        var description = Trials.Small(problem: MethodLevels.Of(HelmholtzInverse.Entry.Method));
        using var before = Trials.Begin(description);
        before.Take(12);
        using var after = Trials.Begin(description);

        after.Load(before.Saved());

        Assert.Equal(before.Curve.Select(point => string.Join(' ', point.Metrics)), after.Curve.Select(point => string.Join(' ', point.Metrics)));
        Assert.NotEmpty(after.Curve[^1].Metrics);
    }

    [Fact]
    public void Measured_points_stay_while_others_are_drawn_anew()
    {
        using var training = Trials.Begin(Trials.Small(problem: MethodLevels.Of(HelmholtzInverse.Entry.Method), resampleEvery: 5));
        var sampler = training.Trial.Sampler;
        var (interior, measured) = (sampler.Points(0).ToArray(), sampler.Points(2).ToArray());
        using var probe = new ResidualProbe(training.Trial.Problem, training.Trial.Engine, () => 0);

        sampler.MoveTo(10, probe);

        Assert.Equal(training.Trial.Problem.Terms[2].MeasuredAt, measured);
        Assert.Equal(measured, sampler.Points(2).ToArray());
        Assert.NotEqual(interior, sampler.Points(0).ToArray());
        Assert.True(sampler.IsFixed(2));
    }

    [Fact]
    public void A_pressure_that_is_off_by_a_constant_is_no_error()
    {
        var problem = TaylorGreen.Entry.Create(MethodLevels.Of(TaylorGreen.Entry.Method)) with { MeasuredOutputs = [2] };
        var network = Mlp.Entry.Create(MethodLevels.Of(Mlp.Entry.Method, ("hidden", new[] { 4 })), problem, 1);
        using var engine = JetEngines.Create("fused", network, Precision.Float64, 0);
        using var grid = new TestGridError(problem, engine);
        var theta = network.Initialize(new(1, "init"));
        engine.SetParameters(theta);
        var before = grid.Measure();

        // The last parameter is the head's bias of the last output, the pressure.
        theta[^1] += 7;
        engine.SetParameters(theta);

        Assert.Equal(before.RelativeL2, grid.Measure().RelativeL2, 1e-9);
    }

    [Fact]
    public void A_result_carries_the_floor_of_its_yardstick()
    {
        using var training = Trials.Begin(Trials.Small(steps: 1)).RunToEnd();

        var result = training.Result(EvidenceOf.Trial(training.Trial, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));

        Assert.InRange(result.Floor!.Value, 1e-18, 1e-14);
    }

    private static SpecValue.Map Weights(params (string Term, double Weight)[] weights) =>
        new(weights.ToImmutableSortedDictionary(pair => pair.Term, SpecValue (pair) => new SpecValue.Number(pair.Weight), StringComparer.Ordinal));
}
