using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Scales;

/// <summary>
/// Writes expressions anew with other leaves, and folds the numbers that meet: see <see cref="LinearForm"/>. What was shared stays shared.
/// </summary>
/// <param name="leaf">What stands in place of a coordinate, an output or its derivative, a coefficient, a known function.</param>
internal sealed class FoldedNumbers(Func<Expr, LinearForm> leaf)
{
    // Sums that stand in several places are kept as one part beyond this, or nested ones would grow with the square of their length.
    private const int MostShared = 64;
    private readonly Dictionary<Expr, LinearForm> _forms = new(ReferenceEqualityComparer.Instance);

    /// <summary>The form of an expression.</summary>
    public LinearForm Of(Expr root)
    {
        var order = ExprGraph.Order(root, _forms.ContainsKey);
        var inner = Inner(order, root);
        foreach (var node in order.Where(node => !inner.Contains(node)))
        {
            var form = IsSum(node) ? LinearForm.Sum(Summands(node, inner)) : node switch
            {
                Expr.Number number => LinearForm.Of(number.Value),
                Expr.Unary unary => Function(unary, _forms[unary.Operand]),
                Expr.Binary { Operation: BinaryOperation.Multiply } product => Product(_forms[product.Left], _forms[product.Right]),
                Expr.Binary { Operation: BinaryOperation.Divide } quotient => Quotient(_forms[quotient.Left], _forms[quotient.Right]),
                Expr.Binary choice => Choice(choice.Operation, _forms[choice.Left], _forms[choice.Right]),
                _ => leaf(node),
            };
            _forms[node] = form.Count > MostShared && !ReferenceEquals(node, root) ? LinearForm.Of(1, form.ToExpr(), form.IsKnown) : form;
        }

        return _forms[root];
    }

    private static bool IsSum(Expr node) => node is Expr.Binary { Operation: BinaryOperation.Add or BinaryOperation.Subtract } or Expr.Unary { Function: UnaryFunction.Negate };

    /// <summary>Sums within one sum alone, which have no form of their own.</summary>
    private HashSet<Expr> Inner(IReadOnlyList<Expr> order, Expr root)
    {
        var (once, several) = (new HashSet<Expr>(ReferenceEqualityComparer.Instance), new HashSet<Expr>(ReferenceEqualityComparer.Instance) { root });
        foreach (var node in order)
        {
            Expr[] operands = node switch { Expr.Unary unary => [unary.Operand], Expr.Binary binary => [binary.Left, binary.Right], _ => [] };
            foreach (var operand in operands)
            {
                _ = (IsSum(node) && once.Add(operand)) || several.Add(operand);
            }
        }

        once.ExceptWith(several);
        once.RemoveWhere(node => !IsSum(node) || _forms.ContainsKey(node));
        return once;
    }

    private IEnumerable<(double Sign, LinearForm Form)> Summands(Expr sum, HashSet<Expr> inner)
    {
        var open = new Stack<(double Sign, Expr Node)>();
        open.Push((1, sum));
        while (open.TryPop(out var next))
        {
            if (!ReferenceEquals(next.Node, sum) && !inner.Contains(next.Node))
            {
                yield return (next.Sign, _forms[next.Node]);
            }
            else if (next.Node is Expr.Unary negated)
            {
                open.Push((-next.Sign, negated.Operand));
            }
            else
            {
                var binary = (Expr.Binary)next.Node;
                open.Push((binary.Operation == BinaryOperation.Subtract ? -next.Sign : next.Sign, binary.Right));
                open.Push((next.Sign, binary.Left));
            }
        }
    }

    private static LinearForm Product(LinearForm a, LinearForm b)
    {
        if (a.IsNumber || b.IsNumber)
        {
            return a.IsNumber ? b.Times(a.Constant) : a.Times(b.Constant);
        }

        var ((x, left), (y, right)) = (a.Factored(), b.Factored());
        return LinearForm.Of(x * y, left * right, a.IsKnown && b.IsKnown);
    }

    private static LinearForm Quotient(LinearForm a, LinearForm b)
    {
        if (b.IsNumber)
        {
            return a.Over(b.Constant);
        }

        var (y, right) = b.Factored();
        if (a.IsNumber)
        {
            return LinearForm.Of(a.Constant / y, 1.0 / right, b.IsKnown);
        }

        var (x, left) = a.Factored();
        return LinearForm.Of(x / y, left / right, a.IsKnown && b.IsKnown);
    }

    private static LinearForm Choice(BinaryOperation operation, LinearForm value, LinearForm by)
    {
        var (size, condition) = by.Factored();
        condition = size < 0 ? -condition : condition;
        var isKnown = value.IsKnown && by.IsKnown;
        if (value.IsNumber)
        {
            return LinearForm.Of(value.Constant, new Expr.Binary(operation, 1.0, condition), isKnown);
        }

        var (factor, rest) = value.Factored();
        return LinearForm.Of(factor, new Expr.Binary(operation, rest, condition), isKnown);
    }

    private static LinearForm Function(Expr.Unary unary, LinearForm operand)
    {
        if (operand.IsNumber && PointFormula.Apply(unary, operand.Constant) is var value && double.IsFinite(value))
        {
            return LinearForm.Of(value);
        }

        if (unary.Function is UnaryFunction.Power or UnaryFunction.Sqrt or UnaryFunction.Log && !operand.IsNumber && operand.Factored() is { Factor: > 0 and not 1 } factored)
        {
            var (rest, outside) = (new Expr.Unary(unary.Function, factored.Inner, unary.Exponent), PointFormula.Apply(unary, factored.Factor));
            if (double.IsNormal(outside) && unary.Function != UnaryFunction.Log)
            {
                return LinearForm.Of(outside, rest, operand.IsKnown);
            }

            if (unary.Function == UnaryFunction.Log)
            {
                return LinearForm.Sum([(1, LinearForm.Of(outside)), (1, LinearForm.Of(1, rest, operand.IsKnown))]);
            }
        }

        return LinearForm.Of(1, new Expr.Unary(unary.Function, operand.ToExpr(), unary.Exponent), operand.IsKnown);
    }
}
