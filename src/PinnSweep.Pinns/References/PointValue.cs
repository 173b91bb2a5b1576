using PinnSweep.Jets;

namespace PinnSweep.Pinns;

/// <summary>Evaluates expressions at one point.</summary>
public static class PointValue
{
    /// <summary>The value, or null where the expression holds an output or a trainable coefficient and nobody says what it is.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="point">One value for each coordinate.</param>
    /// <param name="leaf">The value of a derivative of an output, or of a coefficient.</param>
    public static double? Of(Expr expression, ReadOnlySpan<double> point, Func<Expr, double>? leaf = null)
    {
        switch (expression)
        {
            case Expr.Number number:
                return number.Value;
            case Expr.CoordinateOf coordinate:
                return point[coordinate.Index];
            case Expr.Unary unary:
                return Of(unary.Operand, point, leaf) is { } x ? Apply(unary, x) : null;
            case Expr.Binary binary:
                return Of(binary.Left, point, leaf) is { } a && Of(binary.Right, point, leaf) is { } b ? Apply(binary.Operation, a, b) : null;
            default:
                return leaf?.Invoke(expression);
        }
    }

    private static double Apply(Expr.Unary unary, double x) => unary.Function switch
    {
        UnaryFunction.Negate => -x,
        UnaryFunction.Sin => Math.Sin(x),
        UnaryFunction.Cos => Math.Cos(x),
        UnaryFunction.Exp => Math.Exp(x),
        UnaryFunction.Log => Math.Log(x),
        UnaryFunction.Sqrt => Math.Sqrt(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        _ => Math.Pow(x, unary.Exponent),
    };

    private static double Apply(BinaryOperation operation, double a, double b) => operation switch
    {
        BinaryOperation.Add => a + b,
        BinaryOperation.Subtract => a - b,
        BinaryOperation.Multiply => a * b,
        _ => a / b,
    };
}
