using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Tests.Expressions;

/// <summary>
/// The value of an expression at a point, each part by its definition. Shares nothing with the evaluators of the product, which it is there
/// to check.
/// </summary>
internal static class PlainValue
{
    /// <param name="expression">The expression.</param>
    /// <param name="point">One value for each coordinate.</param>
    /// <param name="leaf">The value of whatever is neither a number nor a coordinate nor a function of other parts.</param>
    public static double Of(Expr expression, double[] point, Func<Expr, double>? leaf = null) => expression switch
    {
        Expr.Number number => number.Value,
        Expr.CoordinateOf coordinate => point[coordinate.Index],
        Expr.Unary unary => Of(unary.Function, Of(unary.Operand, point, leaf), unary.Exponent),
        Expr.Binary binary => Of(binary.Operation, Of(binary.Left, point, leaf), Of(binary.Right, point, leaf)),
        _ => leaf is null ? throw new NotSupportedException($"{expression} has no value at a point") : leaf(expression),
    };

    private static double Of(UnaryFunction function, double x, double exponent) => function switch
    {
        UnaryFunction.Negate => -x,
        UnaryFunction.Sin => Math.Sin(x),
        UnaryFunction.Cos => Math.Cos(x),
        UnaryFunction.Exp => Math.Exp(x),
        UnaryFunction.Log => Math.Log(x),
        UnaryFunction.Sqrt => Math.Sqrt(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        UnaryFunction.Power => Math.Pow(x, exponent),
        UnaryFunction.Atan => Math.Atan(x),
        UnaryFunction.Erf => Erf(x),
        _ => throw new NotSupportedException($"{function}"),
    };

    // The integral itself, by Simpson's rule.
    private static double Erf(double x)
    {
        const int Intervals = 2000;
        var h = x / Intervals;
        var sum = Enumerable.Range(0, Intervals + 1).Sum(i => (i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-(i * h) * (i * h)));
        return sum * h / 3 * 2 / Math.Sqrt(Math.PI);
    }

    private static double Of(BinaryOperation operation, double a, double b) => operation switch
    {
        BinaryOperation.Add => a + b,
        BinaryOperation.Subtract => a - b,
        BinaryOperation.Multiply => a * b,
        BinaryOperation.Divide => a / b,
        BinaryOperation.WherePositive => b > 0 ? a : 0,
        BinaryOperation.WhereNotNegative => b >= 0 ? a : 0,
        _ => throw new NotSupportedException($"{operation}"),
    };
}
