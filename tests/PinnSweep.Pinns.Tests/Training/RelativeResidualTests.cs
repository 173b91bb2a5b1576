using System.Collections.Immutable;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Networks;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.ProblemFiles;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Trials;
using PinnSweep.Training.Evaluations;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>How outcomes are judged where no solution is known.</summary>
public sealed class RelativeResidualTests
{
    /// <summary>
    /// The same rod and the same wave in several units: factors on equations and conditions, lengths in millimetres, another zero of u.
    /// </summary>
    public static TheoryData<string, string> OtherUnits => new()
    {
        { Rod("{p: u_xx + pi^2*sin(pi*x)}", "{ends: {on: x, expression: u - 5}}"), Rod("{p: 1e-4*(u_xx + pi^2*sin(pi*x))}", "{ends: {on: x, expression: 1e-4*(u - 5)}}") },
        { Rod("{p: u_xx + pi^2*sin(pi*x)}", "{ends: {on: x, expression: u - 5}}"), Rod("{p: 1e6*u_xx = -1e6*pi^2*sin(pi*x)}", "{ends: {on: x, expression: 1e-4*u = 5e-4}}") },
        { Rod("{p: u_xx + pi^2*sin(pi*x)}", "{ends: {on: x, expression: u - 5}}"), Rod("{p: u_xx + 1e-6*pi^2*sin(pi*x/1000)}", "{ends: {on: x, expression: u - 5}}", length: 1000) },
        { Rod("{p: u_xx}", "{left: {on: x-lower, expression: u = 0}, right: {on: x-upper, expression: u = 1}}"), Rod("{p: u_xx/1e4}", "{left: {on: x-lower, expression: u = 0}, right: {on: x-upper, expression: u = 1}}", length: 1000) },
        { Rod("{p: u_xx - 3*u_x}", "{left: {on: x-lower, expression: u}, right: {on: x-upper, expression: u_x = 2}}"), Rod("{p: (u_xx - 0.003*u_x)*7}", "{left: {on: x-lower, expression: u}, right: {on: x-upper, expression: u_x = 0.002}}", length: 1000) },
    };

    [Theory]
    [MemberData(nameof(OtherUnits))]
    public void Units_of_equations_conditions_and_lengths_change_nothing(string text, string other)
    {
        foreach (var head in new[] { 0.3, 4.0 })
        {
            Assert.Equal(Measure(text, head), Measure(other, head), 1e-6 * Measure(text, head));
        }
    }

    [Theory]
    [InlineData("1e-4*(u_xx + pi^2*sin(pi*x))", "1e-4*(u - 5)")]
    [InlineData("1e-12*u_xx + 1e-12*pi^2*sin(pi*x)", "1e-9*u = 5e-9")]
    public void Small_units_do_not_converge_at_once(string equation, string condition)
    {
        using var training = Trials.Begin(Trials.Small(steps: 1, convergedBelow: 0.1, problem: Files.Read(Rod($"{{p: {equation}}}", $"{{ends: {{on: x, expression: {condition}}}}}") + "\nscale: none"))).RunToEnd();

        Assert.Equal(Outcome.Stalled, training.Outcome);
        Assert.True(training.Curve[^1].Metrics[CurvePoint.ResidualL2] < 0.1);
        Assert.InRange(training.Curve[^1].Metrics[CurvePoint.ResidualRelative], 0.5, 2);
    }

    [Theory]
    [InlineData("u_xx + pi^2*sin(pi*x)", "u - 5")]
    [InlineData("1e-4*(u_xx + pi^2*sin(pi*x))", "1e-4*(u - 5)")]
    [InlineData("1e5*(u_xx + pi^2*sin(pi*x))", "1e5*(u - 5)")]
    public void A_problem_that_is_solved_is_converged_in_any_units(string equation, string condition)
    {
        var small = Trials.Small(steps: 150, convergedBelow: 0.1, problem: Files.Read(Rod($"{{p: {equation}}}", $"{{ends: {{on: x, expression: {condition}}}}}")));
        var description = small with
        {
            EvaluateEvery = 150,
            Levels = small.Levels with { Optimizer = LevelText.Parse(Factor.Optimizer, "levenberg-marquardt", PinnCatalog.Instance, "test") },
        };

        using var training = Trials.Begin(description).RunToEnd();

        Assert.Equal(Outcome.Converged, training.Outcome);
        Assert.InRange(training.Curve[^1].Metrics[CurvePoint.ResidualRelative], 0, 0.02);
    }

