using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Tests.Expressions;

public sealed class ColumnEvaluatorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(601)]
    public void Evaluate_matches_the_functions_at_every_point(int count)
    {
        var (x, t) = (Expr.Coordinate(0), Expr.Coordinate(1));
        Expr[] columns = [Expr.Sin(Math.PI * x) * Expr.Exp(-t), Expr.Power(2.0 + x, 1.5) / Expr.Sqrt(1.0 + (t * t)), Expr.Tanh(x) - Expr.Log(3.0 + t), 4.0, Expr.Cos(x)];
        var points = Enumerable.Range(0, 2 * count).Select(i => Math.Sin(0.37 * i)).ToArray();
        var values = new double[columns.Length * count];

        new ColumnEvaluator(columns, 2).Evaluate(points, values);

        for (var i = 0; i < count; i++)
        {
            var (a, b) = (points[2 * i], points[(2 * i) + 1]);
            Assert.Equal(Math.Sin(Math.PI * a) * Math.Exp(-b), values[i], 1e-14);
            Assert.Equal(Math.Pow(2 + a, 1.5) / Math.Sqrt(1 + (b * b)), values[count + i], 1e-13);
            Assert.Equal(Math.Tanh(a) - Math.Log(3 + b), values[(2 * count) + i], 1e-14);
            Assert.Equal(4, values[(3 * count) + i]);
            Assert.Equal(Math.Cos(a), values[(4 * count) + i], 1e-14);
        }
    }

    [Fact]
    public void Evaluate_gives_the_bits_of_the_scalar_functions()
    {
        // Vectorized library functions change their last digit when the runtime recompiles them; these must not.
        var x = Expr.Coordinate(0);
        Expr[] columns = [Expr.Sin(x), Expr.Cos(x), Expr.Exp(x), Expr.Log(x), Expr.Tanh(x), Expr.Power(x, 1.3)];
        Func<double, double>[] functions = [Math.Sin, Math.Cos, Math.Exp, Math.Log, Math.Tanh, a => Math.Pow(a, 1.3)];
        var points = Enumerable.Range(1, 2000).Select(i => 0.0137 * i).ToArray();
        var values = new double[columns.Length * points.Length];

        new ColumnEvaluator(columns, 1).Evaluate(points, values);

        Assert.Equal(functions.SelectMany(function => points.Select(function)), values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(601)]
    public void A_known_function_is_asked_at_many_points_together_where_it_offers_that(int count)
    {
        var one = new Expr.KnownFunction("one", point => point[0] - point[1]);
        var all = new Expr.KnownFunction("all", _ => throw new InvalidOperationException("one by one"))
        {
            Together = (at, results) =>
            {
                for (var i = 0; i < results.Length; i++)
                {
                    results[i] = at[2 * i] - at[(2 * i) + 1];
                }
            },
        };
        var points = Enumerable.Range(0, 2 * count).Select(i => Math.Sin(0.37 * i)).ToArray();
        var values = new double[2 * count];

        new ColumnEvaluator([one, all], 2).Evaluate(points, values);

        Assert.Equal(points.Chunk(2).Select(point => point[0] - point[1]), values[..count]);
        Assert.Equal(values[..count], values[count..]);
    }

    [Fact]
    public void A_function_of_the_network_is_no_column() =>
        Assert.Throws<ArgumentException>(() => new ColumnEvaluator([Expr.OutputOf(0, 1).Value], 1));
}
