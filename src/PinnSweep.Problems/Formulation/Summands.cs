using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.Formulation;

/// <summary>The parts of a sum, signs left out, in two senses: what a residual balances, and all that it adds up.</summary>
public static class Summands
{
    private const int Most = 200;

    private static readonly Rules Balanced = new(
        (factor, rest) => IsKnown(factor) && !IsKnown(rest),
        HasDerivative,
        Times,
        (factor, divisor) => Times(factor, 1.0 / divisor),
        (factor, part) => part is Expr.Number { Value: 0 } ? null : Times(factor, part));

    private static readonly Rules BalancedInEverySum = Balanced with { IsSplit = _ => true };

    private static readonly Rules Added = new(
        (factor, _) => factor is Expr.Number,
        _ => true,
        (factor, number) => ValueOf(factor) * ValueOf(number),
        (factor, divisor) => ValueOf(factor) / ValueOf(divisor),
        (factor, part) => ValueOf(factor) * part);

    /// <summary>
    /// What a residual balances. A factor that depends on coordinates and coefficients alone is multiplied into a sum that holds
    /// derivatives, and into any sum where the whole residual is one product, so that the same equation in other units has the same parts.
    /// Sums without derivatives, such as k (u − 300), stay whole: their parts would be large wherever the origin of u is far off. Zeros are
    /// no parts.
    /// </summary>
    public static IReadOnlyList<Expr> Of(Expr residual)
    {
        var parts = Split(residual, Balanced, Most);
        parts = parts.Count > 1 ? parts : Split(residual, BalancedInEverySum, Most);
        return parts.Count <= Most ? parts : [residual];
    }

    /// <summary>The first of all that an expression adds up, every sum in it split, with constant factors taken inside.</summary>
    public static IEnumerable<Expr> All(Expr expression, int most) => Split(expression, Added, most).Take(most);

    /// <summary>Whether an expression holds a derivative, not only values of outputs.</summary>
    public static bool HasDerivative(Expr expression) =>
        ExprGraph.Order(expression).Any(part => part is Expr.Derivative derivative && derivative.Orders.Any(order => order > 0));

    private static bool IsKnown(Expr expression) => !ExprGraph.Order(expression).Any(part => part is Expr.Derivative);

    /// <summary>The parts in their order; one more than wanted where there are more.</summary>
    private static List<Expr> Split(Expr root, Rules rules, int most)
    {
        var (parts, open) = (new List<Expr>(), new Stack<(Expr Part, Expr? Factor)>());
        open.Push((root, null));
        while (open.TryPop(out var next) && parts.Count <= most)
        {
            switch (next.Part)
            {
                case Expr.Binary { Operation: BinaryOperation.Add or BinaryOperation.Subtract } sum
                    when next.Factor is null || rules.IsSplit(sum):
                    open.Push((sum.Right, next.Factor));
                    open.Push((sum.Left, next.Factor));
                    break;
                case Expr.Unary { Function: UnaryFunction.Negate } negated:
                    open.Push((negated.Operand, next.Factor));
                    break;
                case Expr.Binary { Operation: BinaryOperation.Multiply } product when rules.GoesIn(product.Left, product.Right):
                    open.Push((product.Right, rules.Times(next.Factor, product.Left)));
                    break;
                case Expr.Binary { Operation: BinaryOperation.Multiply } product when rules.GoesIn(product.Right, product.Left):
                    open.Push((product.Left, rules.Times(next.Factor, product.Right)));
                    break;
                case Expr.Binary { Operation: BinaryOperation.Divide } quotient when rules.GoesIn(quotient.Right, quotient.Left):
                    open.Push((quotient.Left, rules.Over(next.Factor, quotient.Right)));
                    break;
                default:
                    parts.AddRange(rules.Part(next.Factor, next.Part) is { } part ? [part] : []);
                    break;
            }
        }

        return parts;
    }

    private static Expr Times(Expr? factor, Expr part) => factor is null ? part : factor * part;

    private static double ValueOf(Expr? factor) => factor is Expr.Number number ? number.Value : 1;

    /// <summary>How a sum is split.</summary>
    /// <param name="GoesIn">Whether a factor is multiplied into the rest of its product.</param>
    /// <param name="IsSplit">Whether a sum behind a factor has parts.</param>
    /// <param name="Times">One more factor; null is 1.</param>
    /// <param name="Over">One more divisor.</param>
    /// <param name="Part">A part with its factor; null where it is none.</param>
    private sealed record Rules(
        Func<Expr, Expr, bool> GoesIn,
        Func<Expr, bool> IsSplit,
        Func<Expr?, Expr, Expr> Times,
        Func<Expr?, Expr, Expr> Over,
        Func<Expr?, Expr, Expr?> Part);
}
