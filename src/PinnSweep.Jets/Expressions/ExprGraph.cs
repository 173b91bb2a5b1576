namespace PinnSweep.Jets.Expressions;

/// <summary>
/// Expressions as the graphs that they are: a part that stands in several places (<c>x^2</c> is x·x of one x) is one node. Whatever walks
/// an expression walks this order, so that forty nested squares cost forty steps, not 2⁴⁰, and no depth can exhaust the stack.
/// </summary>
public static class ExprGraph
{
    /// <summary>The parts of an expression, itself last: each node once, operands before what reads them, left before right.</summary>
    /// <param name="root">The expression.</param>
    /// <param name="isKnown">Parts that are left out with all below them; none where null.</param>
    /// <param name="isLeaf">Parts below which nothing is looked at; none where null.</param>
    public static IReadOnlyList<Expr> Order(Expr root, Func<Expr, bool>? isKnown = null, Func<Expr, bool>? isLeaf = null) => Order([root], isKnown, isLeaf);

    /// <summary>The parts of several expressions, one after another; what they share stands with the first.</summary>
    /// <inheritdoc cref="Order(Expr, Func{Expr, bool}?, Func{Expr, bool}?)"/>
    public static IReadOnlyList<Expr> Order(IEnumerable<Expr> roots, Func<Expr, bool>? isKnown = null, Func<Expr, bool>? isLeaf = null)
    {
        var order = new List<Expr>();
        var met = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(Expr Node, bool IsLeft)>();
        foreach (var root in roots)
        {
            open.Push((root, false));
            while (open.TryPop(out var next))
            {
                if (next.IsLeft)
                {
                    order.Add(next.Node);
                }
                else if (isKnown?.Invoke(next.Node) != true && met.Add(next.Node))
                {
                    open.Push((next.Node, true));
                    if (isLeaf?.Invoke(next.Node) == true)
                    {
                        continue;
                    }

                    if (next.Node is Expr.Binary binary)
                    {
                        open.Push((binary.Right, false));
                        open.Push((binary.Left, false));
                    }
                    else if (next.Node is Expr.Unary unary)
                    {
                        open.Push((unary.Operand, false));
                    }
                }
            }
        }

        return order;
    }

    /// <summary>
    /// An expression with some of its leaves replaced; what has none of them stays as it is, and what was shared stays shared.
    /// </summary>
    /// <param name="root">The expression.</param>
    /// <param name="leaf">What stands in place of a leaf.</param>
    /// <param name="known">What became of parts before; may be kept for other expressions.</param>
    public static Expr Replace(Expr root, Func<Expr, Expr> leaf, Dictionary<Expr, Expr>? known = null)
    {
        known ??= new(ReferenceEqualityComparer.Instance);
        foreach (var node in Order(root, known.ContainsKey))
        {
            known[node] = node switch
            {
                Expr.Unary unary => known[unary.Operand] is var operand && ReferenceEquals(operand, unary.Operand) ? unary : new Expr.Unary(unary.Function, operand, unary.Exponent),
                Expr.Binary binary => (known[binary.Left], known[binary.Right]) is var (left, right) && ReferenceEquals(left, binary.Left) && ReferenceEquals(right, binary.Right)
                    ? binary
                    : new Expr.Binary(binary.Operation, left, right),
                _ => leaf(node),
            };
        }

        return known[root];
    }

    /// <summary>Whether two expressions say the same, part by part.</summary>
    internal static bool AreEqual(Expr a, Expr? b)
    {
        if (ReferenceEquals(a, b) || b is null)
        {
            return b is not null;
        }

        var open = new Stack<(Expr A, Expr B)>();
        var met = new HashSet<(Expr A, Expr B)>(new SamePair());
        open.Push((a, b));
        while (open.TryPop(out var pair))
        {
            if (ReferenceEquals(pair.A, pair.B))
            {
                continue;
            }

            switch (pair)
            {
                case (Expr.Unary x, Expr.Unary y) when x.GetHashCode() == y.GetHashCode() && x.Function == y.Function && x.Exponent.Equals(y.Exponent):
                    Open(x.Operand, y.Operand);
                    break;
                case (Expr.Binary x, Expr.Binary y) when x.GetHashCode() == y.GetHashCode() && x.Operation == y.Operation:
                    Open(x.Left, y.Left);
                    Open(x.Right, y.Right);
                    break;
                case (Expr.Unary or Expr.Binary, _) or (_, Expr.Unary or Expr.Binary):
                    return false;
                default:
                    if (!pair.A.Equals(pair.B))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;

        void Open(Expr x, Expr y)
        {
            if (met.Add((x, y)))
            {
                open.Push((x, y));
            }
        }
    }

    private sealed class SamePair : IEqualityComparer<(Expr A, Expr B)>
    {
        public bool Equals((Expr A, Expr B) x, (Expr A, Expr B) y) => ReferenceEquals(x.A, y.A) && ReferenceEquals(x.B, y.B);

        public int GetHashCode((Expr A, Expr B) pair) =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.A), System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.B));
    }
}
