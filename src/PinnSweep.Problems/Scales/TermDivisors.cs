using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Scales;

/// <summary>
/// What residuals in own units are divided by: the size of their largest part. That is told as the unit of the largest part that holds an
/// output, times a round number where this is not enough, so that the same term in other units is divided by the same in them.
/// </summary>
internal static class TermDivisors
{
    /// <summary>The divisor of a term, and what its largest part amounts to before it.</summary>
    /// <param name="own">The problem in own units, its terms not yet divided.</param>
    /// <param name="term">A term of it.</param>
    /// <param name="sizes">Its natural sizes.</param>
    public static (double Divisor, double Size) Of(Problem own, LossTerm term, NaturalSizes sizes)
    {
        var (unit, largest, open) = (1.0, 0.0, -1.0);
        foreach (var part in Summands.Of(term.Residual))
        {
            var size = sizes.Of(part, term);
            largest = Math.Max(largest, size);
            if (size > open && UnitOf(own, part) is { } found)
            {
                (unit, open) = (found, size);
            }
        }

        // An equation that was made free of units by hand needs none of them.
        unit = double.IsNormal(unit) && unit > 0 && !RoundUnits.IsFine(largest) && Distance(largest / unit) < Distance(largest) ? unit : 1;
        var divisor = unit * RoundUnits.SizeOf(largest / unit, isThousands: true);
        return (double.IsNormal(divisor) ? RoundUnits.Rounded(divisor) : 1, largest);
    }

    private static double Distance(double size) => Math.Abs(Math.Log(size));

    /// <summary>The product of the units of the outputs in a part; null where it holds none.</summary>
    private static double? UnitOf(Problem own, Expr part)
    {
        var units = new Dictionary<Expr, (double Unit, bool IsOpen)>(ReferenceEqualityComparer.Instance);
        foreach (var node in ExprGraph.Order(part))
        {
            units[node] = node switch
            {
                Expr.Derivative derivative => (own.Units is { } known ? OwnExpressions.SizeOf(known, derivative) : 1, true),
                Expr.Unary { Function: UnaryFunction.Power } power => (Math.Pow(units[power.Operand].Unit, power.Exponent), units[power.Operand].IsOpen),
                Expr.Unary { Function: UnaryFunction.Sqrt } root => (Math.Sqrt(units[root.Operand].Unit), units[root.Operand].IsOpen),
                Expr.Unary { Function: UnaryFunction.Negate } negated => units[negated.Operand],
                Expr.Unary unary => (1, units[unary.Operand].IsOpen),
                Expr.Binary { Operation: BinaryOperation.Multiply } product => (units[product.Left].Unit * units[product.Right].Unit, units[product.Left].IsOpen || units[product.Right].IsOpen),
                Expr.Binary { Operation: BinaryOperation.Divide } quotient => (units[quotient.Left].Unit / units[quotient.Right].Unit, units[quotient.Left].IsOpen || units[quotient.Right].IsOpen),
                Expr.Binary sum => units[sum.Left].IsOpen ? (units[sum.Left].Unit, true) : units[sum.Right],
                _ => (1, false),
            };
        }

        return units[part].IsOpen ? units[part].Unit : null;
    }
}
