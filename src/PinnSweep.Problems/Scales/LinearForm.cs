using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.Scales;

/// <summary>
/// An expression as a constant and a sum of factors times parts. Numbers meet here and are folded in double precision, so t − t₀ with
/// t = t₀ + τ becomes τ before anything is narrowed, and factors of units end in few numbers near one.
/// </summary>
/// <param name="constant">The constant.</param>
/// <param name="parts">The parts, each different from the others.</param>
internal sealed class LinearForm(double constant, ImmutableArray<LinearForm.Part> parts)
{
    private Expr? _expression;

    /// <summary>0.</summary>
    public static LinearForm Zero { get; } = new(0, []);

    /// <summary>The constant.</summary>
    public double Constant => constant;

    /// <summary>Number of parts.</summary>
    public int Count => parts.Length;

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => parts.IsEmpty;

    /// <summary>Whether it depends on coordinates alone.</summary>
    public bool IsKnown => parts.All(part => part.IsKnown);

    /// <summary>A number.</summary>
    public static LinearForm Of(double number) => new(number, []);

    /// <summary>One expression.</summary>
    /// <param name="factor">Stands before it.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="isKnown">Whether it depends on coordinates alone.</param>
    public static LinearForm Of(double factor, Expr expression, bool isKnown) => factor == 0 ? Zero : new(0, [new(factor, expression, isKnown)]);

    /// <summary>A sum of forms with signs; equal parts become one.</summary>
    public static LinearForm Sum(IEnumerable<(double Sign, LinearForm Form)> summands)
    {
        var (sum, order, places) = (0.0, new List<Part>(), new Dictionary<Expr, int>());
        foreach (var (sign, form) in summands)
        {
            sum += sign * form.Constant;
            foreach (var part in form.Parts)
            {
                if (places.TryGetValue(part.Expression, out var place))
                {
                    order[place] = order[place] with { Factor = order[place].Factor + (sign * part.Factor) };
                }
                else
                {
                    places.Add(part.Expression, order.Count);
                    order.Add(part with { Factor = sign * part.Factor });
                }
            }
        }

        return new(sum, [.. order.Where(part => part.Factor != 0)]);
    }

    /// <summary>The parts.</summary>
    public ImmutableArray<Part> Parts => parts;

    /// <summary>Each number times another.</summary>
    public LinearForm Times(double number) => number == 1 ? this : number == 0 ? Zero
        : new(constant * number, [.. parts.Select(part => part with { Factor = part.Factor * number })]);

    /// <summary>Each number divided by another.</summary>
    public LinearForm Over(double number) => number == 1 ? this
        : new(constant / number, [.. parts.Select(part => part with { Factor = part.Factor / number })]);

    /// <summary>A factor and what is left, whose numbers are near one. The factor of a sum is positive.</summary>
    public (double Factor, Expr Inner) Factored()
    {
        if (parts is [var one] && constant == 0)
        {
            return (one.Factor, one.Expression);
        }

        var largest = parts.Aggregate(Math.Abs(constant), (most, part) => Math.Max(most, Math.Abs(part.Factor)));
        return RoundUnits.IsFine(largest) ? (1, ToExpr()) : (largest, Over(largest).ToExpr());
    }

    /// <summary>
    /// The sum as an expression. What depends on coordinates alone stands together, because engines compute it in double precision: a
    /// measured value less the origin of its output must not be narrowed before the difference is taken.
    /// </summary>
    public Expr ToExpr() => _expression ??= Written();

    private Expr Written()
    {
        var open = Added(null, parts.Where(part => !part.IsKnown));
        var known = parts.Where(part => part.IsKnown).ToList();
        if (known.Count == 0)
        {
            return constant == 0 ? open ?? 0.0 : open is null ? constant : constant < 0 ? open - -constant : open + constant;
        }

        return open is null ? Added(constant == 0 ? null : constant, known)!
            : constant == 0 && known is [var one] ? Added(open, [one])!
            : open + Added(constant == 0 ? null : constant, known)!;
    }

    private static Expr? Added(Expr? sum, IEnumerable<Part> parts)
    {
        foreach (var part in parts)
        {
            var size = Math.Abs(part.Factor);
            var product = size == 1 ? part.Expression : size * part.Expression;
            sum = sum is null ? part.Factor < 0 ? size == 1 ? -part.Expression : part.Factor * part.Expression : product : part.Factor < 0 ? sum - product : sum + product;
        }

        return sum;
    }

    /// <summary>A part of a sum.</summary>
    /// <param name="Factor">Stands before it.</param>
    /// <param name="Expression">Without numbers before it.</param>
    /// <param name="IsKnown">Whether it depends on coordinates alone.</param>
    internal readonly record struct Part(double Factor, Expr Expression, bool IsKnown);
}
