using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Problems.WellPosedness;

namespace PinnSweep.Problems.Scales;

/// <summary>
/// What parts of residuals amount to for functions that vary by known amounts: ∂ᵏu/∂xᵏ by the amount times the k-th power of the rate at
/// which the function varies along x, at least one over the extent.
/// </summary>
/// <param name="problem">The problem.</param>
/// <param name="points">Its points.</param>
/// <param name="amounts">One for each output.</param>
/// <param name="rates">Of each output along each coordinate; null for one over the extents.</param>
internal sealed class NaturalSizes(Problem problem, CheckPoints points, double[] amounts, double[][]? rates = null)
{
    /// <summary>The root mean square of a part at the points of a term; 0 where it has no value.</summary>
    public double Of(Expr part, LossTerm term) => Mean(part, term, (formula, point) => Value(formula, point, 1));

    /// <summary>The same of what the outputs change in it: of k (u − 300) that is k u.</summary>
    public double Change(Expr part, LossTerm term) => Mean(part, term, (formula, point) => Value(formula, point, 1) - Value(formula, point, 0));

    /// <summary>The same of what it is without the outputs.</summary>
    public double Rest(Expr part, LossTerm term) => Mean(part, term, (formula, point) => Value(formula, point, 0));

    /// <summary>The points of a term: measured ones, or some of its places.</summary>
    public IEnumerable<double[]> At(LossTerm term) => term.MeasuredAt.IsEmpty ? points.Of(term) : term.MeasuredAt.Chunk(problem.Dimension).Take(CheckPoints.Count);

    private double Mean(Expr part, LossTerm term, Func<PointFormula, double[], double> of)
    {
        var formula = new PointFormula(part);
        var squares = At(term).Select(point => of(formula, point)).Select(value => value * value).Where(double.IsFinite).ToList();
        return squares.Count == 0 ? 0 : Math.Sqrt(squares.Average());
    }

    private double Value(PointFormula formula, double[] point, double share) => formula.At(point, leaf => Of(leaf, point, share))!.Value;

    private double Of(Expr leaf, double[] point, double share) => leaf switch
    {
        Expr.Derivative derivative => derivative.Orders.Select((order, axis) => Math.Pow(rates?[derivative.Output][axis] ?? 1 / problem.Axes[axis].Extent, order)).Aggregate(share * amounts[derivative.Output], (size, factor) => size * factor),
        Expr.CoefficientOf coefficient => problem.Unknowns[coefficient.Index] is { Bounds: null, Start: 0 } ? 1 : problem.Unknowns[coefficient.Index].Start,
        Expr.KnownFunction known => known.Function(point),
        _ => double.NaN,
    };
}
