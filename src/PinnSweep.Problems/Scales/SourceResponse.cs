using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Problems.WellPosedness;

namespace PinnSweep.Problems.Scales;

/// <summary>
/// How much an output varies because of what an equation or a condition adds to it: c ∂ᵏu/∂xᵏ = f asks for the k-fold integral of f/c
/// along x, without its mean. The least of the derivatives in a term counts, and the least of the equations, because each limits what the
/// source can do.
/// </summary>
/// <param name="problem">The problem as it is stated.</param>
/// <param name="points">Its points.</param>
internal sealed class SourceResponse(Problem problem, CheckPoints points)
{
    private const int Nodes = 129;
    private const int Lines = 8;

    /// <summary>What the equations allow, or a condition asks for where that is more; null where none says anything.</summary>
    /// <param name="output">The output.</param>
    /// <param name="amounts">What other outputs vary by, which count as known; not a number where nobody knows.</param>
    public double? Of(int output, double[] amounts)
    {
        var rates = new VariationRates(problem, points, amounts).All();
        rates[output] = [.. problem.Axes.Select(axis => 1 / axis.Extent)];
        var sizes = new NaturalSizes(problem, points, [.. amounts.Select((amount, other) => other == output ? 1 : amount)], rates);
        var asked = problem.Terms.Where(term => term.PairsOn is null && term.MeasuredAt.IsEmpty)
            .Select(term => (term.Role, Size: Of(term, output, amounts, sizes) ?? 0)).Where(pair => double.IsNormal(pair.Size)).ToLookup(pair => pair.Role == TermRole.Residual, pair => pair.Size);
        double[] answers = [.. asked[true].Order().Take(1), .. asked[false]];
        return answers.Length == 0 ? null : answers.Max();
    }

    private double? Of(LossTerm term, int output, double[] amounts, NaturalSizes sizes)
    {
        var parts = Summands.Of(term.Residual).Select(part => (Part: part, Leaves: ExprGraph.Order(part).OfType<Expr.Derivative>().Distinct().ToList())).ToList();
        var own = parts.Where(part => part.Leaves is [var leaf] && leaf.Output == output).ToList();
        var sources = parts.Where(part => part.Leaves.TrueForAll(leaf => leaf.Output != output && double.IsFinite(amounts[leaf.Output]))).ToList();
        if (own.Count == 0)
        {
            return null;
        }

        var known = sources.Where(part => part.Leaves.Count == 0 && !Varies(part.Part)).Select(part => part.Part).ToList();
        var constant = sources.Where(part => !known.Contains(part.Part)).Sum(part => sizes.Of(part.Part, term)) + own.Sum(part => sizes.Rest(part.Part, term));
        var answers = own.Select(part => Response(term, part.Leaves[0], sizes.Change(part.Part, term), known, constant)).OfType<double>().ToList();
        return answers.Count == 0 ? null : answers.Min();
    }

    private static bool Varies(Expr part) => ExprGraph.Order(part).Any(node => node is Expr.CoefficientOf or Expr.KnownFunction);

    /// <summary>What one derivative allows: its part amounts to <paramref name="size"/> for an output that varies by one.</summary>
    private double? Response(LossTerm term, Expr.Derivative leaf, double size, List<Expr> known, double constant)
    {
        var factor = leaf.Orders.Select((order, axis) => Math.Pow(problem.Axes[axis].Extent, order)).Aggregate(size, (product, extent) => product * extent);
        int[] along = [.. Enumerable.Range(0, problem.Dimension).Where(axis => leaf.Orders[axis] > 0)];
        if (!(factor > 0))
        {
            return null;
        }

        var extents = factor / size;
        if (along is not [var direction] || !term.Faces.IsEmpty || known.Count == 0)
        {
            return (known.Sum(part => new NaturalSizes(problem, points, []).Of(part, term)) + constant) * extents / factor;
        }

        var formula = new PointFormula(known.Aggregate((sum, part) => sum + part));
        var sum = 0.0;
        foreach (var point in points.In(Region.Domain(problem)).Take(Lines))
        {
            sum += Integral(formula, point, direction, leaf.Orders[direction]) / Lines;
        }

        return (Math.Sqrt(sum) + (constant * extents)) / factor;
    }

    /// <summary>The mean square of the integral of a source along a line; values that are not finite count as 0.</summary>
    private double Integral(PointFormula source, double[] at, int direction, int order)
    {
        var (axis, point, values) = (problem.Axes[direction], (double[])at.Clone(), new double[Nodes]);
        for (var i = 0; i < Nodes; i++)
        {
            point[direction] = axis.Lower + (axis.Extent * (i + 0.5) / Nodes);
            values[i] = source.At(point)!.Value is var value && double.IsFinite(value) ? value : 0;
        }

        for (var k = 0; k < order; k++)
        {
            var total = 0.0;
            for (var i = 0; i < Nodes; i++)
            {
                var next = total + (values[i] * axis.Extent / Nodes);
                (values[i], total) = ((total + next) / 2, next);
            }

            var mean = values.Average();
            values = [.. values.Select(value => value - mean)];
        }

        return values.Average(value => value * value);
    }
}
