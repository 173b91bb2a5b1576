using System.Collections.Immutable;

namespace PinnSweep.Jets;

/// <summary>Derivatives of expressions of coordinates alone, as expressions again. Sums and products with 0 and 1 are left out on the way.</summary>
public static class CoordinateCalculus
{
    /// <summary>The mixed partial derivative: orders[i] times by coordinate i.</summary>
    /// <exception cref="ArgumentException">The expression holds an output, a trainable coefficient or a function that is no formula.</exception>
    public static Expr Derivative(Expr expression, ImmutableArray<int> orders)
    {
        for (var coordinate = 0; coordinate < orders.Length; coordinate++)
        {
            for (var n = 0; n < orders[coordinate]; n++)
            {
                expression = Derivative(expression, coordinate);
            }
        }

        return expression;
    }

    /// <summary>The derivative by one coordinate.</summary>
    /// <exception cref="ArgumentException">The expression holds an output, a trainable coefficient or a function that is no formula.</exception>
    public static Expr Derivative(Expr expression, int coordinate) => expression switch
    {
        Expr.Number => 0.0,
        Expr.CoordinateOf same => same.Index == coordinate ? 1.0 : 0.0,
        Expr.Unary unary => Product(Outer(unary), Derivative(unary.Operand, coordinate)),
        Expr.Binary { Operation: BinaryOperation.Add } sum => Sum(Derivative(sum.Left, coordinate), Derivative(sum.Right, coordinate)),
        Expr.Binary { Operation: BinaryOperation.Subtract } difference => Sum(Derivative(difference.Left, coordinate), Product(-1.0, Derivative(difference.Right, coordinate))),
        Expr.Binary { Operation: BinaryOperation.Multiply } product => Sum(
            Product(Derivative(product.Left, coordinate), product.Right),
            Product(product.Left, Derivative(product.Right, coordinate))),
        // (a/b)' = a'/b − (a/b) b'/b: the textbook's b² squares again with every order, and overflows for solitons at the third.
        Expr.Binary quotient => Sum(
            Quotient(Derivative(quotient.Left, coordinate), quotient.Right),
            Product(-1.0, Product(quotient, Quotient(Derivative(quotient.Right, coordinate), quotient.Right)))),
        _ => throw new ArgumentException($"{expression} is not a function of coordinates alone.", nameof(expression)),
    };

    /// <summary>a + b.</summary>
    public static Expr Sum(Expr a, Expr b) => (a, b) switch
    {
        (Expr.Number { Value: 0 }, _) => b,
        (_, Expr.Number { Value: 0 }) => a,
        (Expr.Number x, Expr.Number y) => x.Value + y.Value,
        _ => a + b,
    };

    /// <summary>a b.</summary>
    public static Expr Product(Expr a, Expr b) => (a, b) switch
    {
        (Expr.Number { Value: 0 }, _) or (_, Expr.Number { Value: 0 }) => 0.0,
        (Expr.Number { Value: 1 }, _) => b,
        (_, Expr.Number { Value: 1 }) => a,
        (Expr.Number x, Expr.Number y) => x.Value * y.Value,
        _ => a * b,
    };

    private static Expr Quotient(Expr a, Expr b) => a is Expr.Number { Value: 0 } ? 0.0 : a / b;

    private static Expr Outer(Expr.Unary unary) => unary.Function switch
    {
        UnaryFunction.Negate => -1.0,
        UnaryFunction.Sin => Expr.Cos(unary.Operand),
        UnaryFunction.Cos => -Expr.Sin(unary.Operand),
        UnaryFunction.Exp => unary,
        UnaryFunction.Log => 1.0 / unary.Operand,
        UnaryFunction.Sqrt => 0.5 / unary,
        UnaryFunction.Tanh => 1.0 - (unary * (Expr)unary),
        _ => Product(unary.Exponent, Raised(unary.Operand, unary.Exponent - 1)),
    };

    private static Expr Raised(Expr x, double exponent) => exponent switch
    {
        0 => 1.0,
        1 => x,
        _ => Expr.Power(x, exponent),
    };
}