    [Fact]
    public void The_measure_is_the_largest_residual_relative_to_the_parts_of_its_term()
    {
        // u = 3 x + c: in u_x − 5 the parts are 3 and 5; on the sides u is c and 3 + c where 1 is wanted.
        var problem = Files.Problem(Rod("{p: u_x - 5}", "{ends: {on: x, expression: u - 1}}"));

        // 2 of √34; S is the larger of |1| and 3/√12; the residuals are −0.9 and 2.1.
        Assert.Equal(Math.Sqrt(((0.9 * 0.9) + (2.1 * 2.1)) / 2), MeasureLine(problem, 3, 0.1), 0.01);
        Assert.Equal(2 / Math.Sqrt(34), MeasureLine(Files.Problem(Rod("{p: u_x - 5}", "{left: {on: x-lower, expression: u - 1}}")), 3, 1), 1e-12);
    }

    [Fact]
    public void A_factor_is_multiplied_into_derivatives_and_not_into_differences_of_values()
    {
        Assert.Equal(3, Of("1e-4*(u_t - 2*u_xx) = x").Count);
        Assert.Equal(2, Of("u_t = -3*(u - 300)").Count);
        Assert.Equal(2, Of("1e-4*(u - 5)").Count);
        Assert.Equal(2, Of("-(u_xx + 2)/7").Count);
        Assert.Single(Of("x*u_xx = 0"));
        Assert.Equal(3, Of("u_t + u*u_x = u_xx").Count);

        static IReadOnlyList<Expr> Of(string text) => Summands.Of(ExpressionParser.ParseResidual(text, new(["x", "t"], ["u"], ImmutableSortedDictionary<string, double>.Empty, [])));
    }

    [Fact]
    public void Results_of_versions_without_the_measure_go_by_the_one_they_have()
    {
        var point = new CurvePoint(1, 0, double.NaN, double.NaN, [], []) { Metrics = ImmutableSortedDictionary<string, double>.Empty.Add(CurvePoint.ResidualL2, 0.3) };

        Assert.Equal(0.3, point.Yardstick());
        Assert.Equal(0.2, (point with { Metrics = point.Metrics.Add(CurvePoint.ResidualRelative, 0.2) }).Yardstick());
        Assert.Equal(0.1, (point with { RelativeL2 = 0.1 }).Yardstick());
    }

    [Fact]
    public void A_network_in_an_ansatz_is_measured_as_the_solution_that_it_is()
    {
        var text = Rod("{p: u_xx + pi^2*sin(pi*x)}", "{ends: {on: x, expression: u - 5}}") + "\nhard: {u: {lift: 5, multiplier: x*(1 - x)}}";
        var stated = Files.Problem(text);
        var hard = HardConstraint.Apply(stated);

        // N = π² leaves u'' = −2π², so the residual is π² (sin πx − 2) and the parts π² sin πx and −2π²: √((4.5 − 8/π) / 4.5).
        Assert.Equal(Math.Sqrt((4.5 - (8 / Math.PI)) / 4.5), MeasureLine(hard, 0, Math.PI * Math.PI, stated), 0.02);
    }

    private static string Rod(string equations, string conditions, double length = 1) => FormattableString.Invariant($$"""
        problem: rod
        coordinates: {x: [0, {{length}}]}
        equations: {{equations}}
        conditions: {{conditions}}
        """);

    /// <summary>
    /// The measure of some network of normalized coordinates, which is the same function of the place whatever the unit of length.
    /// </summary>
    private static double Measure(string text, double head)
    {
        var problem = Files.Problem(text);
        var network = PinnCatalog.Network(MethodLevels.Of(Mlp.Entry.Method, ("hidden", new[] { 6 })), problem, 1);
        var theta = network.Initialize(new(1, "init"));
        theta[^1] = head;
        return Measure(problem, network, theta, problem);
    }

    /// <summary>The measure of u = slope x + offset.</summary>
    private static double MeasureLine(Problem problem, double slope, double offset, Problem? stated = null)
    {
        var builder = new NetworkBuilder([0], [1], normalise: false);
        var weight = builder.Parameters("weight", 1, BlockRole.Weight, Initializers.Normal(0, 1));
        var bias = builder.Parameters("bias", 1, BlockRole.Bias, Initializers.Normal(0, 1));
        builder.Add(new Node.Dense(NetworkBuilder.Input, 1, weight, bias));
        return Measure(problem, builder.Build(), [slope, offset], stated ?? problem);
    }

    private static double Measure(Problem problem, NetworkGraph network, double[] theta, Problem stated)
    {
        using var engine = JetEngines.Create("fused", network, Precision.Float64, 0);
        using var errors = new ResidualErrors(problem, engine, stated);
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        engine.SetParameters(theta);
        errors.Measure(metrics);
        return metrics[CurvePoint.ResidualRelative];
    }
}
