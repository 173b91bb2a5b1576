using System.Collections.Immutable;

namespace PinnSweep.Jets.Expressions;

/// <summary>
/// Takes derivatives of expressions, of coordinates alone or of outputs too, and remembers them: a shared part is derived once by each
/// coordinate, and derivatives that say the same are one node. Without that, nested squares double with every level and every order.
/// </summary>
/// <param name="mostParts">Parts that may be derived in all; beyond, an <see cref="ExpressionTooLargeException"/> ends it.</param>
/// <param name="hasOutputs">
/// Whether outputs are functions of the coordinates, so that a derivative of one becomes that of the next order; else they are refused.
/// </param>
public sealed class Differentiation(int mostParts = int.MaxValue, bool hasOutputs = false)
{
    private readonly Dictionary<int, Dictionary<Expr, Expr>> _byCoordinate = [];
    private readonly Dictionary<Expr, Expr> _same = [];

    /// <summary>How many parts were derived.</summary>
    public int Parts { get; private set; }

    /// <summary>The mixed partial derivative: orders[i] times by coordinate i.</summary>
    /// <exception cref="ArgumentException">The expression holds an output, a trainable coefficient or a function that is no
    /// formula.</exception>
    /// <exception cref="ExpressionTooLargeException">The derivatives are larger than allowed.</exception>
    public Expr Of(Expr expression, ImmutableArray<int> orders)
    {
        for (var coordinate = 0; coordinate < orders.Length; coordinate++)
        {
            for (var n = 0; n < orders[coordinate]; n++)
            {
                expression = Of(expression, coordinate);
            }
        }

        return expression;
    }

    /// <summary>The derivative by one coordinate.</summary>
    /// <exception cref="ArgumentException">The expression holds an output, a trainable coefficient or a function that is no
    /// formula.</exception>
    /// <exception cref="ExpressionTooLargeException">The derivatives are larger than allowed.</exception>
    public Expr Of(Expr expression, int coordinate)
    {
        if (!_byCoordinate.TryGetValue(coordinate, out var known))
        {
            _byCoordinate[coordinate] = known = new(ReferenceEqualityComparer.Instance);
        }

        foreach (var node in ExprGraph.Order(expression, known.ContainsKey))
        {
            if (++Parts > mostParts)
            {
                throw new ExpressionTooLargeException(mostParts);
            }

            var derivative = Rule(node, coordinate, known);
            if (!_same.TryGetValue(derivative, out var same))
            {
                _same[derivative] = same = derivative;
            }

            known[node] = same;
        }

        return known[expression];
    }

    private Expr Rule(Expr expression, int coordinate, Dictionary<Expr, Expr> known) => expression switch
    {
        Expr.Number => 0.0,
        Expr.Derivative output when hasOutputs => output with { Orders = output.Orders.SetItem(coordinate, output.Orders[coordinate] + 1) },
        Expr.CoefficientOf when hasOutputs => 0.0,
        Expr.CoordinateOf same => same.Index == coordinate ? 1.0 : 0.0,
        Expr.Unary unary => CoordinateCalculus.Product(Outer(unary), known[unary.Operand]),
        Expr.Binary { Operation: BinaryOperation.Add } sum => CoordinateCalculus.Sum(known[sum.Left], known[sum.Right]),
        Expr.Binary { Operation: BinaryOperation.Subtract } difference => CoordinateCalculus.Sum(known[difference.Left], CoordinateCalculus.Product(-1.0, known[difference.Right])),
        Expr.Binary { Operation: BinaryOperation.Multiply } product => CoordinateCalculus.Sum(
            CoordinateCalculus.Product(known[product.Left], product.Right),
            CoordinateCalculus.Product(product.Left, known[product.Right])),
        // A jump has no derivative, so only what stands on its two sides is derived.
        Expr.Binary { Operation: BinaryOperation.WherePositive or BinaryOperation.WhereNotNegative } choice =>
            known[choice.Left] is Expr.Number { Value: 0 } ? 0.0 : new Expr.Binary(choice.Operation, known[choice.Left], choice.Right),
        // (a/b)' = a'/b − (a/b) b'/b: the textbook's b² squares again with every order, and overflows for solitons at the third.
        Expr.Binary quotient => CoordinateCalculus.Sum(
            Quotient(known[quotient.Left], quotient.Right),
            CoordinateCalculus.Product(-1.0, CoordinateCalculus.Product(quotient, Quotient(known[quotient.Right], quotient.Right)))),
        _ => throw new ArgumentException($"{expression} is not a function of coordinates alone.", nameof(expression)),
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
        UnaryFunction.Atan => 1.0 / (1.0 + (unary.Operand * unary.Operand)),
        UnaryFunction.Erf => ErrorFunction.SlopeAtZero * Expr.Exp(-(unary.Operand * unary.Operand)),
        _ => CoordinateCalculus.Product(unary.Exponent, Raised(unary.Operand, unary.Exponent - 1)),
    };

    private static Expr Raised(Expr x, double exponent) => exponent switch
    {
        0 => 1.0,
        1 => x,
        _ => Expr.Power(x, exponent),
    };
}

/// <summary>Derivatives of an expression have more parts than the caller allows.</summary>
public sealed class ExpressionTooLargeException(int most) : Exception(FormattableString.Invariant($"the derivatives have more than {most:N0} parts"))
{
    /// <summary>What was allowed.</summary>
    public int Most { get; } = most;
}
