using System.Collections.Immutable;

namespace PinnSweep.Jets.Expressions;

/// <summary>
/// Derivatives of expressions of coordinates alone, as expressions again. Sums and products with 0 and 1 are left out on the way.
/// </summary>
public static class CoordinateCalculus
{
    /// <summary>The mixed partial derivative: orders[i] times by coordinate i.</summary>
    /// <exception cref="ArgumentException">The expression holds an output, a trainable coefficient or a function that is no
    /// formula.</exception>
    public static Expr Derivative(Expr expression, ImmutableArray<int> orders) => new Differentiation().Of(expression, orders);

    /// <summary>The derivative by one coordinate.</summary>
    /// <exception cref="ArgumentException">The expression holds an output, a trainable coefficient or a function that is no
    /// formula.</exception>
    public static Expr Derivative(Expr expression, int coordinate) => new Differentiation().Of(expression, coordinate);

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
}
