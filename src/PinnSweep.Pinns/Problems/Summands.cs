using PinnSweep.Jets.Expressions;

namespace PinnSweep.Pinns.Problems;

/// <summary>
/// What a residual balances: the parts of its sum. A factor that depends on coordinates and coefficients alone is multiplied into a sum that holds derivatives, and into any sum
/// where the whole residual is one product, so that the same equation in other units has the same parts. Sums without derivatives, such as k (u − 300), stay whole: their parts
/// would be large wherever the origin of u is far off.
/// </summary>
internal static class Summands
{
    private const int Most = 200;

    /// <summary>The parts, signs left out; zeros are none.</summary>
    public static IReadOnlyList<Expr> Of(Expr residual)
    {
        var parts = Split(residual, everySum: false);
        parts = parts.Count > 1 ? parts : Split(residual, everySum: true);
        return parts.Count <= Most ? parts : [residual];
    }

    /// <summary>Whether an expression holds a derivative, not only values of outputs.</summary>
    public static bool HasDerivative(Expr expression) => ExprGraph.Order(expression).Any(part => part is Expr.Derivative derivative && derivative.Orders.Any(order => order > 0));

    private static bool IsKnown(Expr expression) => !ExprGraph.Order(expression).Any(part => part is Expr.Derivative);

    private static List<Expr> Split(Expr root, bool everySum)
    {
        var (parts, open) = (new List<Expr>(), new Stack<(Expr Part, Expr? Factor)>());
        open.Push((root, null));
        while (open.TryPop(out var next) && parts.Count <= Most)
        {
            switch (next.Part)
            {
                case Expr.Number { Value: 0 }:
                    break;
                case Expr.Binary { Operation: BinaryOperation.Add or BinaryOperation.Subtract } sum when next.Factor is null || everySum || HasDerivative(sum):
                    open.Push((sum.Right, next.Factor));
                    open.Push((sum.Left, next.Factor));
                    break;
                case Expr.Unary { Function: UnaryFunction.Negate } negated:
                    open.Push((negated.Operand, next.Factor));
                    break;
                case Expr.Binary { Operation: BinaryOperation.Multiply } product when IsKnown(product.Left) && !IsKnown(product.Right):
                    open.Push((product.Right, Times(next.Factor, product.Left)));
                    break;
                case Expr.Binary { Operation: BinaryOperation.Multiply } product when IsKnown(product.Right) && !IsKnown(product.Left):
                    open.Push((product.Left, Times(next.Factor, product.Right)));
                    break;
                case Expr.Binary { Operation: BinaryOperation.Divide } quotient when IsKnown(quotient.Right) && !IsKnown(quotient.Left):
                    open.Push((quotient.Left, Times(next.Factor, 1.0 / quotient.Right)));
                    break;
                default:
                    parts.Add(Times(next.Factor, next.Part));
                    break;
            }
        }

        return parts;
    }

    private static Expr Times(Expr? factor, Expr part) => factor is null ? part : factor * part;
}
