using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Coefficients with bounds and with the value that they should have.</summary>
public sealed class CoefficientTests
{
    private const string Decay = """
        problem: decay-rate
        coordinates: {t: [0, 1]}
        time: t
        coefficients: {k: COEFFICIENT}
        equations: {decay: u_t = -k*u}
        conditions: {start: {on: t-lower, expression: u = 1}}
        data: {columns: [t, u], values: [[0.25, 0.60653066], [0.5, 0.36787944], [0.75, 0.22313016], [1, 0.13533528]]}
        """;

    [Fact]
    public void A_map_with_a_start_alone_is_the_number()
    {
        Assert.Equal(Read("{start: 0.5}").ToMap().Canonical(), Read("0.5").ToMap().Canonical());
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(0.1, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 2.5)]
    public void A_bounded_coefficient_is_the_function_of_what_is_trained(double lower, double upper)
    {
        var bounds = new CoefficientBounds(lower, upper);
        foreach (var value in new[] { 1.2, 2.0, 2.4 })
        {
            var (constant, factor, function) = bounds.Of(PinnSweep.Jets.Expressions.Expr.Coordinate(0));

            Assert.Equal(value, bounds.ToValue(bounds.ToTheta(value)), 1e-12);
            Assert.Equal(value, constant + (factor * PinnSweep.Problems.References.ClosedForm.Evaluate(function, [bounds.ToTheta(value)])), 1e-12);
        }

        Assert.InRange(bounds.ToValue(-1e3), lower, upper);
        Assert.True(bounds.ToValue(1e2) >= lower && bounds.ToValue(1e2) <= upper);
    }

    [Theory]
    [InlineData("{start: 1, lower: 0, exact: 2}", 0.1)]
    [InlineData("{start: 1, lower: 0, upper: 5, exact: 2}", 0.1)]
    [InlineData("{start: 1, exact: 2}", 0.1)]
    public void The_rate_is_found_and_its_error_told(string coefficient, double error)
    {
        using var training = Trials.Begin(Trials.Small(steps: 1500, Precision.Float32, problem: Read(coefficient), learningRate: 1e-2) with { EvaluateEvery = 500 }).RunToEnd();

        var metrics = training.Curve[^1].Metrics;
        Assert.InRange(metrics["coefficient-error/k"], 0, error);
        Assert.Equal(metrics["coefficient-error/k"], Math.Abs(metrics["coefficient/k"] - 2) / 2, 1e-9);
    }

    [Fact]
    public void A_bound_is_kept_where_the_data_ask_for_more()
    {
        using var training = Trials.Begin(Trials.Small(steps: 600, Precision.Float32, problem: Read("{start: 1, upper: 1.5}"), learningRate: 1e-2)).RunToEnd();

        Assert.All(training.Curve, point => Assert.InRange(point.Metrics["coefficient/k"], 0.5, 1.5));
        Assert.DoesNotContain("coefficient-error/k", training.Curve[^1].Metrics.Keys);
    }

    [Theory]
    [InlineData("{start: 3, lower: 0, upper: 2}", "coefficients.k.start: 3 does not lie between 0 and 2")]
    [InlineData("{start: 0, lower: 0}", "coefficients.k.start: 0 does not lie above 0")]
    [InlineData("{start: 1, upper: 2, exact: 4}", "coefficients.k.exact: 4 does not lie below 2")]
    [InlineData("{lower: 0}", "coefficients.k.start: expected a number")]
    [InlineData("{start: 1, min: 0}", "unknown key 'min'")]
    public void A_mistake_is_told(string coefficient, string told)
    {
        Assert.Contains(told, Files.Mistakes(Decay.Replace("COEFFICIENT", coefficient, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static Studies.Values.Level Read(string coefficient) => Files.Read(Decay.Replace("COEFFICIENT", coefficient, StringComparison.Ordinal));
}
