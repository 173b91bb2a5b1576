using CsCheck;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Jets.Tests.Expressions;

/// <summary>What is compiled from an expression, with constants folded and equal parts shared, has the value of the expression.</summary>
public sealed class EvaluatorTests
{
    private const double Coefficient = 0.7;
    private static readonly double[] Point = [0.31, -0.42];
    private static readonly double[] Jet = [0.6, -1.1];
    private static readonly OutputExpr U = Expr.OutputOf(0, 2);

    [Fact]
    public void A_column_has_the_value_of_its_expression() => Gen.Long.Sample(
        seed =>
        {
            var expression = Made(new RandomStream(seed, "column"), depth: 5, [Expr.Coordinate(0), Expr.Coordinate(1), 0.0, 1.0, 2.5]);
            var value = new double[1];

            new ColumnEvaluator([expression], 2).Evaluate(Point, value);

            AssertNear(PlainValue.Of(expression, Point), value[0]);
        },
        iter: 300);

    [Fact]
    public void A_compiled_residual_has_the_value_of_its_expression() => Gen.Long.Sample(
        seed =>
        {
            // The derivative is always there, so that the jet has its place.
            var expression = U.D(0) + Made(new RandomStream(seed, "residual"), depth: 5, [U, U.D(0), Expr.Coefficient(0), Expr.Coordinate(0), Expr.Coordinate(1), 0.0, 1.0, 2.5]);
            var program = ResidualProgram.Compile(2, 1, 1, [expression]);
            var columns = new double[program.Columns.Length];
            var value = new double[1];

            new ColumnEvaluator(program.Columns, 2).Evaluate(Point, columns);
            new ResidualEvaluator(program).Evaluate(Jet, columns, [Coefficient], value);

            AssertNear(PlainValue.Of(expression, Point, leaf => leaf is Expr.Derivative derivative ? Jet[derivative.Orders.Sum()] : Coefficient), value[0]);
        },
        iter: 300);

    /// <summary>Any expression whose value is finite and whose rounding does not grow.</summary>
    private static Expr Made(RandomStream stream, int depth, Expr[] leaves)
    {
        if (depth == 0)
        {
            return leaves[stream.NextInt(leaves.Length)];
        }

        var a = Made(stream, depth - 1, leaves);
        return stream.NextInt(12) switch
        {
            0 => a + Made(stream, depth - 1, leaves),
            1 => a - Made(stream, depth - 1, leaves),
            2 => a * Expr.Tanh(Made(stream, depth - 1, leaves)),
            3 => a / (1.5 + Expr.Power(Made(stream, depth - 1, leaves), 2)),
            4 => -a,
            5 => Expr.Sin(a),
            6 => Expr.Cos(a),
            7 => Expr.Exp(Expr.Tanh(a)),
            8 => Expr.Log(1.5 + (a * a)),
            9 => Expr.Sqrt(1.5 + (a * a)),
            10 => Expr.Power(1.5 + (a * a), 1.3),
            _ => Expr.Tanh(a),
        };
    }

    private static void AssertNear(double expected, double value) => Assert.Equal(expected, value, 1e-11 * Math.Max(1, Math.Abs(expected)));
}
