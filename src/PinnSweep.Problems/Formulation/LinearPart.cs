using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.Formulation;

/// <summary>The part of a condition that is linear in the outputs: B[u] = L[u] + f with a function f of the coordinates.</summary>
public static class LinearPart
{
    /// <summary>L, which is 0 without outputs; null where B is not affine in them.</summary>
    public static Expr? Of(Expr expression)
    {
        var parts = new Dictionary<Expr, Expr?>(ReferenceEqualityComparer.Instance);
        foreach (var node in ExprGraph.Order(expression))
        {
            parts[node] = Rule(node, parts);
        }

        return parts[expression];
    }

    /// <summary>Whether an expression is 0 by its form.</summary>
    public static bool IsZero(Expr expression) => expression is Expr.Number { Value: 0 };

    private static Expr? Rule(Expr expression, Dictionary<Expr, Expr?> parts)
    {
        return expression switch
        {
            Expr.Derivative => expression,
            Expr.Unary { Function: UnaryFunction.Negate } negated => parts[negated.Operand] is { } part ? CoordinateCalculus.Product(-1.0, part) : null,
            Expr.Unary unary => IsKnown(unary.Operand) ? 0.0 : null,
            Expr.Binary { Operation: BinaryOperation.Add } sum => parts[sum.Left] is { } a && parts[sum.Right] is { } b ? CoordinateCalculus.Sum(a, b) : null,
            Expr.Binary { Operation: BinaryOperation.Subtract } difference =>
                parts[difference.Left] is { } a && parts[difference.Right] is { } b ? CoordinateCalculus.Sum(a, CoordinateCalculus.Product(-1.0, b)) : null,
            Expr.Binary { Operation: BinaryOperation.Multiply } product =>
                IsKnown(product.Right) ? Times(parts[product.Left], product.Right) : IsKnown(product.Left) ? Times(parts[product.Right], product.Left) : null,
            Expr.Binary { Operation: BinaryOperation.WherePositive or BinaryOperation.WhereNotNegative } choice =>
                !IsKnown(choice.Right) || parts[choice.Left] is not { } part ? null : IsZero(part) ? part : new Expr.Binary(choice.Operation, part, choice.Right),
            Expr.Binary quotient => !IsKnown(quotient.Right) || parts[quotient.Left] is not { } part ? null : IsZero(part) ? part : part / quotient.Right,
            _ => 0.0,
        };

        bool IsKnown(Expr operand) => parts[operand] is { } part && IsZero(part);
    }

    private static Expr? Times(Expr? part, Expr factor) => part is null ? null : CoordinateCalculus.Product(part, factor);
}
