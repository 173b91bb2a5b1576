using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Derivatives that an expression asks for: <c>d</c>, <c>grad</c>, <c>div</c>, <c>dot</c>, <c>laplacian</c> and <c>dn</c>. A gradient is
/// one
/// leaf until <c>div</c> or <c>dot</c> takes it apart, so that <c>div(k*grad(u))</c> reads as it is written. Space is all coordinates but
/// time.
/// </summary>
internal sealed class ExpressionCalculus(ExpressionSymbols symbols)
{
    private const int HighestOrder = 4;
    private readonly Differentiation _rules = new(SizeChecks.MostParts, hasOutputs: true);
    private readonly Dictionary<Expr, ImmutableArray<Expr>> _vectors = new(ReferenceEqualityComparer.Instance);

    private int[] Space => [.. Enumerable.Range(0, symbols.Coordinates.Length).Where(axis => axis != symbols.Time)];

    /// <summary>∂e/∂x for each coordinate in turn.</summary>
    /// <exception cref="ExpressionException">The order is beyond what networks are derived to, or the derivative is too large.</exception>
    public Expr D(Expr expression, IEnumerable<int> coordinates, int column)
    {
        foreach (var coordinate in coordinates)
        {
            CheckScalar(expression, column, "div(…) is the derivative of a vector");
            if (ExprGraph.Order(expression).OfType<Expr.Derivative>().FirstOrDefault(leaf => leaf.Orders.Sum() >= HighestOrder) is { } high)
            {
                var by = high.Orders.SelectMany((order, axis) => Enumerable.Repeat(symbols.Coordinates[axis], order)).Append(symbols.Coordinates[coordinate]).ToList();
                throw new ExpressionException(column, FormattableString.Invariant(
                    $"derives {symbols.Outputs[high.Output]} {HighestOrder + 1} times; the highest order is {HighestOrder}{ForeignNames.Split(symbols.Outputs[high.Output], HighestOrder, by)}"));
            }

            try
            {
                expression = _rules.Of(expression, coordinate);
            }
            catch (ExpressionTooLargeException large)
            {
                throw new ExpressionException(column, large.Message);
            }
        }

        return expression;
    }

    /// <summary>∇e, to be taken apart.</summary>
    public Expr Grad(Expr expression, int column)
    {
        var leaf = new Expr.KnownFunction("grad", _ => double.NaN);
        _vectors.Add(leaf, [.. Space.Select(axis => D(expression, [axis], column))]);
        return leaf;
    }

    /// <summary>∇·v of a vector, or of one part for each coordinate of space.</summary>
    public Expr Div(IReadOnlyList<Expr> parts, int column)
    {
        var space = Space;
        if (parts is [var vector] && Degree(vector, column) == 1)
        {
            parts = Parts(vector);
        }

        return parts.Count == space.Length
            ? parts.Select((part, i) => D(part, [space[i]], column)).Aggregate(CoordinateCalculus.Sum)
            : throw new ExpressionException(column, FormattableString.Invariant(
                $"div takes a vector, as in div(k*grad(u)), or a part for each coordinate of space ({string.Join(", ", space.Select(axis => symbols.Coordinates[axis]))}); found {parts.Count}"));
    }

    /// <summary>a·b of two vectors.</summary>
    public Expr Dot(Expr a, Expr b, int column) => Degree(a, column) == 1 && Degree(b, column) == 1
        ? Parts(a).Zip(Parts(b), (x, y) => x * y).Aggregate(CoordinateCalculus.Sum)
        : throw new ExpressionException(column, "dot takes two vectors, as in dot(grad(u), grad(v))");

    /// <summary>Δe.</summary>
    public Expr Laplacian(Expr expression, int column) => Space.Select(axis => D(expression, [axis, axis], column)).Aggregate(CoordinateCalculus.Sum);

    /// <summary>The derivative along the outward normal of the condition's side.</summary>
    public Expr AlongNormal(Expr expression, int column) => symbols.Normal is { IsDefaultOrEmpty: false } normal
        ? normal.Select((part, axis) => LiesAlong(part) ? CoordinateCalculus.Product(part, D(expression, [axis], column)) : 0.0).Aggregate(CoordinateCalculus.Sum)
        : throw new ExpressionException(
            column, "dn(…) is the derivative along the outward normal: it stands in a condition on sides of the domain, and none ends inside; there d(…, x) is the derivative across a line x = …");

    /// <summary>Tells a gradient that nobody took apart.</summary>
    public void CheckScalar(Expr expression, int column, string remedy = "it stands in div(…) or dot(…, …)")
    {
        if (_vectors.Count > 0 && ExprGraph.Order(expression).Any(_vectors.ContainsKey))
        {
            throw new ExpressionException(column, $"a gradient is a vector; {remedy}");
        }
    }

    private static bool LiesAlong(Expr part) => part is not Expr.Number { Value: 0 };

    private ImmutableArray<Expr> Parts(Expr vector) =>
        [.. Enumerable.Range(0, Space.Length).Select(i => ExprGraph.Replace(vector, leaf => _vectors.TryGetValue(leaf, out var parts) ? parts[i] : leaf))];

    /// <summary>1 of a vector, 0 of a scalar.</summary>
    private int Degree(Expr expression, int column)
    {
        var degrees = new Dictionary<Expr, int>(ReferenceEqualityComparer.Instance);
        foreach (var node in ExprGraph.Order(expression))
        {
            degrees[node] = node switch
            {
                Expr.Unary { Function: UnaryFunction.Negate } negated => degrees[negated.Operand],
                Expr.Unary unary => degrees[unary.Operand] == 0 ? 0 : throw Mixed(),
                Expr.Binary { Operation: BinaryOperation.Add or BinaryOperation.Subtract } sum => degrees[sum.Left] == degrees[sum.Right] ? degrees[sum.Left] : throw Mixed(),
                Expr.Binary { Operation: BinaryOperation.Multiply } product => degrees[product.Left] + degrees[product.Right] is <= 1 and var degree ? degree : throw Mixed(),
                Expr.Binary other => degrees[other.Right] == 0 ? degrees[other.Left] : throw Mixed(),
                _ => _vectors.ContainsKey(node) ? 1 : 0,
            };
        }

        return degrees[expression];

        ExpressionException Mixed() => new(column, "a gradient is added to a gradient, or multiplied by what is none; two gradients make a number in dot(a, b)");
    }
}
