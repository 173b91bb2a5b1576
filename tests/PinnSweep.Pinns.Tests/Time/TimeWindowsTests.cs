using System.Collections.Immutable;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Time;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Training.Evaluations;

namespace PinnSweep.Pinns.Tests.Time;

/// <summary>Two windows of time, 0 to 0.5 and 0.5 to 1, on networks whose values are known without training.</summary>
public sealed class TimeWindowsTests
{
    private static readonly OutputExpr U = Expr.OutputOf(0, 2);

    [Fact]
    public void A_window_has_its_part_of_the_time_and_the_initial_conditions_are_those_at_its_beginning()
    {
        var (first, second) = Pair(Problem());

        Assert.Equal((0, 0.5), (first.Axes[1].Lower, first.Axes[1].Upper));
        Assert.Equal((0.5, 1), (second.Axes[1].Lower, second.Axes[1].Upper));
        Assert.Equal(Problem().Terms[0], second.Terms[0]);
        Assert.Equal(["residual", "initial", "initial-velocity"], second.Terms.Select(term => term.Name));
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.75)]
    public void The_initial_condition_of_the_second_window_is_the_first_network_at_the_border(double x)
    {
        var (_, second) = Pair(Problem());
        double[] border = [x, 0.5];

        // The first network is u = 4 z with z = 4 t - 1 on its window, so u = 4 and u_t = 16 at the border. The conditions are 2 u -
        // (prescribed) and x u_t - (prescribed).
        Assert.Equal(2 * (7 - 4), Residual(second.Terms[1], border, value: 7, velocity: double.NaN), 1e-12);
        Assert.Equal(x * (11 - 16), Residual(second.Terms[2], border, value: double.NaN, velocity: 11), 1e-12);
        Assert.Equal(0, Residual(second.Terms[1], border, value: 4, velocity: double.NaN), 1e-12);
    }

    [Fact]
    public void The_values_of_the_window_before_are_the_same_one_by_one_and_together()
    {
        var (_, second) = Pair(Problem());
        var known = ((Expr.Binary)second.Terms[1].Residual).Right as Expr.KnownFunction;
        double[] points = [.. Enumerable.Range(0, 300).SelectMany(i => new[] { i / 300.0, 0.5 + (i / 600.0) })];
        var together = new double[300];

        known!.Together!(points, together);

        Assert.Equal(together, points.Chunk(2).Select(point => known.Function(point)));
        Assert.Equal(2 * 4 * ((4 * points[599]) - 1), together[299], 1e-12);
    }

    [Fact]
    public void Errors_residuals_and_the_field_are_those_of_the_window_that_a_moment_is_in()
    {
        // The solution is 3 up to t = 0.5 and 5 afterwards; so is the equation's.
        var problem = new Problem(
            [new("x", 0, 1), new("t", 0, 1)],
            ["u"],
            [LossTerm.Equation(U - new Expr.KnownFunction("steps", point => point[1] <= 0.5 ? 3 : 5), 1), LossTerm.Initial(1, U - 3.0, 1)],
            (point, values) => values[0] = point[1] <= 0.5 ? 3 : 5)
        {
            TimeAxis = 1,
        };
        using var three = Constant(problem, 3);
        using var five = Constant(problem, 5);
        using var grid = new TestGridError(problem, three);
        using var errors = new ResidualErrors(problem, three);

        // Before any window ends the network in training is the whole solution.
        Assert.Equal(2, grid.Measure().MaxError, 1e-12);
        grid.Settle(0.5);
        errors.Settle(0.5);
        grid.Use(five);
        errors.Use(five);
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        errors.Measure(metrics);

        Assert.Equal(0, grid.Measure().MaxError, 1e-12);
        Assert.Equal(0, metrics[CurvePoint.ResidualL2], 1e-12);
        Assert.Equal(0, metrics["constraint/initial"], 1e-12);
        var field = grid.Field()!;
        Assert.Equal(SolutionField.Unpack(field.Reference), SolutionField.Unpack(field.Predicted));
    }

    [Fact]
    public void A_point_that_one_window_answers_for_keeps_its_value_when_later_ones_end()
    {
        var problem = Problem();
        var values = new SettledValues(problem, [0, 0.1, 0, 0.5, 0, 0.6, 0, 1]);
        double[] now = [9, 9, 9, 9];

        values.Settle([1, 2, 3, 4], 0.5);
        values.Settle([5, 6, 7, 8], 0.75);
        values.Apply(now);

        Assert.Equal([1, 2, 7, 9], now);
    }

    [Fact]
    public void A_later_window_begins_with_the_weights_of_the_one_before_it_or_with_fresh_ones()
    {
        using var kept = Trials.Begin(TimeConformanceTests.Describe("windows", """{"count": 2}""", "diffusion"));
        using var fresh = Trials.Begin(TimeConformanceTests.Describe("windows", """{"count": 2, "start": "fresh"}""", "diffusion"));
        var drawn = fresh.Theta.ToArray();
        kept.Take(20);
        fresh.Take(20);
        var left = kept.Theta.ToArray();

        Assert.Equal(left, kept.Trial.Next(left).Theta);
        var next = fresh.Trial.Next(fresh.Theta.ToArray()).Theta;
        Assert.NotEqual(fresh.Theta.ToArray(), next);
        Assert.NotEqual(drawn, next);
    }

    [Theory]
    [InlineData("helmholtz", "mlp", "", "the problem has no time axis")]
    [InlineData("burgers", "mlp", "hard", "the network keeps conditions by construction (hard: true); a window begins with those of the window before")]
    [InlineData("burgers-inverse", "mlp", "", "every window would find unknown coefficients of its own")]
    [InlineData("burgers", "periodic", "", null)]
    [InlineData("wave", "mlp", "", null)]
    [InlineData("taylor-green", "mlp", "", null)]
    public void Windows_serve_evolutions_that_begin_with_a_condition(string problem, string network, string option, string? expected)
    {
        var entry = PinnCatalog.Instance.Find(Factor.Network, network)!;
        var levels = TimeConformanceTests.Describe("windows", """{"count": 2}""", problem).Levels with
        {
            Balancer = MethodLevels.Of(StaticWeights.Entry.Method),
            Network = option.Length > 0 ? MethodLevels.Of(entry, (option, true)) : MethodLevels.Of(entry),
        };

        Assert.Equal(expected, PinnCatalog.Instance.WhyNotApplicable(levels));
    }

    [Fact]
    public void Conditions_that_windows_cannot_hand_on_are_named()
    {
        Assert.Equal("the problem has no initial condition to begin a window with", WhyNot(LossTerm.Boundary("ends", Box.SidesOf(0), U.Value, 1)));
        Assert.Equal("the initial condition 'initial' is not affine in the unknown functions", WhyNot(LossTerm.Initial(1, Expr.Power(U, 2), 1)));
        Assert.Equal("'final' is a condition at a moment of time and no initial one", WhyNot(LossTerm.Initial(1, U, 1), LossTerm.Boundary("final", [new(1, Upper: true)], U, 1)));
        Assert.Equal("no value of 'data' was measured in window 2 of 2", WhyNot(LossTerm.Initial(1, U, 1), LossTerm.Data([0.1, 0.2, 0.3, 0.5], U, 1)));
        Assert.Null(WhyNot(LossTerm.Initial(1, U, 1), LossTerm.Data([0.1, 0.2, 0.3, 0.6], U, 1)));
    }

    [Fact]
    public void Measured_values_stay_with_their_window_and_those_on_a_border_with_the_earlier_one()
    {
        var problem = Problem() with { Terms = [LossTerm.Initial(1, U, 1), LossTerm.Data([0.1, 0, 0.2, 0.5, 0.3, 0.6, 0.4, 1], U, 1)] };

        var (first, second) = Pair(problem);

        Assert.Equal([0.1, 0, 0.2, 0.5], first.Terms[1].MeasuredAt);
        Assert.Equal([0.3, 0.6, 0.4, 1], second.Terms[1].MeasuredAt);
    }

    [Fact]
    public void The_linear_part_leaves_out_what_the_coordinates_say_alone()
    {
        var (x, t) = (Expr.Coordinate(0), Expr.Coordinate(1));

        Assert.Equal(U.D(1), LinearPart.Of(U.D(1)));
        Assert.Equal(3.5, Value((x * U.D(1)) - Expr.Sin(t) + (U.Value / 2.0) - (-U.Value * x)));
        Assert.Equal(0, Value(Expr.Sin(x) + (t * 2)));
        Assert.Null(LinearPart.Of(U * U.D(0)));
        Assert.Null(LinearPart.Of(1.0 / U.Value));
        Assert.Null(LinearPart.Of(Expr.Exp(U)));

        // At x = 1 with u = u_t = … = 1.4: 1.4 + 0.7 + 1.4.
        static double Value(Expr expression) => Math.Round(PointValue.Of(LinearPart.Of(expression)!, [1, 0.3], _ => 1.4)!.Value, 12);
    }

    private static string? WhyNot(params ImmutableArray<LossTerm> conditions) =>
        TimeWindows.Entry.WhyNotApplicable(Levels, Problem() with { Terms = [LossTerm.Equation(U.D(1), 1), .. conditions] }, CatalogProblems.Instance);

    private static CellLevels Levels => TimeConformanceTests.Describe("windows", """{"count": 2}""", "diffusion").Levels;

    private static Problem Problem() => new(
        [new("x", 0, 1), new("t", 0, 1)],
        ["u"],
        [
            LossTerm.Equation(U.D(1), 1),
            LossTerm.Initial(1, (2 * U.Value) - Expr.Exp(Expr.Coordinate(0)), 1),
            LossTerm.Initial(1, (Expr.Coordinate(0) * U.D(1)) - 5.0, 1, "initial-velocity"),
        ],
        (_, values) => values[0] = 0)
    {
        TimeAxis = 1,
    };

    /// <summary>Both windows; the network of the first is 4 z, z its normalized time.</summary>
    private static (Problem First, Problem Second) Pair(Problem problem)
    {
        var stages = TimeWindows.Entry.Stages(Levels, problem, CatalogProblems.Instance);
        var first = stages[0].Problem(null);
        var engine = Linear(first, 4, 0);
        return (first, stages[1].Problem(new(first, engine)));
    }

    private static IJetEngine Constant(Problem problem, double value) => Linear(problem, 0, value);

    /// <summary>u = slope · z + constant: without hidden layers the head is all there is.</summary>
    private static IJetEngine Linear(Problem problem, double slope, double constant)
    {
        var builder = new NetworkBuilder([.. problem.Axes.Select(axis => axis.Lower)], [.. problem.Axes.Select(axis => axis.Upper)]);
        var weights = builder.Parameters("head.weight", 2, BlockRole.Weight, (block, _, _) => block.Clear());
        var bias = builder.Parameters("head.bias", 1, BlockRole.Bias, (block, _, _) => block.Clear());
        builder.Add(new Node.Dense(NetworkBuilder.Input, 1, weights, bias, -1));
        var engine = JetEngines.Create("auto", builder.Build(), Precision.Float64, 0);
        engine.SetParameters([0, slope, constant]);
        return engine;
    }

    private static double Residual(LossTerm term, double[] point, double value, double velocity) => PointValue.Of(
        term.Residual,
        point,
        leaf => leaf is Expr.KnownFunction known ? known.Function(point) : ((Expr.Derivative)leaf).Orders[1] == 1 ? velocity : value)!.Value;
}
